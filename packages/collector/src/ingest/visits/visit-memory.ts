import { BrowserKey } from '../../privacy/browser-key.ts';
import { MAX_AGE_MS } from '../validate.ts';
import type { BrowserState } from './browser-state.ts';
import { FairEviction } from './fair-eviction.ts';
import { LocalDays } from './local-days.ts';
import { type Undo, undoAll } from './undo.ts';

/** A step of the clock that is no mere lateness of the sweeper. */
const JUMP_MS = 5 * 60_000;
/** A clock that has jumped may be set right for so long. */
const TRUST_MS = 60 * 60_000;

/**
 * The browsers of the day. Bounded by their weight: most weigh 1, one with long addresses or many pages more. Who is
 * forgotten when it is full, see {@link FairEviction}; it is counted again should it return.
 */
export class VisitMemory {
  /** The days on which they count. */
  readonly days = new LocalDays();
  readonly #states = new Map<string, BrowserState>();
  readonly #shares = new FairEviction<BrowserState>();
  readonly #most: number;
  #swept: number | undefined;
  #trustedFrom = 0;

  /** @param most what all browsers together may weigh */
  constructor(most: number) {
    this.#most = most;
  }

  /** Browsers. */
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
    moved.name = current;
    this.#states.set(current, moved);
    return moved;
  }

  /** Remembers the browser that begins a visit, as the youngest of its range. It weighs 1 until it is weighed. */
  put(key: BrowserKey, state: BrowserState): Undo {
    const { current } = BrowserKey.names(key);
    const former = this.#states.get(current);
    state.name = current;
    const changes = former === undefined ? [] : [this.#forget(former)];
    this.#states.set(current, state);
    const added = this.#shares.add(state, BrowserKey.range(key));
    changes.push(() => {
      added();
      if (this.#states.get(state.name) === state) this.#states.delete(state.name);
    });
    this.#makeRoom(changes);
    return () => undoAll(changes);
  }

  /** What goes on being remembered of the day before; null: by `now`, Unix milliseconds, no hit can belong to it. */
  formerOf(state: BrowserState, now: number): BrowserState | null {
    return (now - MAX_AGE_MS - TRUST_MS) / 1000 < state.localDay.end ? state : null;
  }

  /** Weighs a browser again. */
  weigh(state: BrowserState): Undo {
    const changes = [this.#shares.weigh(state, state.units)];
    this.#makeRoom(changes);
    return () => undoAll(changes);
  }

  /**
   * Forgets the browsers and the days that no hit can belong to any more, however late it arrives. After a jump of the clock it waits:
   * should the clock be set right again, those browsers would be counted twice.
   */
  sweep(now: number): void {
    if (Math.abs(now - (this.#swept ?? now)) > JUMP_MS) this.#trustedFrom = now + TRUST_MS;
    this.#swept = now;
    if (now < this.#trustedFrom) return;
    const earliest = Math.floor((now - MAX_AGE_MS) / 1000);
    this.#forgetWhere(
      (state) => !state.isAlive(earliest),
      (former) => earliest >= former.localDay.end,
    );
    this.days.sweep(earliest);
  }

  /** Forgets the browsers whose last visits are gone from the store: what they do next begins a visit. */
  forget(visits: ReadonlySet<string>): void {
    const isGone = ({ visit }: BrowserState): boolean => visits.has(visit);
    this.#forgetWhere(isGone, isGone);
  }

  /** Forgets browsers whole, or what they did on the day before. */
  #forgetWhere(isGone: (state: BrowserState) => boolean, isFormerGone: (former: BrowserState) => boolean): void {
    for (const state of this.#states.values()) {
      if (isGone(state)) this.#forget(state);
      else if (state.former !== null && isFormerGone(state.former)) {
        state.former = null;
        this.#shares.weigh(state, state.units);
      }
    }
  }

  #makeRoom(changes: Undo[]): void {
    while (this.#shares.weight > this.#most && this.#shares.first !== null)
      changes.push(this.#forget(this.#shares.first));
  }

  #forget(state: BrowserState): Undo {
    const removed = this.#shares.remove(state);
    this.#states.delete(state.name);
    return () => {
      if (this.#states.has(state.name)) return;
      removed();
      this.#states.set(state.name, state);
    };
  }
}
