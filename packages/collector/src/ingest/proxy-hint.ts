import { PROXY_FAULTS, type ProxyFault } from '../lib/proxy-fault.ts';

/** How many beacons must tell of a fault before it is told on. */
const ENOUGH = 5;
/** The part of all beacons that must: some visitors have proxies of their own. */
const SHARE = 1 / 4;
/** What was long ago counts half as much, so that a fault is told for as long as it lasts, and not longer. */
const HALVED_EVERY_MS = 12 * 3_600_000;
/** And so does what was many beacons ago. */
const MANY = 1000;

/**
 * Notices that visitors melt into the addresses of a proxy, by what their beacons tell. Remembers some numbers, no
 * address.
 */
export class ProxyHint {
  #all = 0;
  #faults: Record<ProxyFault, number> = { private_clients: 0, unnamed_proxy: 0, no_client_address: 0 };
  #halvedAt: number;

  /** @param now Unix milliseconds */
  constructor(now: number) {
    this.#halvedAt = now;
  }

  /** Notes what a beacon tells; null: nothing is wrong with it. */
  note(fault: ProxyFault | null, now: number): void {
    this.#age(now);
    this.#all += 1;
    if (fault !== null) this.#faults[fault] += 1;
    if (this.#all >= MANY) this.#halve();
  }

  /** What is wrong now. */
  faults(now: number): ProxyFault[] {
    this.#age(now);
    return PROXY_FAULTS.filter((fault) => this.#faults[fault] >= ENOUGH && this.#faults[fault] >= this.#all * SHARE);
  }

  #age(now: number): void {
    for (; now - this.#halvedAt >= HALVED_EVERY_MS && this.#all > 0; this.#halvedAt += HALVED_EVERY_MS) this.#halve();
    if (this.#all === 0) this.#halvedAt = now;
  }

  #halve(): void {
    this.#all = this.#all < 1 ? 0 : this.#all / 2;
    for (const fault of PROXY_FAULTS) this.#faults[fault] = this.#all === 0 ? 0 : this.#faults[fault] / 2;
  }
}
