import type { Context } from 'hono';
import { z } from 'zod';
import type { Account } from '../../accounts/account.ts';
import type { Accounts, Known } from '../../accounts/account-store.ts';
import type { LoginThrottle } from '../../accounts/login-throttle.ts';
import { EVERYWHERE, ROLES, type Role, type Roles } from '../../accounts/role.ts';
import type { Address } from '../../http/address.ts';
import { ApiError } from '../../http/api-error.ts';
import type { Sites } from '../../sites/site-store.ts';
import type { Access } from '../access.ts';
import type { Endpoint } from '../endpoint.ts';
import type { SessionCookie } from '../session-cookie.ts';

/** What the routes of accounts need. */
export interface AccountRoutesDeps {
  readonly access: Access;
  readonly endpoint: Endpoint;
  readonly accounts: Accounts;
  readonly loginThrottle: LoginThrottle;
  readonly sites: Sites;
  readonly sessionCookie: SessionCookie;
  readonly address: Address;
  /** Address of the client, normalised; it is used at once and kept nowhere. */
  readonly clientOf: (c: Context) => string;
  readonly now: () => number;
}

export const role = z.enum(ROLES).meta({ id: 'Role' });
/** Roles by domain, as they are answered. */
export const roles = z.record(z.string(), role).describe('By domain; *: on every site.');
export const email = z.email('must be an e-mail address').max(254);
/** A password that is to be compared. */
export const givenPassword = z.string().min(1).max(200);
/** A password that is to be set. */
export const newPassword = z.string().min(10, 'must have at least 10 characters').max(200);
/** Token of a link. */
export const linkToken = z.string().max(100);
/** Of a second factor: six digits, or a recovery code. */
export const code = z.string().trim().min(1).max(40);

/** An e-mail address, as it is answered. */
export const ownEmail = z.strictObject({ email: z.string() }).meta({ id: 'Email' });
/** When something is over. */
export const expires = z.string().describe('ISO time.');
/** A link that was made. */
export const link = z
  .strictObject({ link: z.string().describe('Good once; it is shown this once.'), expires })
  .meta({ id: 'Link' });

/** Why 429 is answered where things can be tried out. */
export const TOO_MANY_ATTEMPTS = 'Ten attempts of one client in ten minutes, or too many at once.';

const stop = (c: Context, wait: number): void => {
  if (wait === 0) return;
  c.header('retry-after', String(wait));
  throw new ApiError(429, 'too_many_attempts', 'request', 'too many attempts, try again in some minutes');
};

/**
 * Counts an attempt of this client.
 * @param at what is tried: an e-mail, or the name of a kind of link
 * @returns to be called when what was given was right
 */
export const beginAttempt = (
  { loginThrottle, clientOf, now }: AccountRoutesDeps,
  c: Context,
  at: string,
): (() => void) => {
  const attempt = { client: clientOf(c), email: at };
  stop(c, loginThrottle.begin(attempt, now()));
  return () => loginThrottle.succeeded(attempt);
};

/** Counts an attempt at the second factor of an account. @returns to be called when the code was right */
export const beginCode = ({ loginThrottle, now }: AccountRoutesDeps, c: Context, email: string): (() => void) => {
  stop(c, loginThrottle.beginCode(email, now()));
  return () => loginThrottle.codeSucceeded(email);
};

/**
 * Asks who is signed in for the password again, before something that a stranger at an open computer must not do.
 * @param field of the body in which it stands; 403 if it is wrong: 401 would mean that nobody is signed in
 */
export const confirmPassword = async (
  deps: AccountRoutesDeps,
  c: Context,
  { email }: Account,
  password: string,
  field: 'password' | 'current' = 'password',
): Promise<Known> => {
  const succeeded = beginAttempt(deps, c, email);
  const known = await deps.accounts.check(email, password);
  if (known === undefined) throw new ApiError(403, 'wrong_password', field, 'is wrong');
  succeeded();
  return known;
};

/** The domain of a site by its id, `*` for all of them; undefined: it is not there any more. */
export const domainOf = (sites: Sites, id: string): string | undefined =>
  id === EVERYWHERE ? EVERYWHERE : sites.all().find((site) => site.id === id)?.domain;

/** Roles by domain instead of by id. */
export const byDomain = (sites: Sites, roles: Roles): Record<string, Role> =>
  Object.fromEntries(
    Object.entries(roles).flatMap(([id, role]) => {
      const domain = domainOf(sites, id);
      return domain === undefined ? [] : [[domain, role] as const];
    }),
  );
