import { LRUCache } from 'lru-cache';
import { UAParser } from 'ua-parser-js';
import { isBot, LONGEST_AGENT } from './bot.ts';
import { BROWSERS, DESKTOP_SYSTEMS, DEVICES, OTHER, SYSTEMS, UNKNOWN } from './names.ts';
import { sanitizeAgent } from './sanitize-agent.ts';

/** What a user agent says, in classes with many members each. */
export interface Agent {
  readonly bot: boolean;
  /** A name of {@link BROWSERS}, `Other` or `Unknown`. */
  readonly browser: string;
  /** The name with the major version, as `Firefox 128`; the name alone if it says none. */
  readonly browser_version: string;
  /** A name of {@link SYSTEMS}, `Other` or `Unknown`. */
  readonly os: string;
  /**
   * The name with the major version. Browsers have frozen what they tell: Windows 11 calls itself 10, every macOS
   * since 10.15 calls itself 10, and Chrome calls every Android 10.
   */
  readonly os_version: string;
  /** A kind of {@link DEVICES}, `Desktop` or `Unknown`. An iPad in its default setting calls itself a Mac. */
  readonly device: string;
}

/** Agents remembered: usually 2 MB, at most 5. Parsing one anew takes some 35 µs, and at most 1 ms (see sanitize-agent.ts). */
const REMEMBERED = 4096;
/** And none for longer than a key would be. */
const REMEMBERED_MS = 86_400_000;

/**
 * Makes the function that reads user agents. It remembers the last ones in memory, and stores nothing of their text:
 * names come from closed lists, versions are numbers of at most four digits.
 */
export const createRecognise = (): ((agent: string) => Agent) => {
  const remembered = new LRUCache<string, Agent>({ max: REMEMBERED, ttl: REMEMBERED_MS });
  return (agent) => {
    if (agent.length > LONGEST_AGENT) return BOT;
    const known = remembered.get(agent);
    if (known !== undefined) return known;
    const read = readAgent(agent);
    remembered.set(agent, read);
    return read;
  };
};

const BOT: Agent = {
  bot: true,
  browser: UNKNOWN,
  browser_version: UNKNOWN,
  os: UNKNOWN,
  os_version: UNKNOWN,
  device: UNKNOWN,
};

const readAgent = (agent: string): Agent => {
  if (isBot(agent)) return BOT;
  const parser = new UAParser(sanitizeAgent(agent));
  const [said, system] = [parser.getBrowser(), parser.getOS()];
  const browser = find(BROWSER_BY_NAME, said.name);
  const os = find(SYSTEM_BY_NAME, system.name);
  return {
    bot: false,
    browser,
    browser_version: browser === 'Safari WebView' ? browser : withMajor(browser, said.version),
    os,
    os_version:
      os === 'Windows' ? windows(system.version) : withMajor(os, MAJORS_SAID.has(os) ? system.version : undefined),
    device: DEVICES[parser.getDevice().type ?? ''] ?? (DESKTOP_SYSTEMS.has(os) ? 'Desktop' : UNKNOWN),
  };
};

const index = (names: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(names).flatMap(([name, said]) => said.split(', ').map((one) => [one.toLowerCase(), name])));

const BROWSER_BY_NAME = index(BROWSERS);
const SYSTEM_BY_NAME = index(SYSTEMS);

const find = (names: ReadonlyMap<string, string>, name: string | undefined): string =>
  name === undefined ? UNKNOWN : (names.get(name.toLowerCase()) ?? OTHER);

const MAJOR = /^\d{1,4}(?=\.|$)/;

const withMajor = (name: string, version: string | undefined): string => {
  const major = name === OTHER || name === UNKNOWN ? undefined : MAJOR.exec(version ?? '')?.[0];
  return major === undefined ? name : `${name} ${major}`;
};

/** Systems whose version means the same on all their devices. */
const MAJORS_SAID: ReadonlySet<string> = new Set(['macOS', 'iOS', 'Android', 'HarmonyOS', 'KaiOS', 'Tizen', 'watchOS']);

const WINDOWS_VERSIONS: ReadonlySet<string> = new Set(['XP', 'Vista', '7', '8', '8.1', '10']);

const windows = (version: string | undefined): string =>
  version !== undefined && WINDOWS_VERSIONS.has(version) ? `Windows ${version}` : 'Windows';
