import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { body } from '../body.ts';
import type { Accounts } from './accounts.ts';
import type { Attempts } from './attempts.ts';
import { signedIn } from './guard.ts';
import { beginSession, endSession, sessionOf } from './session.ts';

const credentials = z.object({
  email: z.email('must be an e-mail address').max(254),
  password: z.string().min(1).max(200),
});
const newOwner = credentials.extend({
  token: z.string().max(100),
  password: z.string().min(10, 'must have at least 10 characters').max(200),
});
const newToken = z.object({ name: z.string().trim().min(1, 'must not be empty').max(100) });

/** What the routes need. */
export interface AccountRoutesDeps {
  readonly accounts: Accounts;
  readonly attempts: Attempts;
  /** Address of the client, normalised; it is used at once and kept nowhere. */
  readonly clientOf: (c: Context) => string;
  readonly now: () => number;
}

/** Signing in and out, the first account, API tokens. */
export const accountRoutes = ({ accounts, attempts, clientOf, now }: AccountRoutesDeps) => {
  const guard = signedIn(accounts, now);
  return new Hono()
    .post('/setup', body(newOwner), async (c) => {
      const { token, email, password } = c.req.valid('json');
      if (!accounts.hasOwner && !accounts.isSetupToken(token))
        throw new HTTPException(403, {
          message: 'this link is not good: take the one printed when the collector started',
        });
      const account = await accounts.createOwner(email, password);
      await beginSession(c, accounts, account, now());
      return c.json({ email: account.email });
    })
    .post('/login', body(credentials), async (c) => {
      const { email, password } = c.req.valid('json');
      const attempt = { client: clientOf(c), email };
      const wait = attempts.begin(attempt, now());
      if (wait > 0) {
        c.header('retry-after', String(wait));
        throw new HTTPException(429, { message: 'too many attempts, try again in some minutes' });
      }
      const account = await accounts.signIn(email, password);
      if (account === undefined) throw new HTTPException(401, { message: 'e-mail or password is wrong' });
      attempts.succeeded(attempt);
      await beginSession(c, accounts, account, now());
      return c.json({ email: account.email });
    })
    .post('/logout', async (c) => {
      const account = await sessionOf(c, accounts, now());
      if (account !== undefined) await accounts.endSessions(account);
      endSession(c);
      return c.body(null, 204);
    })
    .get('/tokens', guard, (c) => c.json({ tokens: accounts.tokens() }))
    .post('/tokens', guard, body(newToken), async (c) =>
      c.json(await accounts.createToken(c.req.valid('json').name), 201),
    )
    .delete('/tokens/:id', guard, async (c) => {
      await accounts.removeToken(c.req.param('id'));
      return c.body(null, 204);
    });
};
