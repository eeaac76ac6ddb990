import { MAX_AGE_MS } from './validate.ts';

/**
 * Batch ids of the last ten minutes or a little more, so that a retry is counted once. Two generations: the older one
 * is forgotten whole.
 */
export class RecentIds {
  #young = new Set<string>();
  #old = new Set<string>();
  #since: number;
  readonly #most: number;

  /** @param most ids in a generation; when more come, ids are forgotten earlier */
  constructor(now: number, most = 500_000) {
    this.#since = now;
    this.#most = most;
  }

  has(id: string): boolean {
    return this.#young.has(id) || this.#old.has(id);
  }

  add(id: string, now: number): void {
    if (now - this.#since >= MAX_AGE_MS || this.#young.size >= this.#most) this.#age(now);
    this.#young.add(id);
  }

  #age(now: number): void {
    this.#old = this.#young;
    this.#young = new Set();
    this.#since = now;
  }
}
