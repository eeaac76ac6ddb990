import { LRUCache } from 'lru-cache';
import { UAParser } from 'ua-parser-js';
import { type Agent, ROBOT } from './agent.ts';
import { isBot, LONGEST_AGENT } from './bot.ts';
import { browserOf } from './browser-name.ts';
import { type ClientHints, createCorrect } from './client-hints.ts';
import { deviceOf } from './device.ts';
import { withMajor } from './names.ts';
import { sanitizeAgent } from './sanitize-agent.ts';
import { systemOf } from './system.ts';

/** Agents remembered: usually 2 MB, at most 5. Reading one anew takes some 35 µs, and at most 1 ms (see sanitize-agent.ts). */
const REMEMBERED = 4096;
/** And none for longer than a key would be. */
const REMEMBERED_MS = 86_400_000;

/**
 * Makes the function that reads user agents and what browsers say beside them. It remembers the last ones in memory, and
 * stores nothing of their text: names come from closed lists, versions are numbers of at most four digits.
 */
export const createRecognise = (): ((agent: string, hints: ClientHints) => Agent) => {
  const remembered = new LRUCache<string, Agent>({ max: REMEMBERED, ttl: REMEMBERED_MS });
  const correct = createCorrect();

  const recognise = (agent: string): Agent => {
    if (agent.length > LONGEST_AGENT) return ROBOT;
    const known = remembered.get(agent);
    if (known !== undefined) return known;
    const read = readAgent(agent);
    remembered.set(agent, read);
    return read;
  };
  return (agent, hints) => correct(recognise(agent), hints);
};

const readAgent = (text: string): Agent => {
  if (isBot(text)) return ROBOT;
  const parser = new UAParser(sanitizeAgent(text));
  const { name, version } = browserOf(text, parser);
  const { os, os_version } = systemOf(text, name, parser);
  return {
    bot: false,
    browser: name,
    browser_version: withMajor(name, version),
    os,
    os_version,
    device: deviceOf(text, os, parser),
  };
};
