import { z } from 'zod';
import { randomUuid } from '../lib/system.ts';
import { utcDay } from '../lib/time-zone.ts';
import type { Collection } from '../store/collection.ts';
import type { Documents } from '../store/documents.ts';
import { OnceADay } from './once-a-day.ts';
import { atMost, EVERYWHERE, type Role, type Roles, roleOn } from './role.ts';
import { isEqual, newSecret, sha256 } from './secret.ts';

export const SCOPES = ['read', 'write'] as const;
export type Scope = (typeof SCOPES)[number];

/** What a token of a scope may do at most; never what an owner does. */
export const ROLE_OF: Readonly<Record<Scope, Role>> = { read: 'viewer', write: 'editor' };

/** A token of earlier days could do everything, on every site. */
const token = z.object({
  name: z.string(),
  sha256: z.string(),
  created: z.iso.datetime(),
  scope: z.enum(SCOPES).default('write'),
  /** Ids of sites; null: all. */
  sites: z.array(z.string()).nullable().default(null),
  /** Who made it; null: who runs the collector. */
  account: z.string().nullable().default(null),
  /** UTC day. */
  lastUsed: z.iso.date().nullable().default(null),
});
type TokenBody = z.infer<typeof token>;

/** An API token, as listed; the token itself is shown once, when it is made. Sites by id. */
export interface TokenInfo {
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
  readonly sites: readonly string[] | null;
  readonly account: string | null;
  readonly created: string;
  readonly lastUsed: string | null;
}

/** API tokens. They are kept as hashes. */
export class Tokens {
  readonly #tokens: Collection<TokenBody>;
  readonly #rolesOf: (account: string) => Roles;
  readonly #now: () => number;
  readonly #newId: () => string;
  readonly #onceADay = new OnceADay();

  /** @param rolesOf roles of an account; none if it is not there */
  constructor(documents: Documents, rolesOf: (account: string) => Roles, now: () => number, newId = randomUuid) {
    this.#tokens = documents.collection('token', token);
    this.#rolesOf = rolesOf;
    this.#now = now;
    this.#newId = newId;
  }

  /**
   * Who a token stands for, and what it may do: what its account may, within its scope and sites.
   * @throws UnreadError
   */
  find(given: string): { id: string; roles: Roles } | undefined {
    const hash = sha256(given);
    const found = this.#tokens.all().find(({ body }) => isEqual(body.sha256, hash));
    return found && { id: found.id, roles: this.#roles(found.body) };
  }

  /** Id of the account that made a token; null: who runs the collector. */
  ownerOf(id: string): string | null {
    return this.#tokens.get(id)?.body.account ?? null;
  }

  /** True for one that reads and names its sites: whoever finds it learns no more than their numbers. */
  mayStandInAddress(id: string): boolean {
    const { scope, sites } = this.#tokens.get(id)?.body ?? {};
    return scope === 'read' && sites !== null && sites !== undefined;
  }

  all(): TokenInfo[] {
    return this.#tokens.all().map(({ id, body: { sha256: _, ...rest } }) => ({ id, ...rest }));
  }

  /** A new token; this is the only time it can be shown. */
  async create(given: Pick<TokenInfo, 'name' | 'scope' | 'sites' | 'account'>): Promise<TokenInfo & { token: string }> {
    const secret = `psb_${newSecret()}`;
    const info = { ...given, created: new Date(this.#now()).toISOString(), lastUsed: null };
    const sites = given.sites && [...given.sites];
    const { id } = await this.#tokens.put(this.#newId(), { ...info, sites, sha256: sha256(secret) }, 0);
    return { id, ...info, token: secret };
  }

  async remove(id: string): Promise<void> {
    await this.#tokens.update(id, () => null);
  }

  /** Deletes the tokens of an account. */
  async removeOf(account: string): Promise<void> {
    for (const { id } of this.all().filter((token) => token.account === account)) await this.remove(id);
  }

  /** Notes the day on which a token was used, once a day; nobody waits for it. */
  used(id: string): void {
    const day = utcDay(this.#now());
    if (this.#tokens.get(id)?.body.lastUsed === day || !this.#onceADay.isFirst(id, day)) return;
    this.#tokens
      .update(id, (body) => ({ ...body, lastUsed: day }))
      .catch(() => {
        // The list is a day behind then.
      });
  }

  #roles({ scope, sites, account }: TokenBody): Roles {
    const roles = account === null ? { [EVERYWHERE]: 'owner' as const } : this.#rolesOf(account);
    const named = sites === null ? roles : Object.fromEntries(sites.flatMap((site) => pair(site, roleOn(roles, site))));
    return atMost(named, ROLE_OF[scope]);
  }
}

const pair = (site: string, role: Role | undefined): [string, Role][] => (role === undefined ? [] : [[site, role]]);
