import type { Context, MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Accounts } from '../accounts/account-store.ts';
import { type Caller, mayOn, type Operator, type Person } from '../accounts/caller.ts';
import { EVERYWHERE, includes, type Role } from '../accounts/role.ts';
import { ApiError } from '../http/api-error.ts';
import { FieldError } from '../http/field-error.ts';
import type { Site } from '../sites/site.ts';
import type { Sites } from '../sites/site-store.ts';
import type { NamedSite } from './openapi/described.ts';
import type { SessionCookie } from './session-cookie.ts';
import { RateLimit } from './token-rate-limit.ts';

type Of<V extends object> = MiddlewareHandler<{ Variables: V }>;

/**
 * Middlewares for routes. Each answers 401 to who is not signed in and has no token, 403 to those who may not, 404 for a
 * site that the caller may not even view, 503 while nobody knows who that is.
 */
export interface Access {
  /** Lets a token stand in the address, before another guard looks who asks. */
  readonly addressToken: MiddlewareHandler;
  /** Anyone signed in, or with a token. */
  readonly account: Of<{ caller: Caller }>;
  /** An account by its session; no token. */
  readonly person: Of<{ caller: Person }>;
  /** An account by its session, or who runs the collector; no token. */
  readonly notToken: Of<{ caller: Exclude<Caller, { kind: 'token' }> }>;
  /** Who runs the collector. */
  readonly operator: Of<{ caller: Caller }>;
  /** Who has this role on a site. @param named which one; missing: that of the route's `:domain` */
  site(role: Role, named?: (c: Context) => string): Of<{ caller: Caller; site: Site }>;
  /** Who has this role on all of some sites, which are found by `siteOf` then. */
  sites(
    role: Role,
    named: (c: Context) => readonly NamedSite[],
  ): Of<{ caller: Caller; siteOf: (domain: string) => Site }>;
  /** Who has this role on every site. */
  everywhere(role: Role): Of<{ caller: Caller }>;
  /** Who has this role on any site. */
  somewhere(role: Role): Of<{ caller: Caller }>;
  /** The site of a domain, for callers who have this role on it; throws what {@link site} answers, about a field. */
  find(caller: Caller, domain: string, role: Role, field?: string): Site;
  /** Who asks; undefined: nobody is signed in, and there is no good token. */
  callerOf(c: Context): Caller | undefined;
}

/** What access is decided by. */
export interface AccessDeps {
  readonly accounts: Accounts;
  readonly sites: Sites;
  readonly sessionCookie: Pick<SessionCookie, 'find'>;
  readonly now: () => number;
}

/** Requests of one token in a minute, and of one account by all its sessions: 200 screens of the dashboard. */
const TOKEN_LIMIT = 600;
const ACCOUNT_LIMIT = 3000;

const OPERATOR: Operator = { kind: 'operator', roles: { [EVERYWHERE]: 'owner' } };

const bearer = (c: Context): string | undefined => /^Bearer\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];

/** Addresses end up in histories, in logs of proxies, and in the sheets that others are shown. */
const ONLY_IN_HEADER =
  'must be of scope read and for named sites, to stand in an address, where others may come to see it: send this one as Authorization: Bearer';

const forbidden = (field = 'request'): ApiError =>
  new ApiError(403, 'forbidden', field, 'your account may not do this');

/** The guards of all routes. */
export const createAccess = ({ accounts, sites, sessionCookie, now }: AccessDeps): Access => {
  const tokens = new RateLimit(TOKEN_LIMIT);
  const people = new RateLimit(ACCOUNT_LIMIT);
  const byToken = (given: string): Caller | undefined => {
    if (accounts.isOperator(given)) return OPERATOR;
    const token = accounts.tokens.find(given);
    return token && { kind: 'token', owner: accounts.tokens.ownerOf(token.id), ...token };
  };
  const bySession = (c: Context): Caller | undefined => {
    const found = sessionCookie.find(c);
    return found && { kind: 'account', ...found, roles: found.account.roles };
  };
  const callerOf = (c: Context): Caller | undefined => {
    const given = bearer(c);
    return (given === undefined ? undefined : byToken(given)) ?? bySession(c);
  };

  const expect = (c: Context, seconds: number, rule: string): void => {
    if (seconds === 0) return;
    c.header('retry-after', String(seconds));
    throw new ApiError(429, 'too_many_requests', 'request', rule);
  };

  /** A token and an account have a number of requests a minute, and the day of a token's last one is noted. */
  const count = (c: Context, caller: Caller): void => {
    if (caller.kind === 'account')
      expect(c, people.take(caller.account.id, now()).wait, `an account has ${ACCOUNT_LIMIT} requests a minute`);
    if (caller.kind !== 'token') return;
    const taken = tokens.take(caller.id, now());
    for (const [name, value] of Object.entries(tokens.headers('token', taken))) c.header(name, value);
    expect(c, taken.wait, `a token has ${TOKEN_LIMIT} requests a minute`);
    accounts.tokens.used(caller.id);
  };

  /** The caller of a token that stands in the address; undefined: none does. */
  const byAddress = (c: Context): Caller | undefined => {
    const [given, another] = c.req.queries('token') ?? [];
    if (given === undefined) return undefined;
    if (another !== undefined) throw new FieldError('token', 'must be given once');
    if (c.req.header('authorization') !== undefined)
      throw new FieldError('token', 'must not be given beside the header Authorization');
    const caller = byToken(given);
    if (caller === undefined) throw new ApiError(401, 'not_signed_in', 'token', 'there is no such token');
    if (caller.kind !== 'token' || !accounts.tokens.mayStandInAddress(caller.id))
      throw new ApiError(403, 'forbidden', 'token', ONLY_IN_HEADER);
    return caller;
  };

  /** The caller that a guard before this one has found, or finds it. */
  const known = (c: Context): Caller => {
    const before: Caller | undefined = c.get('caller');
    if (before !== undefined) return before;
    const caller = callerOf(c);
    if (caller === undefined)
      throw new ApiError(401, 'not_signed_in', 'request', 'sign in, or send a token as Authorization: Bearer');
    count(c, caller);
    c.set('caller', caller);
    return caller;
  };
  const guard = <C extends Caller>(may: (caller: Caller) => boolean): Of<{ caller: C }> =>
    createMiddleware(async (c, next) => {
      if (!may(known(c))) throw forbidden();
      await next();
    });
  const find = (caller: Caller, domain: string, role: Role, field = 'request'): Site => {
    const site = sites.find(domain);
    if (site === undefined || !mayOn(caller, site.id, 'viewer'))
      throw new ApiError(404, 'not_found', field, `there is no site ${JSON.stringify(domain.slice(0, 80))}`);
    if (!mayOn(caller, site.id, role)) throw forbidden(field);
    return site;
  };
  return {
    addressToken: createMiddleware(async (c, next) => {
      const caller = byAddress(c);
      if (caller !== undefined) {
        count(c, caller);
        c.set('caller', caller);
      }
      await next();
    }),
    account: guard(() => true),
    person: guard(({ kind }) => kind === 'account'),
    notToken: guard(({ kind }) => kind !== 'token'),
    operator: guard(({ kind }) => kind === 'operator'),
    site: (role, named = (c) => c.req.param('domain') ?? '') =>
      createMiddleware(async (c, next) => {
        c.set('site', find(known(c), named(c), role));
        await next();
      }),
    sites: (role, named) =>
      createMiddleware(async (c, next) => {
        const caller = known(c);
        for (const { domain, field } of named(c)) find(caller, domain, role, field);
        c.set('siteOf', (domain) => find(caller, domain, role));
        await next();
      }),
    everywhere: (role) => guard((caller) => mayOn(caller, EVERYWHERE, role)),
    somewhere: (role) => guard(({ roles }) => Object.values(roles).some((has) => includes(has, role))),
    find,
    callerOf,
  };
};
