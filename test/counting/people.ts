import type { Item } from '../../packages/sdk/src/wire.ts';
import { AGENTS } from './agents.ts';
import { deliveries, type Sending } from './beacons.ts';
import { type Calendar, createCalendar } from './calendar.ts';
import type { Dice } from './dice.ts';
import { DIRECT, ENTRANCES, type Entrance } from './entrances.ts';
import { EVENTS, LANGUAGES, NETWORKS, PAGES, REVENUES, type TestSite } from './world.ts';

/** A stretch of time, Unix milliseconds. */
export interface Era {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** How often people come to each site in an era: this share of them, and so many times each at most. */
export interface Custom {
  readonly share: number;
  readonly times: number;
}

export interface Person {
  /** Name of the network: with the agent it says who it is. */
  readonly network: string;
  readonly country: string;
  /** An address in the network, another one each time if the network has many. */
  readonly address: () => string;
  readonly agent: (typeof AGENTS)[number];
  readonly language: (typeof LANGUAGES)[number];
}

/** Something that happens in a tab. */
export interface Step {
  /** Unix milliseconds. */
  readonly at: number;
  readonly tab: Tab;
  readonly page: Page;
  readonly entrance: Entrance;
  readonly item: Item;
}

type Page = (typeof PAGES)[number];

interface Tab {
  readonly hostname: string;
  page: Page;
}

const SECOND = 1000;
export const MINUTE = 60 * SECOND;
const QUARTER = 15 * MINUTE;

/** Just under, at and just over the time after which a visit has ended. */
const EDGES = [-SECOND, -1, 0, 1, SECOND].map((off) => 30 * MINUTE + off);

/** Every second one shares the network of the one before; some of these have the same browser, too. */
export const createPeople = (count: number, dice: Dice): Person[] =>
  Array.from({ length: count }, (_, index) => {
    const x = index >> 1;
    const kind = NETWORKS[x % NETWORKS.length] ?? dice.pick(NETWORKS);
    return {
      network: `${x}`,
      country: kind.country,
      address: () => kind.address(x, dice.below(2 ** 32)),
      agent: dice.pick(AGENTS),
      language: dice.pick(LANGUAGES),
    };
  });

/** All that people send to sites in an era, in the order in which it arrives. */
export const live = (
  people: readonly Person[],
  sites: readonly TestSite[],
  era: Era,
  dice: Dice,
  { share, times }: Custom = USUAL,
): Sending[] => {
  const sent = sites.flatMap((site) => {
    const busy = busyTimes(era, createCalendar(site.timezone));
    const comers = people.filter(() => dice.chance(share));
    const steps = comers.flatMap((person) =>
      visits(site, { ...era, busy, times }, dice).map((visit) => ({ person, visit })),
    );
    const sleepless = dice.chance(0.4) ? [{ person: dice.pick(people), visit: stepsThrough(era, site, dice) }] : [];
    return [...steps, ...sleepless].flatMap(({ person, visit }) => deliveries(person, site, visit, dice));
  });
  return sent.sort((a, b) => a.arrival.at - b.arrival.at);
};

const USUAL: Custom = { share: 0.5, times: 6 };

/** Midnights and changes of clocks: around them more happens. */
const busyTimes = ({ from, to }: Era, calendar: Calendar): number[] => {
  const quarters = Array.from({ length: (to - from) / QUARTER }, (_, index) => from / 1000 + (index * QUARTER) / 1000);
  const marks = quarters.map((second) => `${calendar.read(second).day} ${calendar.write(second).slice(-6)}`);
  return quarters.filter((_, index) => index > 0 && marks[index] !== marks[index - 1]).map((second) => second * 1000);
};

/** What one person does on a site: now and then so soon after the last time that it may still be one visit. */
const visits = (site: TestSite, era: Rush, dice: Dice): Step[][] => {
  const all: Step[][] = [];
  let start = startIn(era, dice);
  for (let more = 1 + dice.below(era.times); more > 0; more--) {
    const steps = stepsFrom(start, site, dice);
    all.push(steps);
    start = dice.chance(0.4) ? (steps.at(-1)?.at ?? start) + dice.pick(EDGES) : startIn(era, dice);
  }
  return all;
};

/** An era on a site. */
interface Rush extends Era {
  readonly busy: readonly number[];
  readonly times: number;
}

const startIn = ({ from, to, busy }: Rush, dice: Dice): number =>
  dice.chance(0.4) ? from + dice.below(to - from) : dice.pick(busy) + dice.below(40 * MINUTE) - 32 * MINUTE;

/** What happens in one or two tabs. */
const stepsFrom = (start: number, site: TestSite, dice: Dice): Step[] => {
  const tabs = Array.from({ length: dice.chance(0.2) ? 2 : 1 }, () => tabOf(site, dice));
  const count = dice.chance(0.35) ? 1 : 2 + dice.below(7);
  const steps: Step[] = [];
  for (let at = start; steps.length < count; at += pause(dice)) {
    const first = steps.length === 0;
    const tab = dice.pick(tabs);
    const item = dice.chance(first ? 0.85 : 0.5) ? VIEW : otherItem(dice);
    if (item.k === 'view') tab.page = dice.pick(PAGES);
    steps.push({ at, tab, page: tab.page, entrance: entrance(site, first, dice), item });
  }
  return steps;
};

/** One visit through the whole era, over midnights on which the key changes. */
const stepsThrough = ({ from, to }: Era, site: TestSite, dice: Dice): Step[] => {
  const tab = tabOf(site, dice);
  const steps: Step[] = [];
  for (let at = from; at < to; at += 15 * MINUTE + dice.below(14 * MINUTE))
    steps.push({ at, tab, page: dice.pick(PAGES), entrance: DIRECT, item: VIEW });
  return steps;
};

const tabOf = (site: TestSite, dice: Dice): Tab => ({ hostname: dice.pick(site.hostnames), page: dice.pick(PAGES) });

/** People come from anywhere, and then mostly from the site itself. */
const entrance = (site: TestSite, first: boolean, dice: Dice): Entrance => {
  if (dice.chance(first ? 0.75 : 0.06)) return dice.pick(ENTRANCES);
  return dice.chance(0.3) ? { ...DIRECT, referrer: `https://${site.domain}/pricing` } : DIRECT;
};

const VIEW: Item = { k: 'view' };

const otherItem = (dice: Dice): Item =>
  dice.pick<(dice: Dice) => Item>([
    () => ({ k: 'event', n: dice.pick(EVENTS), p: { plan: dice.pick(['pro', 'Pro plus']), seats: 1 + dice.below(3) } }),
    () => ({ k: 'event', n: dice.pick(EVENTS), p: { author: 'Cleo' }, $: dice.pick(REVENUES) }),
    () => ({ k: 'event', n: dice.pick(EVENTS), ni: 1, ...(dice.chance(0.3) ? { $: dice.pick(REVENUES) } : {}) }),
    () => ({ k: 'event', n: '404', p: { path: '/gone' }, ...(dice.chance(0.5) ? { ni: 1 } : {}) }),
    engagement,
    engagement,
    engagement,
    () => ({ k: 'log', l: 'warn', m: 'slow answer' }),
    () => ({ k: 'error', m: 'TypeError: x is undefined', st: 'at app.js:1:1' }),
  ])(dice);

/** Some senders say what the view came to so far, older ones do not. */
const engagement = (dice: Dice): Item => {
  const [ms, sc] = [dice.below(60_000), dice.below(30)];
  if (dice.chance(0.5)) return { k: 'engage', ms, ...(dice.chance(0.8) ? { sc } : {}) };
  return { k: 'engage', ms, sc, vm: ms + dice.below(60_000), vs: sc + dice.below(40) };
};

const pause = (dice: Dice): number => {
  if (dice.chance(0.08)) return dice.pick(EDGES);
  return dice.chance(0.1) ? dice.below(40 * MINUTE) : dice.below(2 * MINUTE);
};
