import { LinkedList, type LinkedNode } from './linked-list.ts';
import type { Undo } from './undo.ts';

/** Who may have a place in a memory that is shared fairly. */
export interface Evictable<T extends Evictable<T>> extends LinkedNode<T> {
  /** What it takes, in whole units, at least 1. */
  weight: number;
  /** Null: it has no place. */
  range: Range<T> | null;
}

/**
 * Units in which ranges are alike. Where people share addresses a range has dozens of browsers. If each unit counted, they
 * would be the first to go when strangers come from thousands of ranges: in the test of that, 40 visitors out of one
 * company were counted 189 times.
 */
const STEP = 64;

/** The members of one range, oldest first. */
class Range<T extends Evictable<T>> extends LinkedList<T> implements LinkedNode<Range<T>> {
  older: Range<T> | null = null;
  younger: Range<T> | null = null;
  /** Of all its members; 0: it has none and is not known. */
  weight = 0;
  readonly label: number;

  constructor(label: number) {
    super();
    this.label = label;
  }

  /** −1: none. */
  get step(): number {
    return this.weight === 0 ? -1 : Math.floor(this.weight / STEP);
  }
}

/** Where a range stands among those of its step. */
interface Standing<T extends Evictable<T>> {
  readonly step: number;
  readonly older: Range<T> | null;
}

/**
 * Says who is to leave a memory that is full: of the ranges that take most, by steps of 64 units, the one in which
 * nothing was added for longest; of its members, the oldest. So a flood from few ranges drives out itself alone, and in
 * one from many ranges all are remembered for equally long. Everything takes constant time.
 */
export class FairEviction<T extends Evictable<T>> {
  readonly #ranges = new Map<number, Range<T>>();
  /** The last one is never empty. In each, the range first in which nothing was added for longest. */
  readonly #steps: LinkedList<Range<T>>[] = [];
  #weight = 0;

  /** What all members take together. */
  get weight(): number {
    return this.#weight;
  }

  /** Who is to leave first; null: there is nobody. */
  get first(): T | null {
    return this.#steps.at(-1)?.oldest?.oldest ?? null;
  }

  /** Gives a member its place, as the youngest of its range. */
  add(member: T, label: number): Undo {
    const range = this.#ranges.get(label) ?? new Range<T>(label);
    const standing = standingOf(range);
    this.#attach(member, range, range.youngest);
    this.#stand(range, this.#queue(range).youngest);
    return () => {
      this.#detach(member);
      this.#restore(range, standing);
    };
  }

  /** Takes a member's place from it. */
  remove(member: T): Undo {
    const { range, older } = member;
    if (range === null) return () => {};
    const standing = standingOf(range);
    this.#detach(member);
    return () => {
      const home = this.#ranges.get(range.label) ?? range;
      this.#attach(member, home, older?.range === home ? older : null);
      this.#restore(home, standing);
    };
  }

  /** Changes what a member takes. */
  weigh(member: T, weight: number): Undo {
    const { range, weight: before } = member;
    if (range === null) return () => {};
    const standing = standingOf(range);
    this.#resize(range, weight - before);
    member.weight = weight;
    return () => {
      if (member.range !== null) this.#resize(member.range, before - member.weight);
      member.weight = before;
      this.#restore(range, standing);
    };
  }

  #attach(member: T, range: Range<T>, older: T | null): void {
    range.insert(member, older);
    member.range = range;
    this.#resize(range, member.weight);
  }

  #detach(member: T): void {
    const { range } = member;
    // It may have been removed since: what nobody can come back to is swept.
    if (range === null) return;
    range.remove(member);
    member.range = null;
    this.#resize(range, -member.weight);
  }

  /** A range that comes to another step is the last there. */
  #resize(range: Range<T>, by: number): void {
    const before = range.step;
    range.weight += by;
    this.#weight += by;
    if (range.step === before) return;
    if (before < 0) this.#ranges.set(range.label, range);
    else this.#steps[before]?.remove(range);
    if (range.weight === 0) this.#ranges.delete(range.label);
    else this.#queue(range).insert(range, this.#queue(range).youngest);
    while (this.#steps.length > 0 && this.#steps.at(-1)?.oldest === null) this.#steps.pop();
  }

  #queue(range: Range<T>): LinkedList<Range<T>> {
    while (this.#steps.length <= range.step) this.#steps.push(new LinkedList());
    return this.#steps[range.step] as LinkedList<Range<T>>;
  }

  /** Moves a range among those of its step. */
  #stand(range: Range<T>, older: Range<T> | null): void {
    if (older === range) return;
    this.#queue(range).remove(range);
    this.#queue(range).insert(range, older);
  }

  /** Puts a range back where it stood, unless what was swept in the meantime has left no such place. */
  #restore(range: Range<T>, { step, older }: Standing<T>): void {
    if (step < 0 || range.step !== step) return;
    if (older === null || older.step === step) this.#stand(range, older);
  }
}

const standingOf = <T extends Evictable<T>>(range: Range<T>): Standing<T> => ({ step: range.step, older: range.older });
