const WINDOW_MS = 10 * 60_000;
const MOST = 10;
/** Accounts watched at once. There are few; more are names that somebody makes up. */
const MOST_WATCHED = 10_000;

/**
 * Limits sign-in attempts by account, and keeps no addresses: ten in ten minutes, then a pause. An attempt counts from
 * its beginning, so that many at once are no way around it; one that succeeds clears the account.
 */
export class Attempts {
  readonly #begun = new Map<string, { count: number; until: number }>();

  /** @returns seconds to wait; 0: go on, and this attempt is counted */
  begin(email: string, now: number): number {
    this.#forget(now);
    const entry = this.#begun.get(email) ?? { count: 0, until: now + WINDOW_MS };
    if (entry.count >= MOST || this.#begun.size >= MOST_WATCHED) return Math.ceil((entry.until - now) / 1000);
    this.#begun.set(email, { ...entry, count: entry.count + 1 });
    return 0;
  }

  succeeded(email: string): void {
    this.#begun.delete(email);
  }

  #forget(now: number): void {
    for (const [email, { until }] of this.#begun) if (now >= until) this.#begun.delete(email);
  }
}
