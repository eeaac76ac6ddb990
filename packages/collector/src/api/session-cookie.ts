import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Account } from '../accounts/account.ts';
import type { Accounts } from '../accounts/account-store.ts';
import { SESSION_S, type StartedSession } from '../accounts/session-store.ts';
import { isSecure } from '../http/origin.ts';

const COOKIE = 'passerby';

/**
 * Over TLS the cookie is `__Host-passerby`: no other host of the domain, and nobody on the way who answers in plain
 * http, can plant one (https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#name-the-__host-prefix).
 */
const protection = (c: Context) => (isSecure(c) ? ({ prefix: 'host', secure: true } as const) : {});

/** Hands out the cookie of a session. */
export const setSession = (c: Context, { cookie }: StartedSession): void => {
  setCookie(c, COOKIE, cookie, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    maxAge: SESSION_S,
    ...protection(c),
  });
};

/** Takes the cookie away. */
export const dropSession = (c: Context): void => {
  deleteCookie(c, COOKIE, { path: '/', ...protection(c) });
};

/**
 * The account whose session the request carries, and the id of the session.
 * @throws UnreadError
 */
export const sessionOf = (c: Context, accounts: Accounts): { account: Account; session: string } | undefined =>
  accounts.sessions.find(getCookie(c, COOKIE, protection(c).prefix));
