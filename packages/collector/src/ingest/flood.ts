/** Length of a window in milliseconds. */
export const WINDOW_MS = 10_000;

/**
 * How much one client may send. The addresses are in memory for one window, together with nothing else.
 */
export class FloodGate {
  readonly #counts = new Map<string, number>();
  readonly #most: number;
  #until = 0;

  /** @param most beacons of one client in a window; 0: no limit */
  constructor(most: number) {
    this.#most = most;
  }

  /** Forgets the addresses of a window that has ended. To be called now and then: nobody may come to end it. */
  forget(now: number): void {
    if (now < this.#until && this.#until - now <= WINDOW_MS) return;
    this.#counts.clear();
    this.#until = now + WINDOW_MS;
  }

  /** @returns milliseconds to wait; 0: go on */
  wait(network: string, now: number): number {
    if (this.#most === 0) return 0;
    this.forget(now);
    const count = (this.#counts.get(network) ?? 0) + 1;
    this.#counts.set(network, count);
    return count > this.#most ? this.#until - now : 0;
  }
}
