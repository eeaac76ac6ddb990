import { isPrivate } from '../lib/ip-address.ts';

/** How many beacons must have come before anything is concluded from them. */
const ENOUGH = 5;

/**
 * Notices that visitors seem to come from the operator's own network: a proxy stands in front that `TRUSTED_PROXIES`
 * does not name, and all its visitors share one address. Remembers two numbers, no address.
 */
export class ProxyHint {
  #proxied = 0;
  #public = 0;

  /** @param forwarded the request names a forwarded address */
  note(address: string, forwarded: boolean): void {
    if (!isPrivate(address)) this.#public += 1;
    else if (forwarded) this.#proxied += 1;
  }

  get allPrivate(): boolean {
    return this.#public === 0 && this.#proxied >= ENOUGH;
  }
}
