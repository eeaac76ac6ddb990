import { Hono } from 'hono';
import { z } from 'zod';
import { deadLink } from '../../accounts/one-time-links.ts';
import { ApiError } from '../../http/api-error.ts';
import {
  type AccountRoutesDeps,
  beginAttempt,
  beginCode,
  code,
  email,
  givenPassword,
  linkToken,
  newPassword,
  ownEmail,
  TOO_MANY_ATTEMPTS,
} from './account-deps.ts';

/** Signing in and out, the first account, a forgotten password: open to anyone. */
export const signInRoutes = (deps: AccountRoutesDeps) => {
  const { endpoint, accounts, sessionCookie } = deps;
  return new Hono()
    .post(
      '/setup',
      endpoint({
        tag: 'Account',
        permission: 'anyone',
        summary: 'Makes the first account',
        note: 'With the token of the one-time link that is printed when the collector starts. Sets the cookie of a session.',
        body: z.object({ token: linkToken, email, password: newPassword }),
        answers: { 200: ownEmail, 403: 'The token is wrong.', 409: 'There is an owner.', 429: TOO_MANY_ATTEMPTS },
      }),
      async (c) => {
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
        sessionCookie.set(c, begun);
        return c.json({ email: begun.account.email });
      },
    )
    .post(
      '/login',
      endpoint({
        tag: 'Account',
        permission: 'anyone',
        summary: 'Signs in',
        note: 'Sets the cookie of a session.',
        body: z.object({ email, password: givenPassword, code: code.optional() }),
        answers: {
          200: ownEmail,
          401: 'E-mail or password is wrong; of the field code: a second factor is needed, or was wrong.',
          429: TOO_MANY_ATTEMPTS,
        },
        example: { body: { email: 'owner@example.com', password: 'correct horse battery' } },
      }),
      async (c) => {
        const { email, password, code } = c.req.valid('json');
        const succeeded = beginAttempt(deps, c, email);
        const known = await accounts.check(email, password);
        if (known === undefined) throw new ApiError(401, 'wrong_credentials', 'request', 'e-mail or password is wrong');
        const codeSucceeded = known.account.totp && code !== undefined ? beginCode(deps, c, email) : undefined;
        const begun = await accounts.signIn(known, code);
        codeSucceeded?.();
        succeeded();
        sessionCookie.set(c, begun);
        return c.json({ email: begun.account.email });
      },
    )
    .post(
      '/logout',
      endpoint({ tag: 'Account', permission: 'anyone', summary: 'Signs out', answers: { 204: null }, example: {} }),
      async (c) => {
        const found = sessionCookie.find(c);
        if (found !== undefined) await accounts.sessions.end(found.account.id, ({ id }) => id === found.session);
        sessionCookie.drop(c);
        return c.body(null, 204);
      },
    )
    .post(
      '/reset',
      endpoint({
        tag: 'Account',
        permission: 'anyone',
        summary: 'Sets a new password with the token of a link',
        note: 'All sessions before are over. Sets the cookie of a new one, unless there is a second factor.',
        body: z.object({ token: linkToken, password: newPassword }),
        answers: {
          200: ownEmail.extend({ signedIn: z.boolean().describe('False: the account has a second factor.') }),
          404: 'The link is not good, or not any more.',
          429: TOO_MANY_ATTEMPTS,
        },
      }),
      async (c) => {
        const { token, password } = c.req.valid('json');
        const succeeded = beginAttempt(deps, c, 'reset');
        if (accounts.resets.find(token) === undefined) throw deadLink();
        const account = await accounts.resets.use(token, (about) =>
          accounts.setPassword(about.account, password, about.keepsTotp),
        );
        succeeded();
        // A link is no second factor: who has one signs in with it.
        if (!account.totp) sessionCookie.set(c, await accounts.sessions.begin(account.id));
        return c.json({ email: account.email, signedIn: !account.totp });
      },
    );
};
