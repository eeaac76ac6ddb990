import type { Client, Origin } from '../beacon.ts';
import type { Evictable } from './fair-eviction.ts';
import type { Undo } from './undo.ts';

/** A visit ends when nothing was viewed and nothing happened for this long. */
export const VISIT_GAP_S = 30 * 60;

/** A page or event name beyond this many a day counts as met before. */
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

/** A visit that begins. */
export interface Begun {
  /** Its number, see {@link visitNumber}. */
  readonly visit: string;
  /** Local day and start of the local hour in which it begins. */
  readonly day: string;
  readonly hour: number;
  /** End of that local day. */
  readonly dayEnd: number;
  readonly time: number;
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

/**
 * What is known of a browser on a site: its last visit, and what it met that day. In memory only. Times are whole Unix
 * seconds. It takes some 600 bytes, with its places in the memory.
 */
export class BrowserState implements Evictable<BrowserState> {
  readonly visit: string;
  readonly day: string;
  readonly hour: number;
  readonly dayEnd: number;
  readonly frozen: FirstHit;
  /** Latest view or event. */
  last: number;
  /** Rows of the visit so far. */
  step = 0;
  /** The visit has been one view and nothing else so far. */
  bouncing = false;
  /** Page of its last view; empty: none yet. */
  viewed = '';

  /**
   * 32-bit hashes of the day's pages and event names. The first ones were not met in this visit yet, the rest were, and
   * behind the count there is room. A `Map` took three times as much.
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

  constructor({ visit, day, hour, dayEnd, time, frozen, earlier }: Begun) {
    this.visit = visit;
    this.day = day;
    this.hour = hour;
    this.dayEnd = dayEnd;
    this.frozen = frozen;
    this.last = time;
    this.#met = earlier === undefined ? [] : earlier.#met.slice(0, earlier.#metCount);
    this.#metCount = this.#met.length;
    this.#metEarlier = this.#metCount;
  }

  /** True while a hit at `time` still belongs to what is known: to the visit, or at least to its day. */
  isAlive(time: number): boolean {
    return time < this.dayEnd || time - this.last < VISIT_GAP_S;
  }

  /** Notes that the browser met a page or an event. */
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

  /** What it takes of the memory, in units. */
  get units(): number {
    const { frozen, viewed } = this;
    const { origin } = frozen;
    const texts = frozen.entry_page.length + viewed.length + origin.referrer.length + origin.source.length;
    const tags = origin.utm_source.length + origin.utm_medium.length + origin.utm_campaign.length;
    const more = origin.utm_content.length + origin.utm_term.length;
    return 1 + Math.floor((texts + tags + more + 8 * this.#met.length) / UNIT);
  }

  /** Remembers all that a hit may change. */
  save(): Undo {
    const { last, step, bouncing, viewed } = this;
    const [count, earlier] = [this.#metCount, this.#metEarlier];
    return () => {
      this.last = last;
      this.step = step;
      this.bouncing = bouncing;
      this.viewed = viewed;
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
