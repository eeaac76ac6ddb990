import { inspect } from 'node:util';

/**
 * How the `visit` stage finds a browser again: its keyed hash under the key of the day and under the one before, for
 * the memory of this process. It is never written: turning it into text or JSON gives nothing away.
 */
export class BrowserKey {
  readonly #current: string;
  readonly #previous: () => string | null;
  readonly #range: number;

  /**
   * @param previous is worked out only when the browser is not known under the current key.
   * @param range 32 bits, the same for all browsers of a range of addresses, so that none can take all the memory
   */
  constructor(current: string, previous: () => string | null, range: number) {
    this.#current = current;
    this.#previous = previous;
    this.#range = range;
  }

  /** Name of the browser's place in memory, and the name it may still have from yesterday. */
  static names(key: BrowserKey): { current: string; previous: () => string | null } {
    return { current: key.#current, previous: key.#previous };
  }

  /** Label of the browser's range of addresses. Two ranges share one by chance, and then one share of the memory. */
  static range(key: BrowserKey): number {
    return key.#range;
  }

  toString(): string {
    return '[browser key]';
  }

  toJSON(): undefined {
    return undefined;
  }

  [inspect.custom](): string {
    return this.toString();
  }
}
