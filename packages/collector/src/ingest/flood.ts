import { randomSipKey, type SipKey, sipHash } from '../privacy/sip-hash.ts';

/** Length of a window in milliseconds. */
export const WINDOW_MS = 10_000;

const ROWS = 4;
const WIDTH = 2 ** 17;

/**
 * How much one client may send: an item costs 1, and a beacon at least that. Clients are counted in a count-min sketch
 * (Cormode and Muthukrishnan, 2005): four counters each, out of as many rows, of which the least is at most too high.
 * So the memory is 2 MB whoever floods it, and no address is in it.
 *
 * It is too high for a client whose four counters are all shared with floods. With 12,000 networks over the limit in one
 * window that is 1 client in 17,000, by reckoning and by measurement; 12,000 are as many as one collector can hear out.
 */
export class FloodGate {
  readonly #counts = new Uint32Array(ROWS * WIDTH);
  readonly #most: number;
  readonly #key: SipKey;
  #until = 0;

  /** @param most items of one client in a window; 0: no limit */
  constructor(most: number, key: SipKey = randomSipKey()) {
    this.#most = most;
    this.#key = key;
  }

  /**
   * Begins a window when one has ended, or when the clock has gone back before it. To be called now and then: nobody
   * else may come to end it.
   */
  forget(now: number): void {
    if (now < this.#until && this.#until - now <= WINDOW_MS) return;
    this.#counts.fill(0);
    this.#until = now + WINDOW_MS;
  }

  /**
   * Charges a client for a beacon, or turns it away.
   * @returns milliseconds to wait; 0: go on
   */
  wait(network: string, now: number): number {
    if (this.#most === 0) return 0;
    this.forget(now);
    const hash = sipHash(this.#key, network);
    if (this.#count(hash) >= this.#most) return this.#until - now;
    this.#raise(hash, 1);
    return 0;
  }

  /** Charges a client for more items, found in a beacon that was let in. */
  charge(network: string, items: number): void {
    if (this.#most > 0 && items > 0) this.#raise(sipHash(this.#key, network), items);
  }

  #count(hash: number): number {
    let least = Number.POSITIVE_INFINITY;
    for (let row = 0; row < ROWS; row++) least = Math.min(least, this.#counts[counterOf(hash, row)] ?? 0);
    return least;
  }

  #raise(hash: number, by: number): void {
    for (let row = 0; row < ROWS; row++) {
      const at = counterOf(hash, row);
      this.#counts[at] = (this.#counts[at] ?? 0) + by;
    }
  }
}

/** A client's counter in a row: by two hashes, as good as one for each (Kirsch and Mitzenmacher, 2006). */
const counterOf = (hash: number, row: number): number => {
  const step = Math.floor(hash / 2 ** 32) | 1;
  return row * WIDTH + (((hash | 0) + row * step) & (WIDTH - 1));
};
