import type { z } from 'zod';
import { ApiError } from '../http/api-error.ts';
import { FieldError } from '../http/field-error.ts';
import { randomId } from '../lib/system.ts';
import { type Collection, StaleError, type Stored, UnreadError } from '../store/collection.ts';
import type { Documents } from '../store/documents.ts';
import { hostIn, otherName, shownHost } from './host-name.ts';
import { type newSite, type Site, type siteChange, site as siteShape } from './site.ts';
import { changedTimezone, settled, settlesAt } from './site-zone.ts';
import type { SitesFile } from './sites-file.ts';

/** The domain or the alias belongs to a site already. */
export class DomainTakenError extends ApiError {
  override readonly name = 'DomainTakenError';

  constructor(name: string, field: 'domain' | 'aliases' = 'domain') {
    super(
      409,
      'domain_taken',
      field,
      field === 'domain' ? `${name} is a site already` : `${name} is another site's already`,
    );
  }
}

/** What the sites are read from. */
export interface SitesDeps {
  readonly documents: Documents;
  readonly copy: SitesFile;
  readonly now: () => number;
  /** Makes the key of a site. Missing: random ones. */
  readonly newId?: () => string;
}

/** The registered sites: as the copy has them until the store is read. */
export class Sites {
  readonly #documents: Documents;
  readonly #collection: Collection<Site>;
  readonly #copy: SitesFile;
  readonly #now: () => number;
  readonly #newId: () => string;
  #stored: readonly Stored<Site>[] | null = null;
  /** In the order of their domains; null: nothing is known. */
  #all: readonly Site[] | null = null;
  /** By domain and by alias. */
  #byName: ReadonlyMap<string, Site> = new Map();
  /** When the next change of a time zone is over. */
  #settlesAt = Number.POSITIVE_INFINITY;

  private constructor({ documents, copy, now, newId = randomId }: SitesDeps, copied: readonly Site[] | null) {
    this.#documents = documents;
    this.#collection = documents.collection('site', siteShape);
    this.#copy = copy;
    this.#now = now;
    this.#newId = newId;
    if (copied !== null) this.#take(copied);
    documents.onRead(() => this.#takeOver());
  }

  /** Reads the copy; the store is not asked. */
  static async open(deps: SitesDeps): Promise<Sites> {
    return new Sites(deps, await deps.copy.read());
  }

  /** Whether there are sites to count for: the store was read, or there is a copy of what it had. */
  get isKnown(): boolean {
    return this.#all !== null;
  }

  /**
   * The site of a domain, or of one of its other names, however they are written.
   * @returns undefined: there is none
   * @throws UnreadError if it may be a site that somebody added while the store cannot be read
   */
  readonly find = (name: string): Site | undefined => this.#known(this.#written(name));

  /**
   * The site that a tag means: as {@link find}, but `www.` before a name, or none, makes no other one of it unless a
   * site has that very name. The intake asks this for every beacon.
   * @returns undefined: there is none
   * @throws UnreadError likewise
   */
  readonly meant = (name: string): Site | undefined => this.#known(this.#meant(name));

  /** Whether a name means a site, as far as is known. */
  readonly isMeant = (name: string): boolean => this.#meant(name) !== undefined;

  /** Mostly it is written as it is kept, and nothing has to be read. */
  #written(name: string): Site | undefined {
    return this.#byName.get(name) ?? this.#byName.get(hostIn(name) ?? '');
  }

  #meant(name: string): Site | undefined {
    const written = this.#written(name);
    if (written !== undefined) return written;
    const host = hostIn(name);
    return host === null ? undefined : this.#byName.get(otherName(host));
  }

  #known(found: Site | undefined): Site | undefined {
    if (found === undefined && !this.#documents.isCurrent) throw new UnreadError();
    return found;
  }

  /**
   * All of them, by domain.
   * @throws UnreadError if nothing is known of them
   */
  all(): Site[] {
    if (this.#all === null) throw new UnreadError();
    return [...this.#all];
  }

  /**
   * Adds a site. One domain may be added twice at once, under different keys, and neither sees the other before it has
   * written. Whoever sees another one then withdraws; at worst, at two collectors, both do.
   * @param id key of the site, if all who add it must mean the same; missing: a random one
   * @throws DomainTakenError
   */
  async add(given: z.output<typeof newSite>, id = this.#newId()): Promise<Site> {
    const { domain } = given;
    await this.#documents.refresh();
    if (this.#byName.has(domain)) throw new DomainTakenError(domain);
    const created = new Date(this.#now()).toISOString();
    const site = siteShape.parse({ ...given, name: given.name ?? shownHost(domain), id, created });
    const { body } = await this.#collection.put(id, site, 0);
    if (this.#taken(body, []) !== null) {
      await this.#collection.remove(id);
      throw new DomainTakenError(domain);
    }
    return body;
  }

  /** Forgets that there is such a site. What was counted for it is taken by `purge.ts`. */
  async remove({ id }: Site): Promise<void> {
    await this.#documents.refresh();
    await this.#collection.remove(id);
  }

  /**
   * Changes a site. As with {@link add}, whoever sees another site with a name of its own after writing takes it back.
   * @throws StaleError if the site is changed elsewhere at the same time
   * @throws DomainTakenError
   */
  async change({ id }: Site, change: z.output<typeof siteChange>): Promise<Site> {
    await this.#documents.refresh();
    const seen = this.#collection.get(id);
    if (seen === undefined) throw new StaleError('the site is not there any more');
    const next = changed(settled(seen.body, this.#now()), change, this.#now());
    const had = [seen.body.domain, ...seen.body.aliases];
    const taken = this.#taken(next, had);
    if (taken !== null) throw taken;
    const { body, version } = await this.#collection.put(id, next, seen.version);
    const takenSince = this.#taken(body, had);
    if (takenSince === null) return body;
    await this.#collection.put(id, seen.body, version);
    throw takenSince;
  }

  /** Why a site cannot have its names, but for those it had before; null: it can. */
  #taken({ id, domain, aliases }: Site, had: readonly string[]): DomainTakenError | null {
    const others = this.#collection.all().filter((other) => other.id !== id);
    const names = new Set(others.flatMap(({ body }) => [body.domain, ...body.aliases]));
    for (const name of had) names.delete(name);
    if (names.has(domain)) return new DomainTakenError(domain);
    const alias = aliases.find((name) => names.has(name));
    return alias === undefined ? null : new DomainTakenError(alias, 'aliases');
  }

  #takeOver(): void {
    const stored = this.#collection.all();
    if (stored !== this.#stored || this.#now() >= this.#settlesAt) {
      this.#stored = stored;
      this.#take(stored.map(({ body }) => body));
    }
    void this.#copy.keep(stored);
  }

  #take(sites: readonly Site[]): void {
    const all = byDomain(sites.map((site) => settled(site, this.#now())));
    this.#settlesAt = Math.min(...all.map((site) => settlesAt(site) ?? Number.POSITIVE_INFINITY));
    this.#byName = new Map([...all.flatMap(byAlias), ...all.map((site): [string, Site] => [site.domain, site])]);
    this.#all = all;
  }
}

/** Each beacon is compared with all names of its site: they must not become more with every change of the domain. */
const MOST_NAMES = 100;

/** The site after a change, not stored yet. */
const changed = (site: Site, change: z.output<typeof siteChange>, at: number): Site => {
  const { timezone, collect, ...rest } = change;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const next: Site = { ...site, ...given };
  const names = next.domain === site.domain ? next.aliases : [...next.aliases, site.domain];
  const aliases = [...new Set(names)].filter((name) => name !== next.domain);
  if (aliases.length > MOST_NAMES)
    throw new FieldError('aliases', `must be at most ${MOST_NAMES}, former domains included`, 'too_many', MOST_NAMES);
  return {
    ...next,
    ...(timezone === undefined ? {} : changedTimezone(site, timezone, at)),
    aliases,
    collect: {
      places: collect?.places ?? site.collect.places,
      screens: collect?.screens ?? site.collect.screens,
      languages: collect?.languages ?? site.collect.languages,
    },
  };
};

/** Of two sites that have one domain all the same, the older has it: at every collector the same. */
const byDomain = (sites: readonly Site[]): readonly Site[] => [
  ...new Map([...sites].sort(inOrder).map((site) => [site.domain, site])).values(),
];

const byAlias = (site: Site): [string, Site][] => site.aliases.map((alias) => [alias, site]);

const inOrder = (a: Site, b: Site): number =>
  a.domain.localeCompare(b.domain, 'en') || compare(b.created, a.created) || compare(b.id, a.id);

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
