import type { FilterName } from '../../packages/collector/src/query/stats/query.ts';
import type { DimensionName } from '../../packages/collector/src/store/dimensions.ts';
import type { EngageItem, EventItem, Item, Properties, Revenue, ViewItem } from '../../packages/sdk/src/wire.ts';
import { type Calendar, createCalendar, daysLater, type WallClock } from './calendar.ts';

/**
 * The textbook: it knows who everybody is, keeps every hit, and finds visits by looking at all of them. It shares no
 * code with the collector; the definitions are those of docs/counting.md. Times are whole Unix seconds.
 */

/** Dimensions whose value a visit takes from its first hit. */
export type VisitDimension = Exclude<
  DimensionName,
  `event:${string}` | 'visit:entry_page' | 'visit:exit_page' | DayDimension
>;

/** Those whose value is that of the browser's first visit of the day. */
export type DayDimension =
  | 'visit:browser'
  | 'visit:browser_version'
  | 'visit:os'
  | 'visit:os_version'
  | 'visit:device'
  | 'visit:country'
  | 'visit:region'
  | 'visit:city';

/** What a visit is filed under, and what its browser is on that day. */
export type Facts = Readonly<Record<VisitDimension | DayDimension, string>>;

/** A beacon as it arrives, and what is really known of its sender. */
export interface Arrival {
  /** Who it was: a name for address and user agent. */
  readonly browser: string;
  /** Unix milliseconds. */
  readonly at: number;
  /** The same for a beacon that is sent again; null: it has none. */
  readonly batch: string | null;
  readonly hostname: string;
  readonly page: string;
  readonly title: string;
  /** `image` where there was no JavaScript. */
  readonly via: string;
  /** What the page says of itself. */
  readonly props: Properties;
  /** What a visit that begins with this beacon, and a browser that is first met with it, is to be filed under. */
  readonly facts: Facts;
  readonly items: readonly Item[];
}

/** What is to become of an arrival's items. */
export interface Fate {
  readonly counted: number;
  readonly late: number;
  readonly duplicate: number;
  /** Of those that count, the ones with a value that was folded. */
  readonly other: number;
}

/** So many different values a local day are kept; the next ones are one, `(other)`. */
export interface Most {
  readonly pages: number;
  readonly events: number;
}
const ALL: Most = { pages: Number.POSITIVE_INFINITY, events: Number.POSITIVE_INFINITY };

/** Something that happened on a page, in a visit. */
export interface Hit {
  readonly kind: 'view' | 'event' | 'engagement';
  readonly visit: Visit;
  readonly time: number;
  /** Local day and hour in which it stands. */
  readonly stands: WallClock;
  readonly hostname: string;
  readonly page: string;
  readonly title: string;
  readonly via: string;
  /** Name of the event; empty on all else. */
  readonly name: string;
  readonly props: ReadonlyMap<string, string>;
  readonly isInteractive: boolean;
  readonly revenue: Revenue | null;
  /** Milliseconds for which the page was visible, and percent of its height that were seen for the first time. */
  readonly engaged: { readonly ms: number; readonly percent: number };
}

export interface Visit {
  readonly browser: string;
  /** Local day and local hour in which it began. */
  readonly day: string;
  readonly hour: number;
  readonly facts: Facts;
  /** Views and events in the order in which they arrived. */
  readonly hits: Hit[];
}

const OTHER = '(other)';
const TEN_MINUTES_MS = 10 * 60_000;
const THIRTY_MINUTES = 30 * 60;

/** One site and everybody who ever visited it. */
export class Textbook {
  readonly calendar: Calendar;
  /** Views and events in the order in which they arrived. */
  readonly hits: Hit[] = [];
  /** Those reports of engagement that belong to a visit. */
  readonly engagements: Hit[] = [];
  /** Items left out so far, by reason. */
  readonly dropped = { late: 0, duplicate: 0, other: 0 };
  /** Reports of engagement that belong to none. */
  strayed = 0;
  readonly visits: Visit[] = [];
  /** By browser and local day. */
  readonly #visits = new Map<string, Visit[]>();
  readonly #batches = new Set<string>();
  readonly #most: Most;
  /** Values that were kept, by kind and local day of arrival. */
  readonly #kept = new Map<string, Set<string>>();
  /** Collectors that were started before this one: to each, everybody is new. */
  #lives = 0;

  constructor(timezone: string, most = ALL) {
    this.calendar = createCalendar(timezone);
    this.#most = most;
  }

  /** Local day of the first visit; empty if there is none. */
  get firstDay(): string {
    return this.visits.map(({ day }) => day).sort()[0] ?? '';
  }

  /** The collector is started again, and has forgotten who was here, and which values it kept. */
  restart(): void {
    this.#lives += 1;
    this.#kept.clear();
  }

  receive(sent: Arrival): Fate {
    const arrival = { ...sent, browser: `${sent.browser} ${this.#lives}` };
    const { items, batch } = arrival;
    const fresh = items.filter(({ a = 0 }) => a <= TEN_MINUTES_MS);
    const late = items.length - fresh.length;
    const again = batch !== null && this.#batches.has(batch);
    if (batch !== null && fresh.length > 0) this.#batches.add(batch);
    this.dropped.late += late;
    this.dropped.duplicate += again ? fresh.length : 0;
    if (again || fresh.length === 0) return { counted: 0, late, duplicate: again ? fresh.length : 0, other: 0 };
    const page = this.#fold('pages', arrival.page, arrival.at);
    const named = fresh.map((item) => {
      const name = item.k === 'event' ? this.#fold('events', item.n, arrival.at) : '';
      if (item.k === 'view' || item.k === 'event') this.#count({ ...arrival, page }, item, name);
      if (item.k === 'engage') this.#engage({ ...arrival, page }, item);
      return name;
    });
    const other = named.filter((name) => page === OTHER || name === OTHER).length;
    this.dropped.other += other;
    return { counted: fresh.length, late, duplicate: 0, other };
  }

  #fold(kind: keyof Most, value: string, at: number): string {
    const { day } = this.calendar.read(Math.floor(at / 1000));
    const kept = this.#kept.get(`${kind} ${day}`) ?? new Set();
    this.#kept.set(`${kind} ${day}`, kept);
    if (kept.size < this.#most[kind]) kept.add(value);
    return kept.has(value) ? value : OTHER;
  }

  #count(arrival: Arrival, item: ViewItem | EventItem, name: string): void {
    const time = timeOf(arrival, item);
    const stands = this.calendar.read(time);
    const last = this.#lastVisit(arrival.browser, stands.day);
    const goesOn = last !== undefined && time - latest(last) < THIRTY_MINUTES;
    const visit = goesOn ? last : this.#begin(arrival, stands);
    const isEvent = item.k === 'event';
    const said = Object.entries({ ...arrival.props, ...(isEvent ? item.p : {}) });
    const hit: Hit = {
      ...placeOf(arrival),
      kind: item.k,
      visit,
      time,
      stands,
      name,
      props: new Map(said.map(([key, value]) => [key, String(value)])),
      isInteractive: isEvent && item.ni === undefined,
      revenue: isEvent ? revenueOf(item) : null,
      engaged: { ms: 0, percent: 0 },
    };
    visit.hits.push(hit);
    this.hits.push(hit);
  }

  #engage(arrival: Arrival, item: EngageItem): void {
    const time = timeOf(arrival, item);
    const visit = this.#visitOfEngagement(arrival.browser, time);
    if (visit === undefined) {
      this.strayed += 1;
      return;
    }
    this.engagements.push({
      ...placeOf(arrival),
      kind: 'engagement',
      visit,
      time,
      stands: this.calendar.read(latest(visit)),
      name: '',
      props: new Map(Object.entries(arrival.props).map(([key, value]) => [key, String(value)])),
      isInteractive: false,
      revenue: null,
      engaged: { ms: item.ms, percent: item.sc ?? 0 },
    });
  }

  /** The last one of its day; without any, that of the day before, for half an hour. */
  #visitOfEngagement(browser: string, time: number): Visit | undefined {
    const { day } = this.calendar.read(time);
    const today = this.#lastVisit(browser, day);
    if (today !== undefined) return today;
    const before = this.#lastVisit(browser, daysLater(day, -1));
    return before !== undefined && time - latest(before) < THIRTY_MINUTES ? before : undefined;
  }

  #lastVisit(browser: string, day: string): Visit | undefined {
    return this.#visits.get(`${day} ${browser}`)?.at(-1);
  }

  /** What its browser is, is what it was on the first visit of the day. */
  #begin({ browser, facts }: Arrival, { day, hour }: WallClock): Visit {
    const earlier = this.#visits.get(`${day} ${browser}`) ?? [];
    const isNow = earlier[0]?.facts ?? facts;
    const visit: Visit = { browser, day, hour, facts: { ...facts, ...dayFacts(isNow) }, hits: [] };
    this.visits.push(visit);
    this.#visits.set(`${day} ${browser}`, [...earlier, visit]);
    return visit;
  }
}

const timeOf = ({ at }: Arrival, { a = 0 }: Item): number => Math.floor((at - a) / 1000);

const placeOf = ({ hostname, page, title, via }: Arrival) => ({ hostname, page, title, via });

const revenueOf = ({ $: said }: EventItem): Revenue | null =>
  Array.isArray(said) ? [said[0], said[1].toUpperCase()] : null;

const dayFacts = (facts: Facts): Pick<Facts, DayDimension> => ({
  'visit:browser': facts['visit:browser'],
  'visit:browser_version': facts['visit:browser_version'],
  'visit:os': facts['visit:os'],
  'visit:os_version': facts['visit:os_version'],
  'visit:device': facts['visit:device'],
  'visit:country': facts['visit:country'],
  'visit:region': facts['visit:region'],
  'visit:city': facts['visit:city'],
});

/** Time of the latest hit so far. */
export const latest = (visit: Visit): number => Math.max(...visit.hits.map(({ time }) => time));

/** Seconds from the hit that began the visit to its latest. */
export const duration = (visit: Visit): number => latest(visit) - (visit.hits[0]?.time ?? 0);

/** It was one view, and nobody did anything. */
export const isBounce = ({ hits }: Visit): boolean =>
  hits.filter(({ kind }) => kind === 'view').length === 1 && !hits.some(({ isInteractive }) => isInteractive);

/** The view with which a visit ended; undefined: it had none. */
export const lastView = ({ hits }: Visit): Hit | undefined => hits.findLast(({ kind }) => kind === 'view');

/** What a hit is filed under. */
export const filedUnder = (hit: Hit, dimension: FilterName): string => {
  const property = propertyIn(dimension);
  if (property !== null) return hit.props.get(property) ?? '';
  switch (dimension) {
    case 'event:page':
      return hit.page;
    case 'event:hostname':
      return hit.hostname;
    case 'event:title':
      return hit.title;
    case 'event:name':
      return hit.name;
    case 'event:currency':
      return hit.revenue?.[1] ?? '';
    case 'event:via':
      return hit.via;
    case 'visit:entry_page':
      return hit.visit.hits[0]?.page ?? '';
    case 'visit:exit_page':
      return lastView(hit.visit)?.page ?? '';
    default:
      return hit.visit.facts[dimension as keyof Facts];
  }
};

const propertyIn = (dimension: FilterName): string | null => /^event:props:(.*)$/s.exec(dimension)?.[1] ?? null;
