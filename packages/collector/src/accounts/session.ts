import type { Context } from 'hono';
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import type { Account, Accounts } from './accounts.ts';

const COOKIE = 'passerby';
const SESSION_S = 30 * 24 * 60 * 60;

/**
 * Over TLS the cookie is `__Host-passerby`: no other host of the domain, and nobody on the way who answers in plain
 * http, can plant one (https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#name-the-__host-prefix).
 */
const protection = (c: Context) => (isSecure(c) ? ({ prefix: 'host', secure: true } as const) : {});

/** Signs an account in: a signed cookie with the account, its epoch and when the session ends. */
export const beginSession = async (c: Context, accounts: Accounts, account: Account, now: number): Promise<void> => {
  const value = `${account.id}.${account.epoch}.${Math.floor(now / 1000) + SESSION_S}`;
  await setSignedCookie(c, COOKIE, value, await accounts.ensureSessionSecret(), {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    maxAge: SESSION_S,
    ...protection(c),
  });
};

/** Signs out. */
export const endSession = (c: Context): void => {
  deleteCookie(c, COOKIE, { path: '/', ...protection(c) });
};

/**
 * The account whose session the request carries.
 * @throws UnreadError
 */
export const sessionOf = async (c: Context, accounts: Accounts, now: number): Promise<Account | undefined> => {
  const secret = accounts.sessionSecret;
  if (secret === undefined) return undefined;
  const value = await getSignedCookie(c, secret, COOKIE, protection(c).prefix);
  if (typeof value !== 'string') return undefined;
  const [id = '', epoch, ends] = value.split('.');
  const account = accounts.byId(id);
  return account !== undefined && Number(epoch) === account.epoch && now / 1000 < Number(ends) ? account : undefined;
};

/** True if the visitor's side of the connection is TLS, as the proxy in front of us says. */
export const isSecure = (c: Context): boolean =>
  new URL(c.req.url).protocol === 'https:' || c.req.header('x-forwarded-proto') === 'https';
