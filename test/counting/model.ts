import type { FilterName } from '../../packages/collector/src/query/stats/query.ts';
import type { DimensionName } from '../../packages/collector/src/store/dimensions.ts';
import type { Item, Properties, Revenue } from '../../packages/sdk/src/wire.ts';
import { type Calendar, createCalendar } from './calendar.ts';

/**
 * The textbook: it knows who everybody is, keeps every hit, and finds visits by looking at all of them. It shares no
 * code with the collector; the definitions are those of docs/counting.md. Times are whole Unix seconds.
 */

/** Dimensions whose value a visit takes from its first hit. */
export type FrozenDimension = Exclude<DimensionName, `event:${string}` | 'visit:entry_page' | 'visit:exit_page'>;

/** The frozen dimensions and their values. */
export type Facts = Readonly<Record<FrozenDimension, string>>;

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
  /** What the page says of itself. */
  readonly props: Properties;
  /** What a visit that begins with this beacon is to be filed under. */
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

/** A view or an event. */
export interface CountedHit {
  readonly visit: Visit;
  readonly time: number;
  readonly kind: 'view' | 'event';
  readonly hostname: string;
  readonly page: string;
  readonly title: string;
  /** Name of the event; empty on a view. */
  readonly name: string;
  readonly props: ReadonlyMap<string, string>;
  readonly revenue: Revenue | null;
}

export interface Visit {
  readonly browser: string;
  /** Local day and local hour in which it began. */
  readonly day: string;
  readonly hour: number;
  /** No visit of this browser had begun on that day before. */
  readonly first: boolean;
  readonly facts: Facts;
  /** In the order in which they arrived. */
  readonly hits: CountedHit[];
}

const OTHER = '(other)';
const TEN_MINUTES_MS = 10 * 60_000;
const THIRTY_MINUTES = 30 * 60;

/** One site and everybody who ever visited it. */
export class Textbook {
  readonly calendar: Calendar;
  /** In the order in which they arrived. */
  readonly hits: CountedHit[] = [];
  /** Items left out so far, by reason. */
  readonly dropped = { late: 0, duplicate: 0, other: 0 };
  readonly #visits = new Map<string, Visit[]>();
  readonly #batches = new Set<string>();
  readonly #most: Most;
  /** Values that were kept, by local day of arrival and kind. */
  readonly #kept = new Map<string, Set<string>>();

  constructor(timezone: string, most = ALL) {
    this.calendar = createCalendar(timezone);
    this.#most = most;
  }

  /** Those of one browser stand together, in the order in which they began. */
  get visits(): Visit[] {
    return [...this.#visits.values()].flat();
  }

  /** Local day of the first visit; empty if there is none. */
  get firstDay(): string {
    return this.visits.map(({ day }) => day).sort()[0] ?? '';
  }

  receive(arrival: Arrival): Fate {
    const { items, batch } = arrival;
    const fresh = items.filter(({ a = 0 }) => a <= TEN_MINUTES_MS);
    const late = items.length - fresh.length;
    const again = batch !== null && this.#batches.has(batch);
    if (batch !== null && fresh.length > 0) this.#batches.add(batch);
    this.dropped.late += late;
    this.dropped.duplicate += again ? fresh.length : 0;
    if (again || fresh.length === 0) return { counted: 0, late, duplicate: again ? fresh.length : 0, other: 0 };
    const page = this.#fold('pages', arrival.page, arrival.at);
    const named = fresh.map((item) =>
      item.k === 'event' ? { ...item, n: this.#fold('events', item.n, arrival.at) } : item,
    );
    for (const item of named) this.#count({ ...arrival, page }, item);
    const isOther = (item: Item): boolean => page === OTHER || (item.k === 'event' && item.n === OTHER);
    const other = named.filter(isOther).length;
    this.dropped.other += other;
    return { counted: fresh.length, late, duplicate: 0, other };
  }

  #fold(kind: keyof Most, value: string, at: number): string {
    const key = `${kind} ${this.calendar.read(Math.floor(at / 1000)).day}`;
    const kept = this.#kept.get(key) ?? new Set();
    this.#kept.set(key, kept);
    if (kept.size < this.#most[kind]) kept.add(value);
    return kept.has(value) ? value : OTHER;
  }

  #count(arrival: Arrival, item: Item): void {
    if (item.k !== 'view' && item.k !== 'event') return;
    const { browser, at, facts, hostname, page, title } = arrival;
    const time = Math.floor((at - (item.a ?? 0)) / 1000);
    const visit = this.#visitUnderWay(browser, time) ?? this.#begin(browser, time, facts);
    const event = item.k === 'event' ? item : null;
    const props = new Map(
      Object.entries({ ...arrival.props, ...event?.p }).map(([name, value]) => [name, String(value)]),
    );
    const [amount, currency] = Array.isArray(event?.$) ? event.$ : [];
    const revenue: Revenue | null = amount === undefined || !currency ? null : [amount, currency.toUpperCase()];
    const name = event?.n ?? '';
    const hit: CountedHit = { visit, time, kind: item.k, hostname, page, title, name, props, revenue };
    visit.hits.push(hit);
    this.hits.push(hit);
  }

  #visitUnderWay(browser: string, time: number): Visit | undefined {
    const last = this.#visits.get(browser)?.at(-1);
    return last !== undefined && time - latest(last) < THIRTY_MINUTES ? last : undefined;
  }

  #begin(browser: string, time: number, facts: Facts): Visit {
    const earlier = this.#visits.get(browser) ?? [];
    const { day, hour } = this.calendar.read(time);
    const first = earlier.every((visit) => visit.day !== day);
    const visit: Visit = { browser, day, hour, first, facts, hits: [] };
    this.#visits.set(browser, [...earlier, visit]);
    return visit;
  }
}

/** Time of the latest hit so far. */
export const latest = (visit: Visit): number => Math.max(...visit.hits.map(({ time }) => time));

/** Seconds from the hit that began the visit to its latest. */
export const duration = (visit: Visit): number => latest(visit) - (visit.hits[0]?.time ?? 0);

/** It was one view, and nothing happened. */
export const isBounce = ({ hits }: Visit): boolean => hits.length === 1 && hits[0]?.kind === 'view';

/** What a hit is filed under. */
export const filedUnder = (hit: CountedHit, dimension: FilterName): string => {
  const { hits, facts } = hit.visit;
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
      return '';
    case 'visit:entry_page':
      return hits[0]?.page ?? '';
    case 'visit:exit_page':
      return hits.findLast(({ kind }) => kind === 'view')?.page ?? '';
    default:
      return facts[dimension as FrozenDimension];
  }
};

const propertyIn = (dimension: FilterName): string | null => /^event:props:(.*)$/s.exec(dimension)?.[1] ?? null;
