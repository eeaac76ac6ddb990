/** A browser as the collector knows it: an address and an agent. Those that share an address differ by their agents. */
export interface Browser {
  readonly id: number;
  readonly address: string;
  /** Number of its agent among those of its address. */
  readonly agent: number;
}

/** A pageview. */
export interface View {
  /** Unix seconds. */
  readonly at: number;
  readonly browser: Browser;
  readonly page: string;
}

/** Who comes, and how often. */
export interface Habits {
  /** Browsers a day. */
  readonly browsers: number;
  readonly hours: number;
  /** Weights of one visit a day, two, three … */
  readonly visits: readonly number[];
}

/** 0 ≤ x < 1 */
type Random = () => number;

/** Midnight of the first day: one on which nothing stored is too old yet. */
export const START = Date.parse('2036-03-03T00:00:00Z') / 1000;

/** Weights of the hours of a day: a quiet night, a long afternoon, the most in the evening. */
const BY_HOUR = [2, 1, 1, 0.5, 0.5, 1, 2, 3.5, 4.5, 5, 5.5, 5.5, 6, 5.5, 5.5, 5.5, 5.5, 5.5, 6, 7, 7.5, 6.5, 5, 3];

/** Browsers behind one address, and the weights: people alone, households, a company or a carrier now and then. */
const NETWORKS = { sizes: [1, 2, 3, 4, 200], weights: [550, 250, 120, 79, 1] };

const BOUNCES = 0.45;
/** Of those who have seen two pages or more, this share looks at another one. */
const GOES_ON = 0.6;
const PAGES = 500;
/** Mean time on a page that another one follows, in seconds, and the longest. */
const READING_S = 65;
const LONGEST_S = 25 * 60;
const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;

/** All that a population views, in the order in which it happens. */
export const createViews = (habits: Habits, random: Random): View[] => {
  const browsers = createBrowsers(habits.browsers, random);
  const end = START + habits.hours * HOUR_S;
  const views: View[] = [];
  for (let midnight = START; midnight < end; midnight += DAY_S)
    for (const browser of browsers)
      for (let visit = oneBy(habits.visits, random); visit >= 0; visit--)
        views.push(...createVisit(browser, midnight + timeOfDay(random), random));
  return views.filter(({ at }) => at < end).sort((a, b) => a.at - b.at);
};

const createBrowsers = (count: number, random: Random): Browser[] => {
  const browsers: Browser[] = [];
  for (let network = 1; browsers.length < count; network++) {
    const size = NETWORKS.sizes[oneBy(NETWORKS.weights, random)] ?? 1;
    for (let agent = 0; agent < size && browsers.length < count; agent++)
      browsers.push({ id: browsers.length, address: addressOf(network), agent });
  }
  return browsers;
};

/**
 * An address of the loopback network, so that a client on this machine can really have it. Scattered, as the addresses
 * of clients are; no two are the same, because the factor is odd.
 */
const addressOf = (network: number): string => {
  const host = Math.imul(network, 0x9e3779b1) & 0xffffff;
  return `127.${host >>> 16}.${(host >>> 8) & 255}.${host & 255}`;
};

/** Each visit of a day comes at its own time: in truth people come back soon, and restarts do less harm. */
const timeOfDay = (random: Random): number => Math.floor((oneBy(BY_HOUR, random) + random()) * HOUR_S);

const createVisit = (browser: Browser, start: number, random: Random): View[] => {
  const views: View[] = [];
  let at = start;
  do {
    views.push({ at, browser, page: `/page-${Math.floor(random() * PAGES)}` });
    at += 1 + Math.min(Math.floor(-Math.log(1 - random()) * READING_S), LONGEST_S);
  } while (random() < (views.length === 1 ? 1 - BOUNCES : GOES_ON));
  return views;
};

/** An index, each as often as its weight says. */
const oneBy = (weights: readonly number[], random: Random): number => {
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
  const index = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return index < 0 ? weights.length - 1 : index;
};
