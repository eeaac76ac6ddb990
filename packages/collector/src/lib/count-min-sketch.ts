const ROWS = 4;
const MOST = 2 ** 32 - 1;

/**
 * A count-min sketch (Cormode and Muthukrishnan, 2005): whatever is counted has four counters, each in a row of its own,
 * of which the least is never too low. It takes 16 bytes for each of its width, however many are counted.
 */
export class CountMinSketch {
  readonly #counts: Uint32Array;
  readonly #mask: number;

  /** @param width counters in a row, a power of two */
  constructor(width: number) {
    this.#counts = new Uint32Array(ROWS * width);
    this.#mask = width - 1;
  }

  /** @param hash of 53 bits, keyed */
  count(hash: number): number {
    let least = MOST;
    for (let row = 0; row < ROWS; row++) least = Math.min(least, this.#counts[this.#counterOf(hash, row)] ?? 0);
    return least;
  }

  /** @param by from 0 on. A counter that is full stays full. */
  raise(hash: number, by: number): void {
    for (let row = 0; row < ROWS; row++) {
      const at = this.#counterOf(hash, row);
      this.#counts[at] = Math.min(MOST, (this.#counts[at] ?? 0) + by);
    }
  }

  clear(): void {
    this.#counts.fill(0);
  }

  /** A counter in a row: by two hashes, as good as one for each (Kirsch and Mitzenmacher, 2006). */
  #counterOf(hash: number, row: number): number {
    const step = Math.floor(hash / 2 ** 32) | 1;
    return row * (this.#mask + 1) + (((hash | 0) + row * step) & this.#mask);
  }
}
