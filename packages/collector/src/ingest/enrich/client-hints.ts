import { LRUCache } from 'lru-cache';
import { type Agent, ROBOT } from './agent.ts';
import { withMajor } from './names.ts';

/**
 * What browsers of Chromium's family say beside their agent in each encrypted request, without being asked
 * (https://wicg.github.io/client-hints-infrastructure/#low-entropy-table). Nothing here asks for more. Empty: not said.
 */
export interface ClientHints {
  /** `Sec-CH-UA`. */
  readonly brands: string;
  /** `Sec-CH-UA-Mobile`. */
  readonly mobile: string;
  /** `Sec-CH-UA-Platform`. */
  readonly platform: string;
}

/** No hint was sent, as by browsers that are not of that family. */
export const NO_HINTS: ClientHints = { brands: '', mobile: '', platform: '' };

/** Those of Chrome have some 100 characters. */
const LONGEST_BRANDS = 256;
/** Lists of brands remembered: a version of a browser has one, or a few. */
const REMEMBERED = 500;
/** And none for longer than agents are. */
const REMEMBERED_MS = 86_400_000;

/**
 * Makes the function that corrects by the hints what an agent says. Agents of Chromium's family name Chrome and no other,
 * and one that asks for the pages of desktops says that it is one. Nothing of the hints is kept but names of a list.
 */
export const createCorrect = (): ((agent: Agent, hints: ClientHints) => Agent) => {
  const remembered = new LRUCache<string, Brand>({ max: REMEMBERED, ttl: REMEMBERED_MS });

  const brandOf = (brands: string): Brand => {
    const known = remembered.get(brands);
    if (known !== undefined) return known;
    const read = readBrands(brands);
    remembered.set(brands, read);
    return read;
  };

  return (agent, { brands, mobile, platform }) => {
    if (brands === '' && platform === '') return agent;
    const brand = brands.length > LONGEST_BRANDS ? NO_BRAND : brandOf(brands);
    if (agent.bot || brand.name === HEADLESS) return ROBOT;
    return correctSystem(correctBrowser(agent, brand), mobile, platform);
  };
};

interface Brand {
  readonly name: string;
  readonly version: string | undefined;
}

const NO_BRAND: Brand = { name: '', version: undefined };
const HEADLESS = 'Headless';

/**
 * Names that are stored, by the brands of browsers; those behind say less, and yield to those before them. `Chromium` is the
 * engine's, and in every list: one that has no other leaves the word to the agent.
 */
const BRANDS: Readonly<Record<string, string>> = {
  HeadlessChrome: HEADLESS,
  HeadlessEdg: HEADLESS,
  Brave: 'Brave',
  'Microsoft Edge': 'Microsoft Edge',
  'Microsoft Edge WebView2': 'Microsoft Edge',
  'Opera GX': 'Opera GX',
  Opera: 'Opera',
  OperaMobile: 'Opera',
  'Opera Mini Android': 'Opera Mini',
  'Samsung Internet': 'Samsung Browser',
  DuckDuckGo: 'DuckDuckGo',
  Vivaldi: 'Vivaldi',
  YaBrowser: 'Yandex Browser',
  Yandex: 'Yandex Browser',
  Whale: 'Whale',
  CocCoc: 'Cốc Cốc',
  'Avast Secure Browser': 'Avast Secure Browser',
  'AVG Secure Browser': 'AVG Secure Browser',
  'Avira Secure Browser': 'Avira',
  'CCleaner Browser': 'CCleaner Browser',
  'Norton Secure Browser': 'Norton',
  'Norton Private Browser': 'Norton',
  'Huawei Browser': 'Huawei Browser',
  HuaweiBrowser: 'Huawei Browser',
  'Mi Browser': 'Mi Browser',
  'Oculus Browser': 'Meta Quest Browser',
  'Meta Quest Browser': 'Meta Quest Browser',
  Ecosia: 'Ecosia',
  'Ecosia Browser': 'Ecosia',
  Comet: 'Comet',
  'ChatGPT Atlas': 'ChatGPT Atlas',
  'Google Chrome': 'Chrome',
  'Android WebView': 'Chrome WebView',
};
const RANKS: ReadonlyMap<string, number> = new Map(Object.keys(BRANDS).map((brand, rank) => [brand, rank]));

const BRAND = /"([^"\\]{1,40})";\s?v="(?:(\d{1,4})(?!\d))?/g;

/** One entry in each list is made up, so that nobody relies on its order or length. */
const readBrands = (brands: string): Brand => {
  let best = Infinity;
  let read = NO_BRAND;
  for (const [, brand = '', version] of brands.matchAll(BRAND)) {
    const rank = RANKS.get(brand) ?? Infinity;
    if (rank < best) [best, read] = [rank, { name: BRANDS[brand] ?? '', version }];
  }
  return read;
};

/** What an agent says that names no more than the engine. */
const ENGINES: ReadonlySet<string> = new Set(['Chrome', 'Chromium', 'Chrome WebView']);

const correctBrowser = (agent: Agent, { name, version }: Brand): Agent =>
  name === '' || name === agent.browser || !ENGINES.has(agent.browser)
    ? agent
    : { ...agent, browser: name, browser_version: withMajor(name, version) };

const ANDROID = /^"?Android"?$/;
const CHROME_OS = /^"?Chrom(?:e|ium) OS"?$/;

const correctSystem = (agent: Agent, mobile: string, platform: string): Agent => {
  const isMobile = mobile === '?1';
  if (agent.os === 'GNU/Linux' && ANDROID.test(platform))
    return { ...agent, os: 'Android', os_version: 'Android', device: isMobile ? 'Mobile' : 'Tablet' };
  if (agent.os !== 'Chrome OS' && CHROME_OS.test(platform))
    return { ...agent, os: 'Chrome OS', os_version: 'Chrome OS', device: 'Desktop' };
  return agent.device === 'Tablet' && isMobile ? { ...agent, device: 'Mobile' } : agent;
};
