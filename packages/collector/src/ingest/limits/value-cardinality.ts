import { randomSipKey, type SipKey, sipHashOfText } from '../../lib/sip-hash.ts';
import { HashSet } from '../dedupe/hash-set.ts';

/** What a value becomes that is one too many. */
export const OTHER = '(other)';

/**
 * Different values a day that are kept of a site, by what they are values of; the rest is {@link OTHER}. What strangers
 * can make up is bounded so: the rows of `sums`, which are kept for years, and the dictionaries of `hits`. Entry pages and
 * pages before a page are pages. What comes from closed lists, such as browsers, devices and channels, needs no bound.
 */
export const MOST_VALUES = {
  page: 20_000,
  title: 100_000,
  hostname: 1_000,
  event: 100_000,
  mail: 10_000,
  propertyName: 1_000,
  property: 50_000,
  source: 5_000,
  referrer: 10_000,
  utm_source: 5_000,
  utm_medium: 5_000,
  utm_campaign: 5_000,
  utm_content: 5_000,
  utm_term: 5_000,
  browser_version: 2_000,
  os_version: 2_000,
  region: 5_000,
  city: 20_000,
};

/** What a value is one of. */
export type ValueKind = keyof typeof MOST_VALUES;

const forEachKind = <T>(make: () => T): Record<ValueKind, T> =>
  Object.fromEntries(Object.keys(MOST_VALUES).map((kind) => [kind, make()])) as Record<ValueKind, T>;

/**
 * Values of all sites together. When there are so many, a site has room for its share alone, so that one cannot take the
 * others' room: there are never more than twice as many, of at most 32 bytes each.
 */
const MOST_TOGETHER = 500_000;

/** How many values are kept: of a site by kind, and of all sites together before each has but its share. */
export interface ValueLimits extends Readonly<Record<ValueKind, number>> {
  readonly together: number;
}

/** The values of the product. */
export const VALUE_LIMITS: ValueLimits = { ...MOST_VALUES, together: MOST_TOGETHER };

/** The values of one site and day. */
export interface SiteValues {
  readonly known: HashSet;
  readonly counts: Record<ValueKind, number>;
}

/**
 * Keeps the first values of a day as they are and folds those that come after. Of each its hash alone is remembered,
 * under keys of this process: by chance one value in 10¹⁰ is taken for one that is known, and stays what it is. A value
 * whose rows could not be kept goes on counting as one: it was sent, and when it is sent again it is known.
 */
export class ValueCardinality {
  readonly #limits: ValueLimits;
  readonly #keys: Readonly<Record<ValueKind, SipKey>>;
  #sites = 0;
  #size = 0;

  constructor(limits: ValueLimits = VALUE_LIMITS, drawKey: () => SipKey = randomSipKey) {
    this.#limits = limits;
    this.#keys = forEachKind(drawKey);
  }

  /** Values of all sites. */
  get size(): number {
    return this.#size;
  }

  /** A site's day begins. */
  begin(): SiteValues {
    this.#sites += 1;
    return { known: new HashSet(), counts: forEachKind(() => 0) };
  }

  /** It has ended. */
  end({ known }: SiteValues): void {
    this.#sites -= 1;
    this.#size -= known.size;
  }

  /** @returns the value, or {@link OTHER}. An empty one is none. */
  kept(values: SiteValues, kind: ValueKind, value: string): string {
    if (value === '' || value === OTHER) return value;
    const hash = sipHashOfText(this.#keys[kind], value);
    if (values.known.has(hash)) return value;
    if (values.counts[kind] >= this.#limits[kind] || !this.#hasRoom(values)) return OTHER;
    values.known.add(hash);
    values.counts[kind] += 1;
    this.#size += 1;
    return value;
  }

  #hasRoom({ known }: SiteValues): boolean {
    const { together } = this.#limits;
    return this.#size < together || known.size < together / this.#sites;
  }
}
