import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { FieldError } from '../field-error.ts';
import { Documents } from '../store/documents.ts';
import type { Store } from '../store/store.ts';
import { type newSite, type Site, type siteChange, site as siteShape } from './site.ts';

/** The domain belongs to a site already. */
export class DomainTakenError extends FieldError {
  constructor(domain: string) {
    super('domain', `${domain} is a site already`);
  }
}

/** The registered sites. */
export class Sites {
  readonly #documents: Documents<Site>;
  readonly #now: () => number;
  #byDomain = new Map<string, Site>();

  private constructor(documents: Documents<Site>, now: () => number) {
    this.#documents = documents;
    this.#now = now;
    this.#index();
  }

  static async load(store: Store, now: () => number): Promise<Sites> {
    return new Sites(await Documents.load(store, 'site', siteShape), now);
  }

  /** By domain; the intake asks this for every beacon. */
  readonly find = (domain: string): Site | undefined => this.#byDomain.get(domain);

  /** All of them, by domain. */
  all(): Site[] {
    return [...this.#byDomain.values()].sort((a, b) => a.domain.localeCompare(b.domain, 'en'));
  }

  /** @throws DomainTakenError */
  async add({ domain, name, timezone }: z.output<typeof newSite>): Promise<Site> {
    if (this.#byDomain.has(domain)) throw new DomainTakenError(domain);
    const id = randomBytes(6).toString('hex');
    const created = new Date(this.#now()).toISOString();
    const added = siteShape.parse({ id, domain, name: name ?? domain, timezone, created });
    // Known at once, so that of two that add one domain only the first succeeds.
    this.#byDomain.set(domain, added);
    try {
      await this.#documents.put(id, added, 0);
    } finally {
      this.#index();
    }
    return added;
  }

  /** @throws StaleError if the site is changed elsewhere at the same time */
  async change(current: Site, change: z.output<typeof siteChange>): Promise<Site> {
    const seen = this.#documents.get(current.id)?.version ?? 0;
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const { body } = await this.#documents.put(current.id, { ...current, ...given }, seen);
    this.#index();
    return body;
  }

  #index(): void {
    this.#byDomain = new Map(this.#documents.all().map(({ body }) => [body.domain, body]));
  }
}
