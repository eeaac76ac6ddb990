import { Hono } from 'hono';
import { z } from 'zod';
import { deadLink } from '../../accounts/one-time-links.ts';
import { ApiError } from '../../http/api-error.ts';
import { body } from '../../http/json-body.ts';
import { dropSession, sessionOf, setSession } from '../session-cookie.ts';
import {
  type AccountRoutesDeps,
  beginAttempt,
  beginCode,
  code,
  email,
  givenPassword,
  linkToken,
  newPassword,
} from './account-deps.ts';

export const credentials = z.object({ email, password: givenPassword, code: code.optional() });
export const newOwner = z.object({ token: linkToken, email, password: newPassword });
export const resetRequest = z.object({ token: linkToken, password: newPassword });

/** Signing in and out, the first account, a forgotten password: open to anyone. */
export const signInRoutes = (deps: AccountRoutesDeps) => {
  const { accounts } = deps;
  return new Hono()
    .post('/setup', body(newOwner), async (c) => {
      const { token, email, password } = c.req.valid('json');
      if (!accounts.hasOwner && !accounts.isSetupToken(token))
        throw new ApiError(
          403,
          'bad_link',
          'request',
          'this link is not good: take the one printed when the collector started',
        );
      const { id } = await accounts.createOwner(email, password);
      const begun = await accounts.sessions.begin(id);
      setSession(c, begun);
      return c.json({ email: begun.account.email });
    })
    .post('/login', body(credentials), async (c) => {
      const { email, password, code } = c.req.valid('json');
      const succeeded = beginAttempt(deps, c, email);
      const known = await accounts.check(email, password);
      if (known === undefined) throw new ApiError(401, 'wrong_credentials', 'request', 'e-mail or password is wrong');
      const codeSucceeded = known.account.totp && code !== undefined ? beginCode(deps, c, email) : undefined;
      const begun = await accounts.signIn(known, code);
      codeSucceeded?.();
      succeeded();
      setSession(c, begun);
      return c.json({ email: begun.account.email });
    })
    .post('/logout', async (c) => {
      const found = sessionOf(c, accounts);
      if (found !== undefined) await accounts.sessions.end(found.account.id, ({ id }) => id === found.session);
      dropSession(c);
      return c.body(null, 204);
    })
    .post('/reset', body(resetRequest), async (c) => {
      const { token, password } = c.req.valid('json');
      const succeeded = beginAttempt(deps, c, 'reset');
      if (accounts.resets.find(token) === undefined) throw deadLink();
      const account = await accounts.resets.use(token, (about) =>
        accounts.setPassword(about.account, password, about.keepsTotp),
      );
      succeeded();
      // A link is no second factor: who has one signs in with it.
      if (!account.totp) setSession(c, await accounts.sessions.begin(account.id));
      return c.json({ email: account.email, signedIn: !account.totp });
    });
};
