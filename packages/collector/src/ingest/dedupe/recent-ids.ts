import { randomSipKey, type SipKey, sipHash } from '../../lib/sip-hash.ts';
import { MAX_AGE_MS } from '../validate.ts';
import { HashSet } from './hash-set.ts';

/**
 * Batch ids of the last ten minutes or a little more, so that a retry is counted once. Two generations: the older one
 * is forgotten whole. Of an id its hash alone is kept, under a key of this process: an id is taken for another one by
 * chance once in 10¹⁰ times when both generations are full.
 *
 * At most 16 MB, with a million ids; 0.5 µs a call.
 */
export class RecentIds {
  #young = new HashSet();
  #old = new HashSet();
  #since: number;
  readonly #most: number;
  readonly #key: SipKey;

  /** @param most ids in a generation; when more come, ids are forgotten earlier */
  constructor(now: number, most = 500_000, key: SipKey = randomSipKey()) {
    this.#since = now;
    this.#most = most;
    this.#key = key;
  }

  has(id: string): boolean {
    const hash = sipHash(this.#key, id);
    return this.#young.has(hash) || this.#old.has(hash);
  }

  /**
   * Remembers an id.
   * @param at when it came; one that came ten minutes ago, read back from disk at a start, is left out
   */
  add(id: string, now: number, at = now): void {
    if (now - at >= MAX_AGE_MS) return;
    if (now - this.#since >= MAX_AGE_MS || this.#young.size >= this.#most) this.#age(now);
    this.#young.add(sipHash(this.#key, id));
  }

  /** Forgets an id whose rows could not be kept. */
  remove(id: string): void {
    const hash = sipHash(this.#key, id);
    this.#young.delete(hash);
    this.#old.delete(hash);
  }

  #age(now: number): void {
    this.#old = this.#young;
    this.#young = new HashSet();
    this.#since = now;
  }
}
