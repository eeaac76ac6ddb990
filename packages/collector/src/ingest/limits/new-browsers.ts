import type { AnonymousBeacon, Hit } from '../beacon.ts';
import { alsoLeft } from '../drop.ts';
import type { VisitMemory } from '../visits/visit-memory.ts';
import type { RateLimiter } from './rate-limit.ts';

/**
 * Limits how many browsers that were not met today a client may bring: whoever sends an agent of their own with each
 * beacon is as many visitors as beacons otherwise. Of one too many nothing is remembered.
 */
export class NewBrowsers {
  readonly #memory: Pick<VisitMemory, 'find'>;
  readonly #gate: RateLimiter;

  /** @param gate its units are browsers */
  constructor(memory: Pick<VisitMemory, 'find'>, gate: RateLimiter) {
    this.#memory = memory;
    this.#gate = gate;
  }

  /**
   * The beacon, or what is left of it without the views and events that would begin a visit: what else it has belongs to
   * no visit.
   */
  admit(beacon: AnonymousBeacon, network: string): AnonymousBeacon {
    const { items, at, left, browserKey } = beacon;
    if (!this.#gate.isLimited || !items.some(begins) || this.#memory.find(browserKey) !== undefined) return beacon;
    if (this.#gate.wait(network, at) === 0) return beacon;
    const rest = items.filter((item) => !begins(item));
    return { ...beacon, items: rest, left: alsoLeft(left, 'browsers', items.length - rest.length) };
  }
}

const begins = ({ kind }: Hit): boolean => kind === 'view' || kind === 'event';
