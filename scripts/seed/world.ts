import { AGENTS } from '../../test/counting/agents.ts';
import type { Dice } from '../../test/counting/dice.ts';

/** Something, and how often it comes up beside the others. */
export type Weighted<T> = readonly (readonly [weight: number, T])[];

/** One of them, by their weights. */
export const draw = <T>(dice: Dice, all: Weighted<T>): T => {
  let left = dice.below(all.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, one] of all) {
    if (left < weight) return one;
    left -= weight;
  }
  throw new RangeError('There is nothing to draw.');
};

interface Page {
  readonly path: string;
  readonly title: string;
}

const page = (path: string, title: string): Page => ({ path, title: `${title} | The Corner Bakery` });

export const HOME = page('/', 'Bread, as it should be');
export const SHOP = page('/shop', 'Shop');
export const BASKET = page('/basket', 'Your basket');
export const THANKS = page('/thanks', 'Thank you');
export const OFFER = page('/offers/autumn', 'Autumn bread');

export const PAGES: Weighted<Page> = [
  [30, HOME],
  [18, SHOP],
  [9, page('/shop/rye', 'Rye')],
  [7, page('/shop/spelt', 'Spelt')],
  [5, page('/shop/baguette', 'Baguette')],
  [3, page('/shop/croissant', 'Croissant')],
  [10, page('/recipes', 'Recipes')],
  [9, page('/recipes/sourdough-starter', 'A sourdough starter in seven days')],
  [6, page('/recipes/focaccia', 'Focaccia')],
  [4, page('/recipes/no-knead-bread', 'Bread without kneading')],
  [2, page('/recipes/cinnamon-rolls', 'Cinnamon rolls')],
  [5, page('/about', 'About us')],
  [4, page('/opening-hours', 'Opening hours')],
  [2, page('/jobs', 'Jobs')],
  [1, page('/imprint', 'Imprint')],
];

/** A way in: the referrer, the query of the address, and the page where it ends, if it is always the same. */
interface Entrance {
  readonly referrer?: string;
  readonly query?: string;
  readonly page?: Page;
}

const campaign = (source: string, medium: string, name: string): string =>
  `?utm_source=${source}&utm_medium=${medium}&utm_campaign=${name}`;

export const ENTRANCES: Weighted<Entrance> = [
  [34, {}],
  [27, { referrer: 'https://www.google.com/' }],
  [4, { referrer: 'https://duckduckgo.com/' }],
  [3, { referrer: 'https://www.bing.com/' }],
  [4, { referrer: 'https://chatgpt.com/' }],
  [4, { referrer: 'https://www.instagram.com/' }],
  [2, { referrer: 'https://www.reddit.com/r/Breadit/' }],
  [2, { referrer: 'https://www.youtube.com/watch' }],
  [4, { referrer: 'https://food.example.org/best-bakeries' }],
  [2, { referrer: 'https://city.example.net/breakfast' }],
  [6, { query: campaign('newsletter', 'email', 'weekly') }],
  [3, { query: campaign('newsletter', 'email', 'autumn'), page: OFFER }],
  [4, { referrer: 'https://www.google.com/', query: campaign('google', 'cpc', 'autumn'), page: OFFER }],
  [1, { query: campaign('flyer', 'qr', 'market') }],
];

/** Where many come from on a day on which somebody has written about the site. */
export const TALK: Entrance = {
  referrer: 'https://news.ycombinator.com/item?id=4711',
  page: page('/recipes/sourdough-starter', 'A sourdough starter in seven days'),
};

/** Begin of addresses of a provider there, and what browsers there ask for. */
interface Country {
  readonly network: string;
  readonly language: string;
}

export const COUNTRIES: Weighted<Country> = [
  [44, { network: '84.128', language: 'de-DE,de;q=0.9' }],
  [9, { network: '77.116', language: 'de-AT,de;q=0.9' }],
  [7, { network: '83.77', language: 'de-CH,de;q=0.9' }],
  [9, { network: '73.162', language: 'en-US,en;q=0.9' }],
  [6, { network: '86.150', language: 'en-GB,en;q=0.9' }],
  [5, { network: '90.0', language: 'fr-FR,fr;q=0.9' }],
  [4, { network: '84.24', language: 'nl-NL,nl;q=0.9' }],
  [4, { network: '79.20', language: 'it-IT,it;q=0.9' }],
  [3, { network: '83.24', language: 'pl-PL,pl;q=0.9' }],
  [3, { network: '83.32', language: 'es-ES,es;q=0.9' }],
  [2, { network: '78.160', language: 'tr-TR,tr;q=0.9' }],
  [2, { network: '126.1', language: 'ja' }],
  [1, { network: '49.32', language: 'en-IN,en;q=0.9' }],
  [1, { network: '189.4', language: 'pt-BR,pt;q=0.9' }],
];

export type Agent = (typeof AGENTS)[number];

/** Telephones are half of all, Chrome and Safari three quarters: each agent by its device and by its browser. */
const DEVICE_SHARES: Readonly<Record<string, number>> = { Mobile: 10, Tablet: 2, Desktop: 3 };
const BROWSER_SHARES: Readonly<Record<string, number>> = { Chrome: 4, Safari: 4, 'Microsoft Edge': 4, Firefox: 2 };
export const BROWSERS: Weighted<Agent> = AGENTS.map((agent) => [
  (DEVICE_SHARES[agent.facts['visit:device']] ?? 1) * (BROWSER_SHARES[agent.facts['visit:browser']] ?? 1),
  agent,
]);

/** Visits by the hour of the day, and by the day of the week from Sunday on, beside each other. */
export const HOURS: Weighted<number> = [
  5, 3, 2, 1, 1, 4, 12, 26, 34, 38, 40, 42, 44, 40, 36, 36, 38, 44, 50, 54, 52, 42, 26, 12,
].map((weight, hour) => [weight, hour]);
export const WEEKDAYS = [0.78, 1.12, 1.16, 1.14, 1.1, 1.02, 0.68];
