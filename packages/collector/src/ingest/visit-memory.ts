import { BrowserKey } from '../privacy/browser-key.ts';
import type { Client, Origin } from './hit.ts';
import { MAX_AGE_MS } from './validate.ts';

/** A visit ends when nothing was viewed and nothing happened for this long. */
export const VISIT_GAP_S = 30 * 60;

/** What a visit's first hit says for all its rows. Its parts stay whole: copied into one object, each was of a new shape. */
export interface FirstHit {
  readonly origin: Origin;
  readonly client: Client;
  readonly screen: string;
  readonly entry_page: string;
  /** 1: the visit is its browser's first of the local day. */
  readonly first_visit: 0 | 1;
}

/** What is known of a browser on a site, in memory only. Times are whole Unix seconds. */
export interface BrowserState {
  /** Number of its last visit, see {@link visitNumber}. */
  visit: string;
  /** How many visits of it there were today, this one included. */
  visitOfDay: number;
  /** Local day and start of the local hour in which the visit began. */
  day: string;
  hour: number;
  /** End of that local day. */
  dayEnd: number;
  /** Latest view or event. */
  last: number;
  /** Rows of the visit so far. */
  step: number;
  /** The visit has been one view and nothing else so far. */
  bouncing: boolean;
  /** Page of its last view; empty: none yet. */
  viewed: string;
  frozen: FirstHit;
  /** Hashes of the day's pages and event names → `visitOfDay` when it was last met. */
  readonly met: Map<number, number>;
}

/** True while a hit at `time` still belongs to what the state knows: to its visit, or at least to its day. */
export const isAlive = (state: BrowserState, time: number): boolean =>
  time < state.dayEnd || time - state.last < VISIT_GAP_S;

/**
 * The browsers of the day. Bounded: when it is full the one whose last visit began longest ago is forgotten, and
 * counted again should it return.
 */
export class VisitMemory {
  readonly #states = new Map<string, BrowserState>();
  readonly #most: number;

  /** @param most browsers remembered at once; about 1 kB each */
  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#states.size;
  }

  /** Finds a browser and moves it to the current key if it was still known under the previous one. */
  find(key: BrowserKey): BrowserState | undefined {
    const { current, previous } = BrowserKey.names(key);
    const state = this.#states.get(current);
    if (state !== undefined) return state;
    const former = previous();
    if (former === null) return undefined;
    const moved = this.#states.get(former);
    if (moved === undefined) return undefined;
    this.#states.delete(former);
    this.#states.set(current, moved);
    return moved;
  }

  /** Remembers the browser that begins a visit, as the youngest. */
  put(key: BrowserKey, state: BrowserState): void {
    const { current } = BrowserKey.names(key);
    this.#states.delete(current);
    if (this.#states.size >= this.#most) this.#forgetOldest();
    this.#states.set(current, state);
  }

  /** Forgets the browsers that no hit can belong to any more, however late it arrives. */
  sweep(now: number): void {
    const earliest = Math.floor((now - MAX_AGE_MS) / 1000);
    for (const [name, state] of this.#states) if (!isAlive(state, earliest)) this.#states.delete(name);
  }

  #forgetOldest(): void {
    const oldest = this.#states.keys().next();
    if (oldest.done !== true) this.#states.delete(oldest.value);
  }
}

/** Bits of chance in a visit's number: two visits that begin in one second of one site differ in all but 1 of 4 million cases. */
const RANDOM_BITS = 22n;

/** A visit's number: the second it began, for compression, and 22 random bits, as a decimal string. */
export const visitNumber = (second: number, random: number): string =>
  ((BigInt(second) << RANDOM_BITS) | BigInt(random & 0x3fffff)).toString();
