const WINDOW_S = 60;

/** What a request was given. */
export interface Taken {
  /** Seconds to wait; 0: go on. */
  readonly wait: number;
  /** Requests that are left until then. */
  readonly left: number;
  /** Seconds until there are all again. */
  readonly reset: number;
}

/** So many requests a minute for each of a few names. */
export class RateLimit {
  readonly #most: number;
  readonly #counts = new Map<string, number>();
  #until = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts a request. */
  take(name: string, now: number): Taken {
    if (now >= this.#until || this.#until - now > WINDOW_S * 1000) {
      this.#counts.clear();
      this.#until = now + WINDOW_S * 1000;
    }
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    const reset = Math.ceil((this.#until - now) / 1000);
    return { wait: count > this.#most ? reset : 0, left: Math.max(0, this.#most - count), reset };
  }

  /**
   * What of this is told, in the headers of
   * https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-10.
   */
  headers(name: string, { left, reset }: Taken): Readonly<Record<string, string>> {
    return {
      'ratelimit-policy': `"${name}";q=${this.#most};w=${WINDOW_S}`,
      ratelimit: `"${name}";r=${left};t=${reset}`,
    };
  }
}
