import type { Properties, Revenue } from '../../packages/sdk/src/wire.ts';

/** A registered site. */
export interface TestSite {
  readonly domain: string;
  readonly timezone: string;
  readonly hostnames: readonly string[];
  /** How exactly it keeps where people are. */
  readonly places: 'country' | 'region' | 'city';
}

/** Clocks that change by an hour, by half an hour, at midnight, and not at all; far east and far west of UTC. */
export const SITES: readonly TestSite[] = [
  {
    domain: 'kiosk.example',
    timezone: 'Europe/Berlin',
    hostnames: ['kiosk.example', 'www.kiosk.example'],
    places: 'city',
  },
  { domain: 'trek.example', timezone: 'Asia/Kathmandu', hostnames: ['trek.example'], places: 'country' },
  {
    domain: 'surf.example',
    timezone: 'America/Los_Angeles',
    hostnames: ['surf.example', 'shop.surf.example'],
    places: 'region',
  },
  { domain: 'whale.example', timezone: 'Atlantic/Azores', hostnames: ['whale.example'], places: 'city' },
  {
    domain: 'shearwater.example',
    timezone: 'Australia/Lord_Howe',
    hostnames: ['shearwater.example', 'www.shearwater.example'],
    places: 'country',
  },
  { domain: 'condor.example', timezone: 'America/Santiago', hostnames: ['condor.example'], places: 'region' },
];

export const PAGES = ['/', '/pricing', '/Docs', '/docs/start', '/news/4711', '/blog/a-long-story', '/about'] as const;
export const EVENTS = ['signup', 'Download', 'play video', 'outbound link'] as const;

/** What a page calls itself, now this and now that, and what it says of itself. */
interface Said {
  readonly titles: readonly [string, ...string[]];
  readonly props: Properties;
}

export const SAID: Readonly<Record<(typeof PAGES)[number], Said>> = {
  '/': { titles: ['Welcome', '(1) Welcome'], props: {} },
  '/pricing': { titles: ['Pricing | All plans'], props: { kind: 'shop', plan: 'none yet' } },
  '/Docs': { titles: ['Docs'], props: {} },
  '/docs/start': { titles: ['Docs', 'How to start', ''], props: { kind: 'guide', chapter: 1 } },
  '/news/4711': { titles: [''], props: { author: 'Ann', kind: 'news' } },
  '/blog/a-long-story': { titles: ['Überall: a long story'], props: { author: 'Zoë', draft: false } },
  '/about': { titles: ['About us'], props: {} },
};

/** What events say they are worth. */
export const REVENUES: readonly Revenue[] = [
  [12.5, 'EUR'],
  [0.99, 'EUR'],
  [-3.333, 'EUR'],
  [100, 'usd'],
  [4.2, 'USD'],
  [-0.001, 'CHF'],
  [7.777, 'chf'],
];

/** A network that one client is in. The number picks one of many of the kind. */
export interface NetworkKind {
  readonly country: string;
  /** An address in the network: `x` is the network's number, `h` a random one of the host in it. */
  readonly address: (x: number, h: number) => string;
}

/** Where people of a country are by a database that is another one every few hours. `at` in Unix milliseconds. */
export const regionIn = (country: string, at: number): string => `${country}-${1 + (Math.floor(at / MOVE_MS) % 2)}`;
export const cityIn = (country: string, at: number): string =>
  `${country}: ${Math.floor(at / MOVE_MS) % 2 === 0 ? 'Capital' : 'Port'}`;
const MOVE_MS = 5 * 3_600_000;

const hex = (n: number): string => n.toString(16);

export const NETWORKS: readonly NetworkKind[] = [
  { country: 'DE', address: (x) => `84.128.${x >> 8}.${x & 255}` },
  { country: 'DE', address: (x, h) => `2003:e5:1f00:${hex(x)}:${hex(h >>> 16)}:0:0:${hex(h & 0xffff)}` },
  { country: 'DE', address: (x, h) => `2003:E5:1F00:${hex(x + 0x8000).toUpperCase()}::${hex(h & 0xffff)}` },
  { country: 'US', address: (x) => `73.162.${x >> 8}.${x & 255}` },
  { country: 'US', address: (x, h) => (h & 1 ? `::ffff:98.207.${x >> 8}.${x & 255}` : `98.207.${x >> 8}.${x & 255}`) },
  { country: 'US', address: (x, h) => `2601:646:8000:${hex(x)}::${hex(h & 0xffff)}` },
  { country: 'NP', address: (x) => `27.34.${(x >> 8) & 127}.${x & 255}` },
  { country: 'NP', address: (x, h) => `2400:1a00:b040:${hex(x)}::${hex(h & 0xffff)}` },
  { country: 'GB', address: (x) => `86.150.${x >> 8}.${x & 255}` },
  { country: 'JP', address: (x) => `126.1.${x >> 8}.${x & 255}` },
  { country: 'ZZ', address: (x) => `192.168.${x >> 8}.${x & 255}` },
];

export const LANGUAGES = [
  { header: 'de-DE,de;q=0.9,en;q=0.8', language: 'de' },
  { header: 'en-US,en;q=0.5', language: 'en' },
  { header: 'ne-NP', language: 'ne' },
  { header: 'ja', language: 'ja' },
  { header: '*', language: 'und' },
] as const;
