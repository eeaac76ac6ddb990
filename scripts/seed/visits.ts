import type { Beacon, Item, WidthClass } from '../../packages/sdk/src/wire.ts';
import type { Dice } from '../../test/counting/dice.ts';
import type { Client } from '../../test/support/test-collector.ts';
import {
  type Agent,
  BASKET,
  BROWSERS,
  COUNTRIES,
  draw,
  ENTRANCES,
  HOME,
  HOURS,
  PAGES,
  SHOP,
  TALK,
  THANKS,
  WEEKDAYS,
  type Weighted,
} from './world.ts';

/** A beacon, who sends it, and when: Unix milliseconds. */
export interface Sending {
  readonly at: number;
  readonly client: Client;
  readonly beacon: Beacon;
}

interface Visitor {
  readonly client: Client;
  readonly width: WidthClass;
}

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
/** The trend: at the end there are so many times as many visits as at the beginning. */
const GROWTH = 1.35;
/** On one day of so many somebody has written about the site. */
const TALK_DAYS = 24;

/** What {@link dayOf} needs. */
export interface Plan {
  readonly domain: string;
  /** Of all days. */
  readonly days: number;
  /** A day, on the average. */
  readonly visits: number;
  readonly dice: Dice;
}

/**
 * All that is sent on a day, in its order.
 * @param midnight its beginning, UTC
 * @param index number of the day, from 0
 */
export const dayOf = (plan: Plan, midnight: number, index: number): Sending[] => {
  const { dice, visits } = plan;
  const isTalk = dice.below(TALK_DAYS) === 0;
  const trend = 1 + (GROWTH - 1) * ((index + 0.5) / plan.days - 0.5);
  const chance = 0.92 + dice.below(17) / 100;
  const count = Math.round(visits * (WEEKDAYS[new Date(midnight).getUTCDay()] ?? 1) * trend * chance);
  const visitors: Visitor[] = [];
  const someone = (): Visitor => {
    // Some come twice a day.
    const visitor = visitors.length > 0 && dice.chance(0.14) ? dice.pick(visitors) : newVisitor(dice);
    visitors.push(visitor);
    return visitor;
  };
  const usual = Array.from({ length: count }, () => visit(plan, someone(), timeOn(midnight, dice), false));
  const talk = Array.from({ length: isTalk ? Math.round(count * 0.8) : 0 }, () =>
    visit(plan, newVisitor(dice), timeOn(midnight, dice), true),
  );
  return [...usual, ...talk].flat().sort((a, b) => a.at - b.at);
};

const timeOn = (midnight: number, dice: Dice): number => midnight + draw(dice, HOURS) * HOUR + dice.below(HOUR);

const newVisitor = (dice: Dice): Visitor => {
  const { network, language } = draw(dice, COUNTRIES);
  const agent = draw(dice, BROWSERS);
  return {
    client: {
      address: `${network}.${dice.below(256)}.${1 + dice.below(254)}`,
      agent: agent.text,
      headers: { 'accept-language': language },
    },
    width: widthOf(agent, dice),
  };
};

const widthOf = ({ facts }: Agent, dice: Dice): WidthClass => {
  if (facts['visit:device'] === 'Mobile') return 's';
  return facts['visit:device'] === 'Tablet' ? 'm' : dice.pick(['l', 'xl', 'xl']);
};

/** What one visit sends: a beacon when a page opens, and one with what happened on it when it is left. */
const visit = ({ domain, dice }: Plan, { client, width }: Visitor, start: number, isTalk: boolean): Sending[] => {
  const entrance = isTalk ? TALK : draw(dice, ENTRANCES);
  const isBounce = dice.chance(isTalk ? 0.7 : 0.42);
  const first = entrance.page ?? (dice.chance(0.4) ? HOME : draw(dice, PAGES));
  const pages = [first, ...Array.from({ length: isBounce ? 0 : 1 + dice.below(5) }, () => draw(dice, PAGES))];
  if (!isBounce && dice.chance(0.09)) pages.push(SHOP, BASKET, ...(dice.chance(0.5) ? [THANKS] : []));
  const sent: Sending[] = [];
  let at = start;
  for (const [index, { path, title }] of pages.entries()) {
    const query = index === 0 ? (entrance.query ?? '') : '';
    const about = { s: domain, u: `https://${domain}${path}${query}`, t: title, w: width };
    const send = (items: Item[]): void => {
      const { referrer } = entrance;
      const r = index === 0 && referrer !== undefined ? { r: referrer } : {};
      const b = `seed-${dice.below(2 ** 32)}-${dice.below(2 ** 32)}`;
      sent.push({ at, client, beacon: { ...about, ...r, b, i: items } });
    };
    send([{ k: 'view' }, ...onOpening(path, dice)]);
    // Mostly short, now and then long.
    const seconds = 4 + dice.below(30) + (dice.chance(0.3) ? dice.below(240) : 0);
    at += seconds * SECOND;
    send([...onPage(path, dice), seen(Math.round(seconds * SECOND * 0.8), dice.pick([25, 50, 70, 90, 100]))]);
    at += SECOND;
  }
  return sent;
};

/** How a page was seen, in one report: what was added is what the view came to. */
const seen = (ms: number, percent: number): Item => ({ k: 'engage', ms, sc: percent, vm: ms, vs: percent });

/** Events and logs that come with a page. */
const onOpening = (path: string, dice: Dice): Item[] => {
  const items: Item[] = [];
  if (path === THANKS.path) items.push(order(dice));
  if (dice.chance(0.006)) items.push({ k: 'event', n: '404', p: { path: dice.pick(['/menu', '/cake', '/old-shop']) } });
  if (dice.chance(0.012)) items.push(draw(dice, TROUBLES));
  return items;
};

const order = (dice: Dice): Item => {
  const loaves = 1 + dice.below(4);
  const bread = dice.pick(['rye', 'rye', 'spelt', 'baguette']);
  return {
    k: 'event',
    n: 'Order',
    p: { bread, loaves },
    $: [Math.round(loaves * (380 + dice.below(240))) / 100, 'EUR'],
  };
};

const TROUBLES: Weighted<Item> = [
  [4, { k: 'log', l: 'warn', m: 'the basket was empty', p: { step: 3 } }],
  [3, { k: 'log', l: 'info', m: 'prices were loaded from the cache' }],
  [1, { k: 'log', l: 'error', m: 'payment was refused', p: { code: 402 } }],
  [
    3,
    {
      k: 'error',
      m: "TypeError: Cannot read properties of undefined (reading 'price')",
      st: "TypeError: Cannot read properties of undefined (reading 'price')\n    at total (/assets/shop.js:41:17)\n    at render (/assets/shop.js:88:5)",
    },
  ],
  [1, { k: 'error', m: 'NetworkError: the stock could not be loaded', st: 'loadStock@/assets/stock.js:12:9' }],
];

/** What people do on a page. */
const onPage = (path: string, dice: Dice): Item[] => {
  const items: Item[] = [];
  if (path.startsWith('/shop/') && dice.chance(0.3))
    items.push({ k: 'event', n: 'Add to basket', p: { bread: path.replace('/shop/', '') } });
  if (path.startsWith('/recipes/') && dice.chance(0.12))
    items.push({ k: 'event', n: 'File download', p: { url: `https://files.example.org${path}.pdf` } });
  if (dice.chance(0.03))
    items.push({
      k: 'event',
      n: 'Outbound link',
      p: { url: dice.pick(['https://mill.example.org/', 'https://maps.example.net/']) },
    });
  if (dice.chance(0.015)) items.push({ k: 'event', n: 'Newsletter', p: { place: dice.pick(['footer', 'popup']) } });
  return items;
};

/** Midnights, UTC, of so many days, of which the last one is that of `until`. */
export const midnights = (days: number, until: number): number[] => {
  const last = Math.floor(until / DAY) * DAY;
  return Array.from({ length: days }, (_, index) => last - (days - 1 - index) * DAY);
};
