import { Hono } from 'hono';
import { z } from 'zod';
import { totpUri } from '../../accounts/totp.ts';
import {
  type AccountRoutesDeps,
  beginAttempt,
  beginCode,
  byDomain,
  code,
  confirmPassword,
  domainOf,
  email,
  givenPassword,
  newPassword,
  ownEmail,
  roles,
} from './account-deps.ts';

const passwordAlone = z.strictObject({ password: givenPassword });

/** What people do with their own account. */
export const meRoutes = (deps: AccountRoutesDeps) =>
  new Hono()
    .use('/account/*', deps.access.person)
    .route('/', profileRoutes(deps))
    .route('/', sessionRoutes(deps))
    .route('/', totpRoutes(deps));

const WRONG_PASSWORD = 'The password is wrong.';

const profileRoutes = (deps: AccountRoutesDeps) => {
  const { endpoint, accounts, sites, sessionCookie } = deps;
  return new Hono()
    .get(
      '/account',
      endpoint({
        tag: 'Account',
        permission: 'person',
        summary: 'Shows who is signed in',
        answers: { 200: z.strictObject({ id: z.string(), email: z.string(), totp: z.boolean(), roles }) },
        example: {},
      }),
      (c) => {
        const { id, email, totp, roles } = c.var.caller.account;
        return c.json({ id, email, totp, roles: byDomain(sites, roles) });
      },
    )
    .patch(
      '/account',
      endpoint({
        tag: 'Account',
        permission: 'person',
        summary: 'Changes the e-mail address',
        body: z.strictObject({ email: email.optional(), password: givenPassword }),
        answers: { 200: ownEmail, 403: WRONG_PASSWORD, 409: 'The e-mail address has an account.' },
        example: { body: { email: 'owner@example.com', password: 'correct horse battery' } },
      }),
      async (c) => {
        const { email, password } = c.req.valid('json');
        const { account } = await confirmPassword(deps, c, c.var.caller.account, password);
        if (email === undefined) return c.json({ email: account.email });
        // Who has an account is not to be tried out.
        const succeeded = beginAttempt(deps, c, 'change of e-mail');
        const changed = await accounts.changeEmail(account.id, email);
        succeeded();
        return c.json({ email: changed.email });
      },
    )
    .post(
      '/account/password',
      endpoint({
        tag: 'Account',
        permission: 'person',
        summary: 'Changes the password and ends all other sessions',
        note: 'Sets the cookie of a new one.',
        body: z.strictObject({ current: givenPassword, password: newPassword }),
        answers: { 204: null, 403: WRONG_PASSWORD },
        example: { body: { current: 'correct horse battery', password: 'correct horse battery' } },
      }),
      async (c) => {
        const { current, password } = c.req.valid('json');
        const known = await confirmPassword(deps, c, c.var.caller.account, current, 'current');
        sessionCookie.set(c, await accounts.changePassword(known, password));
        return c.body(null, 204);
      },
    )
    .get(
      '/account/export',
      endpoint({
        tag: 'Account',
        permission: 'person',
        summary: 'Hands out all that is kept of the account, but for hashes and secrets',
        answers: { 200: z.looseObject({ id: z.string(), email: z.string() }) },
        example: {},
      }),
      (c) => {
        c.header('content-disposition', 'attachment; filename="passerby-account.json"');
        return c.json(everythingOf(deps, c.var.caller.account.id));
      },
    )
    .delete(
      '/account',
      endpoint({
        tag: 'Account',
        permission: 'person',
        summary: 'Deletes the account',
        note: 'The last owner of everything cannot.',
        body: passwordAlone,
        answers: { 204: null, 403: WRONG_PASSWORD, 409: 'Nobody else owns everything.' },
      }),
      async (c) => {
        const { account } = await confirmPassword(deps, c, c.var.caller.account, c.req.valid('json').password);
        await accounts.remove(account.id);
        sessionCookie.drop(c);
        return c.body(null, 204);
      },
    );
};

/** All that is kept of an account, but for hashes and secrets. */
const everythingOf = ({ accounts, sites }: AccountRoutesDeps, id: string) => {
  const account = accounts.byId(id);
  const tokens = accounts.tokens.all().filter((token) => token.account === id);
  const invites = accounts.invites.all().filter(({ about }) => about.by === id);
  return {
    id,
    email: account?.email,
    roles: byDomain(sites, account?.roles ?? {}),
    totp: account?.totp,
    recoveryCodesLeft: accounts.totp.recoveryLeft(id),
    sessions: accounts.sessions.of(id),
    tokens: tokens.map(({ name, scope, sites: of, created, lastUsed }) => ({
      name,
      scope,
      sites: of?.flatMap((site) => domainOf(sites, site) ?? []) ?? null,
      created,
      lastUsed,
    })),
    invites: invites.map(({ expires, about: { site, role } }) => ({ site: domainOf(sites, site), role, expires })),
  };
};

const sessionRoutes = ({ endpoint, accounts, sessionCookie }: AccountRoutesDeps) =>
  new Hono()
    .get(
      '/account/sessions',
      endpoint({
        tag: 'Account',
        permission: 'person',
        summary: 'Lists the sessions of the account',
        note: 'Of each it is known when it began and on which day it was last used, and nothing of the browser.',
        answers: {
          200: z.strictObject({
            sessions: z.array(
              z.strictObject({ id: z.string(), begun: z.string(), used: z.string(), current: z.boolean() }),
            ),
          }),
        },
        example: {},
      }),
      (c) => {
        const { account, session } = c.var.caller;
        const sessions = accounts.sessions.of(account.id);
        return c.json({ sessions: sessions.map((one) => ({ ...one, current: one.id === session })) });
      },
    )
    .delete(
      '/account/sessions',
      endpoint({
        tag: 'Account',
        permission: 'person',
        summary: 'Ends all other sessions',
        answers: { 204: null },
        example: {},
      }),
      async (c) => {
        const { account, session } = c.var.caller;
        await accounts.sessions.end(account.id, ({ id }) => id !== session);
        return c.body(null, 204);
      },
    )
    .delete(
      '/account/sessions/:id',
      endpoint({
        tag: 'Account',
        permission: 'person',
        summary: 'Ends a session',
        answers: { 204: null },
        example: {},
      }),
      async (c) => {
        const { account, session } = c.var.caller;
        const ended = c.req.param('id');
        await accounts.sessions.end(account.id, ({ id }) => id === ended);
        if (ended === session) sessionCookie.drop(c);
        return c.body(null, 204);
      },
    );

const totpRoutes = (deps: AccountRoutesDeps) => {
  const { endpoint, accounts } = deps;
  return new Hono()
    .post(
      '/account/totp',
      endpoint({
        tag: 'Account',
        permission: 'person',
        summary: 'Begins a second factor',
        note: 'It holds once a code of it was confirmed.',
        body: passwordAlone,
        answers: {
          200: z.strictObject({ secret: z.string(), uri: z.string() }),
          403: WRONG_PASSWORD,
          409: 'The second factor is on.',
        },
        example: { body: { password: 'correct horse battery' } },
      }),
      async (c) => {
        const { account } = await confirmPassword(deps, c, c.var.caller.account, c.req.valid('json').password);
        const secret = await accounts.totp.begin(account.id);
        return c.json({ secret, uri: totpUri(secret, account.email) });
      },
    )
    .post(
      '/account/totp/confirm',
      endpoint({
        tag: 'Account',
        permission: 'person',
        summary: 'Confirms the second factor by a code of it',
        note: 'All other sessions are over.',
        body: z.strictObject({ code }),
        answers: {
          200: z.strictObject({ recovery: z.array(z.string()).describe('Each stands for a code, once.') }),
          403: 'The code is wrong.',
          409: 'There is no second factor to confirm.',
        },
      }),
      async (c) => {
        const { id, email } = c.var.caller.account;
        const succeeded = beginCode(deps, c, email);
        const recovery = await accounts.totp.confirm(id, c.req.valid('json').code, c.var.caller.session);
        succeeded();
        return c.json({ recovery });
      },
    )
    .delete(
      '/account/totp',
      endpoint({
        tag: 'Account',
        permission: 'person',
        summary: 'Takes the second factor off',
        body: passwordAlone.extend({ code }),
        answers: { 204: null, 403: 'The password or the code is wrong.' },
      }),
      async (c) => {
        const { password, code } = c.req.valid('json');
        const { account } = await confirmPassword(deps, c, c.var.caller.account, password);
        const succeeded = beginCode(deps, c, account.email);
        await accounts.totp.end(account.id, code);
        succeeded();
        return c.body(null, 204);
      },
    );
};
