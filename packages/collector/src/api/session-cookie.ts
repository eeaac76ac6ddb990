import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Account } from '../accounts/account.ts';
import type { Accounts } from '../accounts/account-store.ts';
import { SESSION_S, type StartedSession } from '../accounts/session-store.ts';
import type { Address } from '../http/address.ts';

const COOKIE = 'passerby';

/** The cookie that carries a session. */
export interface SessionCookie {
  /** Hands it out. */
  set(c: Context, begun: StartedSession): void;
  /** Takes it away. */
  drop(c: Context): void;
  /**
   * The account whose session the request carries, and the id of the session.
   * @throws UnreadError
   */
  find(c: Context): { account: Account; session: string } | undefined;
}

/**
 * Over TLS the cookie is `__Host-passerby`: no other host of the domain, and nobody on the way who answers in plain
 * http, can plant one (https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#name-the-__host-prefix). That
 * name is for whole hosts: below a path it is `__Secure-passerby`, and the rest of the host is not sent it.
 */
export const createSessionCookie = (address: Address, sessions: Pick<Accounts['sessions'], 'find'>): SessionCookie => {
  const path = address.base || '/';
  const prefix = address.base === '' ? 'host' : 'secure';
  const protection = (c: Context) => (address.isSecure(c) ? ({ prefix, secure: true } as const) : {});
  return {
    set: (c, { cookie }) =>
      setCookie(c, COOKIE, cookie, { httpOnly: true, sameSite: 'Lax', maxAge: SESSION_S, path, ...protection(c) }),
    drop: (c) => {
      deleteCookie(c, COOKIE, { path, ...protection(c) });
    },
    find: (c) => sessions.find(getCookie(c, COOKIE, protection(c).prefix)),
  };
};
