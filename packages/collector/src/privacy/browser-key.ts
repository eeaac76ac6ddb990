import { inspect } from 'node:util';

/**
 * How the `visit` stage finds a browser again: its keyed hash under the key of the day and under the one before, for
 * the memory of this process. It is never written: turning it into text or JSON gives nothing away.
 */
export class BrowserKey {
  readonly #current: string;
  readonly #previous: () => string | null;

  /** @param previous is worked out only when the browser is not known under the current key. */
  constructor(current: string, previous: () => string | null) {
    this.#current = current;
    this.#previous = previous;
  }

  /** Name of the browser's place in memory, and the name it may still have from yesterday. */
  static names(key: BrowserKey): { current: string; previous: () => string | null } {
    return { current: key.#current, previous: key.#previous };
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
