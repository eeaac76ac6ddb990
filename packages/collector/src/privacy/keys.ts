import { hmac } from '../lib/hmac.ts';
import { ipRangeOf } from '../lib/ip-range.ts';
import { sipHash } from '../lib/sip-hash.ts';
import { fillRandomly } from '../lib/system.ts';
import { BrowserKey } from './browser-key.ts';

const DAY_MS = 86_400_000;
const KEY_BYTES = 32;

/**
 * The keys that recognise a returning browser: random bytes in memory. A key is current until midnight UTC, then
 * previous for one day, then overwritten. Nothing derives it and nothing keeps it, so that what it hashed can never
 * be hashed again.
 *
 * Two keys are enough for a whole local day in every time zone: whoever comes back is moved to the current key, and a
 * day of 25 hours never begins within the hour before midnight UTC.
 *
 * The labels of address ranges are made by a key of their own that is derived from the key of the day and overwritten
 * with it. Browsers keep the label with which their visit began, so around midnight UTC a range has two labels, and two
 * shares of the memory, until those of the day before are gone.
 */
export class VisitorKeys {
  readonly #fill: (bytes: Buffer) => void;
  readonly #current = Buffer.alloc(KEY_BYTES);
  readonly #previous = Buffer.alloc(KEY_BYTES);
  readonly #ranges = new Int32Array(2);
  #hasPrevious = false;
  #day: number;

  /** @param fill writes random bytes; tests inject known ones. */
  constructor(now: number, fill: (bytes: Buffer) => void = fillRandomly) {
    this.#fill = fill;
    this.#day = dayOf(now);
    this.#draw();
  }

  /**
   * The key of a browser on a site.
   * @param network IPv4 address, or IPv6 network of 64 bits, as `networkOf` writes it
   * @param now Unix milliseconds
   */
  browserKey(site: string, network: string, agent: string, now: number): BrowserKey {
    this.rotate(now);
    const message = measured(site) + measured(network) + measured(agent);
    let former: string | null = null;
    // Worked out once: a new browser is looked for twice.
    const previous = (): string | null => {
      if (this.#hasPrevious) former ??= hmac(this.#previous, message);
      return former;
    };
    return new BrowserKey(hmac(this.#current, message), previous, sipHash(this.#ranges, ipRangeOf(network)) | 0);
  }

  /** Draws a new key if the day has changed. A clock that goes back changes nothing until it has caught up. */
  rotate(now: number): void {
    const days = dayOf(now) - this.#day;
    if (days <= 0) return;
    this.#current.copy(this.#previous);
    this.#hasPrevious = days === 1;
    if (!this.#hasPrevious) this.#previous.fill(0);
    this.#draw();
    this.#day += days;
  }

  /** Overwrites both keys: at the end of the process. */
  destroy(): void {
    this.#current.fill(0);
    this.#previous.fill(0);
    this.#ranges.fill(0);
    this.#hasPrevious = false;
  }

  #draw(): void {
    this.#fill(this.#current);
    const derived = Buffer.from(hmac(this.#current, 'ranges'), 'base64');
    this.#ranges.set([derived.readInt32LE(0), derived.readInt32LE(4)]);
    derived.fill(0);
  }
}

const dayOf = (now: number): number => Math.floor(now / DAY_MS);

/** Tells where a part of the message ends. */
const measured = (part: string): string => `${Buffer.byteLength(part)}:${part}`;
