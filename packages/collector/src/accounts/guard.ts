import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import type { Accounts } from './accounts.ts';
import { sessionOf } from './session.ts';

const bearer = (c: Context): string | undefined => /^Bearer\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];

/** True if the request carries a good API token. */
export const hasToken = (c: Context, accounts: Accounts): boolean => {
  const token = bearer(c);
  return token !== undefined && accounts.isToken(token);
};

/** Lets in who is signed in, by cookie or by token; 401 to everyone else, 503 while nobody knows who that is. */
export const signedIn = (accounts: Accounts, now: () => number) =>
  createMiddleware(async (c, next) => {
    if (!hasToken(c, accounts) && (await sessionOf(c, accounts, now())) === undefined)
      throw new HTTPException(401, { message: 'sign in, or send a token as Authorization: Bearer' });
    await next();
  });
