import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { FieldError } from '../field-error.ts';
import { type Collection, StaleError, type Stored, UnreadError } from '../store/collection.ts';
import type { Documents } from '../store/documents.ts';
import type { SitesCopy } from './copy.ts';
import { type newSite, type Site, type siteChange, site as siteShape } from './site.ts';

/** The domain belongs to a site already. */
export class DomainTakenError extends FieldError {
  constructor(domain: string) {
    super('domain', `${domain} is a site already`);
  }
}

/** What the sites are read from. */
export interface SitesDeps {
  readonly documents: Documents;
  readonly copy: SitesCopy;
  readonly now: () => number;
}

/** The registered sites: as the copy has them until the store is read. */
export class Sites {
  readonly #documents: Documents;
  readonly #collection: Collection<Site>;
  readonly #copy: SitesCopy;
  readonly #now: () => number;
  #stored: readonly Stored<Site>[] | null = null;
  /** In the order of their domains; null: nothing is known. */
  #byDomain: ReadonlyMap<string, Site> | null;

  private constructor({ documents, copy, now }: SitesDeps, copied: readonly Site[] | null) {
    this.#documents = documents;
    this.#collection = documents.collection('site', siteShape);
    this.#copy = copy;
    this.#now = now;
    this.#byDomain = copied && byDomain(copied);
    documents.onRead(() => this.#takeOver());
  }

  /** Reads the copy; the store is not asked. */
  static async open(deps: SitesDeps): Promise<Sites> {
    return new Sites(deps, await deps.copy.read());
  }

  /** Whether there are sites to count for: the store was read, or there is a copy of what it had. */
  get isKnown(): boolean {
    return this.#byDomain !== null;
  }

  /**
   * The site of a domain; the intake asks this for every beacon.
   * @returns undefined: there is none
   * @throws UnreadError if it may be a site that somebody added while the store cannot be read
   */
  readonly find = (domain: string): Site | undefined => {
    const found = this.#byDomain?.get(domain);
    if (found === undefined && !this.#documents.isCurrent) throw new UnreadError();
    return found;
  };

  /**
   * All of them, by domain.
   * @throws UnreadError if nothing is known of them
   */
  all(): Site[] {
    if (this.#byDomain === null) throw new UnreadError();
    return [...this.#byDomain.values()];
  }

  /**
   * Adds a site. One domain may be added twice at once, under different keys, and neither sees the other before it has
   * written. Whoever sees another one then withdraws; at worst, at two collectors, both do.
   * @param id key of the site, if all who add it must mean the same; missing: a random one
   * @throws DomainTakenError
   */
  async add(given: z.output<typeof newSite>, id = randomBytes(6).toString('hex')): Promise<Site> {
    const { domain } = given;
    await this.#documents.refresh();
    if (this.#byDomain?.has(domain)) throw new DomainTakenError(domain);
    const created = new Date(this.#now()).toISOString();
    const site = siteShape.parse({ ...given, name: given.name ?? domain, id, created });
    const { body } = await this.#collection.put(id, site, 0);
    if (this.#collection.all().some((other) => other.id !== id && other.body.domain === domain)) {
      await this.#collection.remove(id);
      throw new DomainTakenError(domain);
    }
    return body;
  }

  /** @throws StaleError if the site is changed elsewhere at the same time */
  async change({ id }: Site, change: z.output<typeof siteChange>): Promise<Site> {
    await this.#documents.refresh();
    const seen = this.#collection.get(id);
    if (seen === undefined) throw new StaleError('the site is not there any more');
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    return (await this.#collection.put(id, { ...seen.body, ...given }, seen.version)).body;
  }

  #takeOver(): void {
    const stored = this.#collection.all();
    if (stored !== this.#stored) {
      this.#stored = stored;
      this.#byDomain = byDomain(stored.map(({ body }) => body));
    }
    void this.#copy.keep(stored);
  }
}

/** Of two sites that have one domain all the same, the older has it: at every collector the same. */
const byDomain = (sites: readonly Site[]): ReadonlyMap<string, Site> =>
  new Map([...sites].sort(inOrder).map((site) => [site.domain, site]));

const inOrder = (a: Site, b: Site): number =>
  a.domain.localeCompare(b.domain, 'en') || compare(b.created, a.created) || compare(b.id, a.id);

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
