import { createRecognise } from '../../packages/collector/src/ingest/enrich/browser.ts';
import { OTHER, UNKNOWN } from '../../packages/collector/src/ingest/enrich/names.ts';
import { trafficOrigin } from '../../packages/collector/src/ingest/enrich/origin.ts';
import { isSpam } from '../../packages/collector/src/ingest/enrich/spam.ts';
import { scrubPath } from '../../packages/collector/src/privacy/scrub/path.ts';
import { scrubText } from '../../packages/collector/src/privacy/scrub/text.ts';
import type { Case, Kind } from './cases.ts';

/** What came out of a case. */
export interface Verdict {
  readonly right: boolean;
  readonly got: string;
}

/**
 * Puts a case through the collector's own functions. What is expected is a name, or several with ` or `, `, or ` or
 * ` / ` between them; more than one word in parentheses is a remark, of a device any. Of agents, names are equal that
 * differ in signs, case, or a last "app" or "Browser"; of sources `?` is anything.
 */
export const judge = ({ kind, input, expected }: Case): Verdict => {
  const got = GOT[kind](input);
  return { right: RIGHT[kind]?.(got, expected, input) ?? isNamed(got, expected), got };
};

const recognise = createRecognise();

/** Client hints follow an agent after two spaces and a plus sign, as JSON that may be cut short. */
const agentOf = (input: string): ReturnType<typeof recognise> => {
  const [agent = '', hints = ''] = input.split(/ {2}\+ /);
  const said = (name: string): string => {
    const [text] = new RegExp(`(?<="${name}":)"(?:[^"\\\\]|\\\\.)*"`).exec(hints) ?? ['""'];
    return String(JSON.parse(text));
  };
  return recognise(agent, {
    brands: said('Sec-CH-UA'),
    mobile: said('Sec-CH-UA-Mobile'),
    platform: said('Sec-CH-UA-Platform'),
  });
};

/** Of any site but those that the cases name. */
const SITE = { domain: 'example.com', aliases: [] };

const origin = (query: string, referrer: string): string => {
  const { source, channel } = trafficOrigin({
    url: new URL(`https://example.com/${query}`),
    referrer: URL.canParse(referrer) ? new URL(referrer) : null,
    site: SITE,
  });
  return `${source} / ${channel}`;
};

const scrubbed = (input: string): string => {
  const [, how, text = ''] = /^(text|path) (.*)$/s.exec(input) ?? [];
  const given = String(JSON.parse(text));
  return how === 'path' ? scrubPath(given) : scrubText(given);
};

const GOT: Readonly<Record<Kind, (input: string) => string>> = {
  'agent-dropped': (input) => (agentOf(input).bot ? 'robot' : `person: ${agentOf(input).browser}`),
  browser: (input) => agentOf(input).browser,
  system: (input) => agentOf(input).os_version,
  device: (input) => agentOf(input).device,
  bot: (input) => (agentOf(input).bot ? 'robot' : `person: ${agentOf(input).browser}`),
  source: (input) => origin('', input),
  channel: (input) => {
    const [query = '', referrer = ''] = input.split(/\s*←\s*/);
    return origin(query.trim(), referrer);
  },
  spam: (input) => (isSpam(input) ? 'spam' : 'counted'),
  'scrub-leak': scrubbed,
  'scrub-false-alarm': scrubbed,
};

/** The text after `with` or `without`, in quotes. */
const quoted = (expected: string): string => /"(.*)"/s.exec(expected)?.[1] ?? expected;

const REMARK = /\s*\((?:[^()]*\s[^()]*)\)|, as .*$| without a version$/g;

/** What is expected may itself have the word: `Windows 10 or later`. */
const namesOf = (expected: string): readonly string[] => {
  const names = expected.replace(REMARK, '').trim();
  return [names, ...names.split(/,? or | \/ /)];
};

const isNamed = (got: string, expected: string): boolean => namesOf(expected).some((name) => bare(name) === bare(got));

/** Of a source and its channel: ours show names letter by letter as they are expected. */
const isOrigin = (got: string, expected: string): boolean => {
  const [wanted, given] = [expected.split(' / '), got.split(' / ')];
  return given.every((part, index) =>
    namesOf(wanted[index] ?? '').some((name) => name === '?' || name.toLowerCase() === part.toLowerCase()),
  );
};

const bare = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/(?<=.)(?:browser|app)$/, '');

const RIGHT: Partial<Record<Kind, (got: string, expected: string, input: string) => boolean>> = {
  'agent-dropped': (got) => got !== 'robot',
  bot: (got) => got === 'robot',
  browser: (got, expected) =>
    isNamed(got, expected) || (expected.startsWith('its name') && got !== OTHER && got !== UNKNOWN),
  source: isOrigin,
  channel: isOrigin,
  // Kinds of devices are single words: what follows says which of them.
  device: (got, expected) => isNamed(got, expected.replace(/\s*\(.*\)/, '')),
  'scrub-leak': (got, expected) => !got.includes(quoted(expected)),
  'scrub-false-alarm': (got, expected) => got.includes(quoted(expected)),
};
