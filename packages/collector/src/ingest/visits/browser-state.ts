import type { Client, Origin } from '../beacon.ts';
import type { Evictable } from './fair-eviction.ts';
import type { LocalDay } from './local-days.ts';
import type { Undo } from './undo.ts';

/** A visit ends when nothing was viewed and nothing happened for this long, and with its local day. */
export const VISIT_GAP_S = 30 * 60;

/** A page, event name or other value beyond this many a day counts as met before. */
const MOST_MET = 2000;

/** Bytes of texts and hashes in a unit of weight: nearly all browsers have less, and weigh 1. */
const UNIT = 256;

/** What a visit's first hit says for all its rows. Its parts stay whole: copied into one object, each was of a new shape. */
export interface FirstHit {
  readonly origin: Origin;
  readonly client: Client;
  readonly screen: string;
  readonly entry_page: string;
  /** 1: the visit is its browser's first of the local day. */
  readonly first_visit: 0 | 1;
}

/** When a hit happened. */
export interface When {
  /** Unix seconds. */
  readonly time: number;
  /** Local day and start of the local hour. */
  readonly day: string;
  readonly hour: number;
}

/** A visit that begins. */
export interface Begun {
  /** Its number, see {@link visitNumber}. */
  readonly visit: string;
  readonly localDay: LocalDay;
  /** The browser's place among those of the day. */
  readonly place: number;
  readonly when: When;
  readonly frozen: FirstHit;
  /** What was known of the browser's visits of the same day. */
  readonly earlier: BrowserState | undefined;
}

/** Whether a page or an event is new to a browser. */
export interface Met {
  /** 1: not met in this visit before. */
  readonly visit: 0 | 1;
  /** 1: not met today before. */
  readonly day: 0 | 1;
}
export const MET_BEFORE: Met = { visit: 0, day: 0 };
const MET_TODAY: Met = { visit: 1, day: 0 };
const MET_NEVER: Met = { visit: 1, day: 1 };

/** What an hour is to a browser in which it does something. */
interface Entered {
  readonly new_hour: 0 | 1;
  readonly earlier_than: number;
}
const ENTERED_BEFORE: Entered = { new_hour: 0, earlier_than: 0 };
const ENTERED_LATER: Entered = { new_hour: 1, earlier_than: 0 };

/** `unviewed`: a view would make it a bounce. `staying`: nothing can any more. */
export type Course = 'unviewed' | 'bouncing' | 'staying';

/**
 * What is known of a browser on a site: its last visit of a local day, and what it met that day. In memory only. Times are
 * whole Unix seconds. It takes some 500 bytes, with its places in the memory.
 */
export class BrowserState implements Evictable<BrowserState> {
  readonly visit: string;
  readonly localDay: LocalDay;
  /** Of its browser among those of the day. */
  readonly place: number;
  readonly hour: number;
  readonly frozen: FirstHit;
  /** What the first hit of the day said. */
  readonly first: FirstHit;
  /** Of an earlier day, as long as a late hit may belong to that; it has no former one itself. */
  former: BrowserState | null = null;
  /** Latest view or event, and the start of its local hour: time on a page stands where its view does. */
  last: number;
  lastHour: number;
  /** Rows of the visit so far. */
  step = 0;
  course: Course = 'unviewed';
  /** Page of its last view; empty: none yet. */
  viewed = '';
  /** The day's hours in which it viewed or did something, see {@link LocalDay.bitOf}. */
  #hours: number;

  /**
   * 32-bit hashes of the day's pages and event names, and of what its later visits say that its first did not. The first
   * ones were not met in this visit yet, the rest were, and behind the count there is room. A `Map` took three times as much.
   */
  #met: number[];
  #metCount: number;
  #metEarlier: number;

  // Its place in the memory.
  name = '';
  weight = 1;
  range: Evictable<BrowserState>['range'] = null;
  older: BrowserState | null = null;
  younger: BrowserState | null = null;

  constructor({ visit, localDay, place, when, frozen, earlier }: Begun) {
    this.visit = visit;
    this.localDay = localDay;
    this.place = place;
    this.hour = when.hour;
    this.frozen = frozen;
    this.first = earlier?.first ?? frozen;
    this.last = when.time;
    this.lastHour = when.hour;
    this.#hours = earlier === undefined ? 0 : earlier.#hours;
    this.#met = earlier === undefined ? [] : earlier.#met.slice(0, earlier.#metCount);
    this.#metCount = this.#met.length;
    this.#metEarlier = this.#metCount;
  }

  /** Its local day, `YYYY-MM-DD`. */
  get day(): string {
    return this.localDay.name;
  }

  /** Number of its browser, see {@link Row.visitor}. */
  get visitor(): string {
    return this.localDay.numberOf(this.place);
  }

  /** What is known of a local day; undefined: nothing. */
  of(day: string): BrowserState | undefined {
    if (this.day === day) return this;
    return this.former?.day === day ? this.former : undefined;
  }

  /** The last visit of an earlier day, if what happens now may still be of its page. */
  before({ day, time }: When): BrowserState | undefined {
    const state = this.day < day ? this : this.former;
    return state !== null && state.day < day && state.isGoingOn(time) ? state : undefined;
  }

  /** True while a hit of its day is of its visit. */
  isGoingOn(time: number): boolean {
    return time - this.last < VISIT_GAP_S;
  }

  /** True while a hit at `time` still belongs to what is known: to its day, or at least as engagement to its visit. */
  isAlive(time: number): boolean {
    return time < this.localDay.end || this.isGoingOn(time);
  }

  /** Notes that the browser met a page, an event or another value. */
  meet(hash: number): Met {
    const at = this.#indexOf(hash);
    if (at >= this.#metEarlier) return MET_BEFORE;
    if (at >= 0) {
      this.#metEarlier--;
      this.#met[at] = this.#met[this.#metEarlier] ?? 0;
      this.#met[this.#metEarlier] = hash;
      return MET_TODAY;
    }
    if (this.#metCount >= MOST_MET) return MET_BEFORE;
    if (this.#metCount === this.#met.length) this.#met = roomier(this.#met);
    this.#met[this.#metCount++] = hash;
    return MET_NEVER;
  }

  /** Notes that the browser viewed or did something in an hour. */
  enter(hour: number): Entered {
    const before = this.#hours;
    this.#hours = before | this.localDay.bitOf(hour);
    if (before === this.#hours || before === 0) return ENTERED_BEFORE;
    const earliest = this.localDay.earliestOf(before);
    return hour < earliest ? { new_hour: 0, earlier_than: earliest } : ENTERED_LATER;
  }

  /** What it takes of the memory, in units. */
  get units(): number {
    const { frozen, viewed, former } = this;
    const { origin } = frozen;
    const texts = frozen.entry_page.length + viewed.length + origin.referrer.length + origin.source.length;
    const tags = origin.utm_source.length + origin.utm_medium.length + origin.utm_campaign.length;
    const more = origin.utm_content.length + origin.utm_term.length;
    const own = 1 + Math.floor((texts + tags + more + 8 * this.#met.length) / UNIT);
    return former === null ? own : own + former.units;
  }

  /** Remembers all that a hit may change. */
  save(): Undo {
    const { former, last, lastHour, step, course, viewed } = this;
    const [hours, count, earlier] = [this.#hours, this.#metCount, this.#metEarlier];
    return () => {
      this.former = former;
      this.last = last;
      this.lastHour = lastHour;
      this.step = step;
      this.course = course;
      this.viewed = viewed;
      this.#hours = hours;
      // What was met since stands behind the count, or between the former places of the two: which is which is no matter.
      this.#metCount = count;
      this.#metEarlier = earlier;
    };
  }

  #indexOf(hash: number): number {
    for (let at = this.#metCount - 1; at >= 0; at--) if (this.#met[at] === hash) return at;
    return -1;
  }
}

/** The same with twice the room. `push` makes room for 16 more at first, which most browsers never need. */
const roomier = (list: readonly number[]): number[] => {
  const next = new Array<number>(Math.max(4, 2 * list.length)).fill(0);
  for (let at = 0; at < list.length; at++) next[at] = list[at] ?? 0;
  return next;
};

/** Bits of chance in a visit's number: two visits that begin in one second of one site differ in all but 1 of 4 million cases. */
const RANDOM_BITS = 22n;

/** A visit's number: the second it began, for compression, and 22 random bits, as a decimal string. */
export const visitNumber = (second: number, random: number): string =>
  ((BigInt(second) << RANDOM_BITS) | BigInt(random & 0x3fffff)).toString();
