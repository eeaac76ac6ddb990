const WINDOW_MS = 60_000;

/** So many requests a minute for each of a few names. */
export class RateLimit {
  readonly #most: number;
  readonly #counts = new Map<string, number>();
  #until = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts a request. @returns seconds to wait; 0: go on */
  take(name: string, now: number): number {
    if (now >= this.#until || this.#until - now > WINDOW_MS) {
      this.#counts.clear();
      this.#until = now + WINDOW_MS;
    }
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    return count > this.#most ? Math.ceil((this.#until - now) / 1000) : 0;
  }
}
