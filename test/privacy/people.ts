import { allOf, formsOf, hashesOf, type Needles } from '../support/search.ts';

/** Somebody whose address and agent can be told from all others. */
export interface Person {
  /** As a proxy writes it into X-Forwarded-For. */
  readonly forwardedFor: string;
  readonly agent: string;
  /** The client hints that a browser of Chromium's family sends unasked, by their headers. */
  readonly hints?: Readonly<Record<string, string>>;
}

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

/** People and robots, by all the ways in which an address is written. */
export const PEOPLE: readonly [Person, ...Person[]] = [
  {
    forwardedFor: '81.2.69.177',
    agent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/143.0.60313.47 Safari/537.36`,
    hints: {
      'sec-ch-ua': '"Brave";v="143.0.60313.47", "Not;MarkedBrand";v="7719.16", "Chromium";v="143"',
      'sec-ch-ua-mobile': '?0;marked-7719',
      'sec-ch-ua-platform': '"MarkedPlatform 7719"',
    },
  },
  {
    forwardedFor: '81.2.69.178:54321',
    agent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E9Z77Q Safari/604.1',
  },
  {
    forwardedFor: '2a02:8108:5eed:77::1234:abcd',
    agent: `Mozilla/5.0 (Linux; Android 14; SM-QX7719 Build/UP1A.771923.005) ${WEBKIT} Chrome/142.0.0.0 Mobile Safari/537.36`,
    hints: { 'sec-ch-ua': '"MarkedView";v="7719.17", "Chromium";v="142"', 'sec-ch-ua-platform': '"Android"' },
  },
  {
    forwardedFor: '[2A02:8108:5EED:78::9]:443',
    agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0 MarkedAddOn/77.1913',
  },
  { forwardedFor: '::ffff:81.2.69.179', agent: 'Mozilla/5.0 (compatible; MarkedBot/77.1914; +https://bot.example/)' },
  { forwardedFor: '81.2.69.180, 81.2.69.181, 127.0.0.1', agent: 'curl/8.77.1915' },
];

/** Parts of the agents that no class of browser, system or device needs. */
const AGENT_MARKS = ['143.0.60313', '15E9Z77Q', 'SM-QX7719', 'UP1A.771923', 'MarkedAddOn', 'MarkedBot', 'curl/8.77'];

const ADDRESS_SPELLINGS = [
  ...[
    '81.2.69.177',
    '81.2.69.178',
    '81.2.69.179',
    '81.2.69.180',
    '81.2.69.181',
    '::ffff:81.2.69.179',
    '81.2.69.178:54321',
  ],
  ...['2a02:8108:5eed:77::1234:abcd', '2a02:8108:5eed:0077:0000:0000:1234:abcd', '2a02:8108:5eed:0077::/64'],
  ...['2a02:8108:5eed:77::/64', '2a02:8108:5eed:77::', '2a02:8108:5eed:77'],
  ...[
    '2a02:8108:5eed:78::9',
    '2A02:8108:5EED:78::9',
    '2a02:8108:5eed:0078:0000:0000:0000:0009',
    '2a02:8108:5eed:0078::/64',
  ],
];

/** Cut addresses, and addresses as numbers. */
const ADDRESS_MARKS = [
  ...['81.2.69.', '81.2.69.0', '2a02:8108:5eed'],
  ...[177, 178, 179, 180, 181].map((last) => String(((81 * 256 + 2) * 256 + 69) * 256 + last)),
];

const AGENTS = PEOPLE.map(({ agent }) => agent);

/** What the hints say, and parts of it that no class needs. */
const HINTS = [
  ...PEOPLE.flatMap(({ hints = {} }) => Object.values(hints)).filter((said) => /marked/i.test(said)),
  ...['MarkedBrand', '7719.16', 'marked-7719', 'MarkedPlatform', 'MarkedView', '7719.17'],
];

/** All that the product must not write of these people. `keys`: those that it was given to recognise them by. */
export const needlesOf = (sites: readonly string[], keys: readonly Buffer[]): Needles =>
  allOf([
    ...[...AGENTS, ...AGENT_MARKS].map((text) => formsOf(text, `agent ${text}`)),
    ...HINTS.map((text) => formsOf(text, `hint ${text}`)),
    ...[...ADDRESS_SPELLINGS, ...ADDRESS_MARKS].map((text) => formsOf(text, `address ${text}`)),
    ...keys.map((key, index) => formsOf(key, `key ${index}`)),
    ...messagesOf(sites).map((message) => hashesOf(message, keys)),
  ]);

/** What somebody who wanted to recognise a visitor would hash. */
const messagesOf = (sites: readonly string[]): string[] => [
  ...AGENTS,
  ...HINTS,
  ...ADDRESS_SPELLINGS,
  ...AGENTS.flatMap((agent) =>
    ADDRESS_SPELLINGS.flatMap((address) => [...joined([address, agent]), ...joined([agent, address])]),
  ),
  ...AGENTS.flatMap((agent) =>
    ADDRESS_SPELLINGS.flatMap((address) => sites.flatMap((site) => joined([site, address, agent]))),
  ),
];

const joined = (parts: readonly string[]): string[] => [
  parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join(''),
  parts.join(''),
  parts.join('|'),
  parts.join(':'),
  parts.join(' '),
];
