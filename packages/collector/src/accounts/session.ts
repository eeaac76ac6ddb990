import type { Context } from 'hono';
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import type { Account, Accounts } from './accounts.ts';

const COOKIE = 'passerby';
const SESSION_S = 30 * 24 * 60 * 60;

/** Signs an account in: a signed cookie with the account, its epoch and when the session ends. */
export const beginSession = (c: Context, accounts: Accounts, account: Account, now: number): Promise<void> =>
  setSignedCookie(
    c,
    COOKIE,
    `${account.id}.${account.epoch}.${Math.floor(now / 1000) + SESSION_S}`,
    accounts.sessionSecret,
    {
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      maxAge: SESSION_S,
      secure: isSecure(c),
    },
  );

/** Signs out. */
export const endSession = (c: Context): void => {
  deleteCookie(c, COOKIE, { path: '/' });
};

/** The account whose session the request carries. */
export const sessionOf = async (c: Context, accounts: Accounts, now: number): Promise<Account | undefined> => {
  const value = await getSignedCookie(c, accounts.sessionSecret, COOKIE);
  if (typeof value !== 'string') return undefined;
  const [id = '', epoch, ends] = value.split('.');
  const account = accounts.byId(id);
  return account !== undefined && Number(epoch) === account.epoch && now / 1000 < Number(ends) ? account : undefined;
};

/** True if the visitor's side of the connection is TLS, as the proxy in front of us says. */
export const isSecure = (c: Context): boolean =>
  new URL(c.req.url).protocol === 'https:' || c.req.header('x-forwarded-proto') === 'https';
