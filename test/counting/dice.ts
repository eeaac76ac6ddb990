/** Choices by chance: the same random numbers, the same choices. */
export class Dice {
  readonly #random: () => number;

  /** @param random 0 ≤ x < 1 */
  constructor(random: () => number) {
    this.#random = random;
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  /** A whole number from 0, less than `limit`. */
  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('There is nothing to choose from.');
    return list[this.below(list.length)] as T;
  }

  /** As many draws as chance wills, `most` at most. */
  few<T>(most: number, draw: () => T): T[] {
    return Array.from({ length: this.below(most + 1) }, draw);
  }

  /** At most so many entries of a list, each once, in any order. */
  some<T>(most: number, list: readonly T[]): T[] {
    return this.#shuffled(list).slice(0, this.below(most + 1));
  }

  /** One entry of a list at least, each once, in any order. */
  someOf<T>(list: readonly T[]): T[] {
    return this.#shuffled(list).slice(0, 1 + this.below(list.length));
  }

  #shuffled<T>(list: readonly T[]): T[] {
    const placed = list.map((entry) => ({ entry, place: this.#random() })).sort((a, b) => a.place - b.place);
    return placed.map(({ entry }) => entry);
  }
}
