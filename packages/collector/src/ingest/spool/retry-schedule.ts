import { backoff } from '../../lib/backoff.ts';
import { elapsed } from '../../lib/system.ts';
import type { Closed } from './segment.ts';
import type { SegmentQueue } from './segment-queue.ts';

/** While the store is away, and between two turns of a segment that fails by itself. */
const WAITS_MS = { first: 200, longest: 10_000 };
/** Between a segment that failed by itself and the next one. */
const LONGEST_PAUSE_MS = 1_000;
/** A segment that failed so often while the store takes others is set aside. */
const MOST_STRIKES = 5;

/** Whose failure it is. `store`: nothing would be stored now. `segment`: others may be. `disk`: what was to be done about it failed. */
export type Blame = 'store' | 'segment' | 'disk';

/** What a failure leads to. */
export interface Sentence {
  /** Milliseconds before anything is tried again. */
  readonly wait: number;
  /** It failed often enough: it is to be set aside. */
  readonly isSpent: boolean;
}

interface Failing {
  tries: number;
  strikes: number;
  /** What had been stored by then when it failed for the first time. */
  readonly stored: number;
  /** When it may have another turn, in milliseconds as `elapsed` tells them. */
  due: number;
}

/**
 * Says which segment has its turn. They go in order, and while the store is away the order stands still. One that fails
 * by itself lets those behind it go on and comes back later and later. When it has failed often although the store took
 * others it is spent; what the store took from nobody is no strike.
 */
export class RetrySchedule {
  readonly #queue: SegmentQueue;
  readonly #random: () => number;
  readonly #elapsed: () => number;
  /** By token. */
  readonly #failing = new Map<string, Failing>();
  /** Segments stored so far. */
  #stored = 0;
  /** Failures since the last one was stored. */
  #inARow = 0;

  /**
   * @param random 0 ≤ x < 1
   * @param now milliseconds, however the clock is set
   */
  constructor(queue: SegmentQueue, random: () => number, now = elapsed) {
    this.#queue = queue;
    this.#random = random;
    this.#elapsed = now;
  }

  /**
   * The segment whose turn it is; undefined: none may be tried yet.
   * @param only tokens of those that are asked for; null: all
   */
  next(only: ReadonlySet<string> | null): Closed | undefined {
    const isAsked = ({ token }: Closed): boolean => only === null || only.has(token);
    const now = this.#elapsed();
    // In the order in which their time came, else the first of them would keep the others from it.
    const due = this.#queue.deferred
      .filter((segment) => isAsked(segment) && this.#dueOf(segment) <= now)
      .sort((a, b) => this.#dueOf(a) - this.#dueOf(b))[0];
    const fresh = only === null ? this.#queue.fresh : this.#queue.freshOf(isAsked);
    // One that failed goes before the others at most once for each that was stored.
    return this.#inARow === 0 ? (due ?? fresh) : (fresh ?? due);
  }

  /** How often a segment has failed. */
  triesOf({ token }: Closed): number {
    return this.#failing.get(token)?.tries ?? 0;
  }

  stored({ token }: Closed): void {
    this.#failing.delete(token);
    this.#stored += 1;
    this.#inARow = 0;
  }

  /** A segment is gone. */
  forget({ token }: Closed): void {
    this.#failing.delete(token);
  }

  /** Halves took the place of a segment that failed: what was stored since tells as much about them. */
  cut({ token }: Closed, halves: readonly Closed[]): void {
    const { stored } = this.#failing.get(token) ?? { stored: this.#stored };
    for (const half of halves) this.#failing.set(half.token, { tries: 0, strikes: 0, stored, due: 0 });
  }

  /** @param isCharged the store is known to answer, whether or not it has stored anything since */
  failed(segment: Closed, blame: Blame, isCharged: boolean): Sentence {
    const before = this.#failing.get(segment.token) ?? { tries: 0, strikes: 0, stored: this.#stored, due: 0 };
    const isStrike = blame === 'segment' && (isCharged || this.#stored > before.stored);
    const tries = before.tries + 1;
    const strikes = before.strikes + (isStrike ? 1 : 0);
    this.#failing.set(segment.token, { ...before, tries, strikes, due: this.#elapsed() + this.#wait(tries) });
    this.#inARow += 1;
    if (blame !== 'store') this.#queue.defer(segment);
    const wait = this.#wait(this.#inARow);
    return { wait: blame === 'store' ? wait : Math.min(wait, LONGEST_PAUSE_MS), isSpent: strikes >= MOST_STRIKES };
  }

  #dueOf({ token }: Closed): number {
    return this.#failing.get(token)?.due ?? 0;
  }

  /** Never at the same moments as others. */
  #wait(failures: number): number {
    return backoff(failures, WAITS_MS, this.#random());
  }
}
