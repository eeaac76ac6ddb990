import { CountMinSketch } from '../../lib/count-min-sketch.ts';
import { networksOf } from '../../lib/ip-range.ts';
import { randomSipKey, type SipKey, sipHash } from '../../lib/sip-hash.ts';

/** Length of a window in milliseconds. */
export const WINDOW_MS = 10_000;

/**
 * A client, and the networks around it that may be one customer's: how many times as much each may send, and the width of
 * its sketch. A network over a larger limit takes more of what a collector can hear out, so there are fewer of them.
 */
const LEVELS = [
  { times: 1, width: 2 ** 17 },
  { times: 4, width: 2 ** 16 },
  { times: 8, width: 2 ** 15 },
] as const;

/**
 * How much one client may send in a window, in units such as items. A client is an IPv4 address or an IPv6 network of 64
 * bits; as who has one often has 256 or 65,536 of them, those of 56 and 48 bits have limits of their own, of four and
 * eight times as much. They are counted in sketches: so the memory is 3.5 MB whoever floods it, and no address is in it.
 *
 * A count is too high for a client whose four counters are all shared with floods. With 12,000 networks over the limit in
 * one window that is 1 client in 17,000, by reckoning and by measurement; 12,000 are as many as one collector can hear
 * out at the default limit, and then there are 3,000 and 1,500 of the larger ones at most, with odds of 1 in 250,000 each.
 */
export class RateLimiter {
  readonly #levels = LEVELS.map(({ times, width }) => ({ times, sketch: new CountMinSketch(width) }));
  readonly #most: number;
  readonly #key: SipKey;
  #until = 0;

  /** @param most units of one client in a window; 0: no limit */
  constructor(most: number, key: SipKey = randomSipKey()) {
    this.#most = most;
    this.#key = key;
  }

  /** False: it lets everybody in. */
  get isLimited(): boolean {
    return this.#most > 0;
  }

  /**
   * Begins a window when one has ended, or when the clock has gone back before it. To be called now and then: nobody
   * else may come to end it.
   */
  forget(now: number): void {
    if (now < this.#until && this.#until - now <= WINDOW_MS) return;
    for (const { sketch } of this.#levels) sketch.clear();
    this.#until = now + WINDOW_MS;
  }

  /**
   * Charges a client one unit, or turns it away.
   * @returns milliseconds to wait; 0: go on
   */
  wait(network: string, now: number): number {
    if (!this.isLimited) return 0;
    this.forget(now);
    const hashes = this.#hashesOf(network);
    if (this.#isOver(hashes)) return this.#until - now;
    this.#raise(hashes, 1);
    return 0;
  }

  /** Charges a client for more units, found in a beacon that was let in. What is less than one is nothing. */
  charge(network: string, units: number): void {
    if (!this.isLimited || !(units >= 1)) return;
    this.#raise(this.#hashesOf(network), units);
  }

  /** Of the client and of the networks around it, by level. */
  #hashesOf(network: string): readonly number[] {
    return networksOf(network).map((name) => sipHash(this.#key, name));
  }

  #isOver(hashes: readonly number[]): boolean {
    return this.#levels.some(({ times, sketch }, level) => {
      const hash = hashes[level];
      return hash !== undefined && sketch.count(hash) >= this.#most * times;
    });
  }

  #raise(hashes: readonly number[], units: number): void {
    for (const [level, hash] of hashes.entries()) this.#levels[level]?.sketch.raise(hash, units);
  }
}
