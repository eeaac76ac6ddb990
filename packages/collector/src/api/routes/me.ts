import { Hono } from 'hono';
import { z } from 'zod';
import { totpUri } from '../../accounts/totp.ts';
import { body } from '../../http/json-body.ts';
import { dropSession, setSession } from '../session-cookie.ts';
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
} from './account-deps.ts';

export const change = z.strictObject({ email: email.optional(), password: givenPassword });
export const passwordChange = z.strictObject({ current: givenPassword, password: newPassword });
export const confirmation = z.strictObject({ code });
export const passwordAlone = z.strictObject({ password: givenPassword });

/** What people do with their own account. */
export const meRoutes = (deps: AccountRoutesDeps) =>
  new Hono()
    .use(deps.access.person)
    .route('/', profileRoutes(deps))
    .route('/sessions', sessionRoutes(deps))
    .route('/totp', totpRoutes(deps));

const profileRoutes = (deps: AccountRoutesDeps) => {
  const { access, accounts, sites } = deps;
  return new Hono()
    .get('/', access.person, (c) => {
      const { id, email, totp, roles } = c.var.caller.account;
      return c.json({ id, email, totp, roles: byDomain(sites, roles) });
    })
    .patch('/', access.person, body(change), async (c) => {
      const { email, password } = c.req.valid('json');
      const { account } = await confirmPassword(deps, c, c.var.caller.account, password);
      if (email === undefined) return c.json({ email: account.email });
      // Who has an account is not to be tried out.
      const succeeded = beginAttempt(deps, c, 'change of e-mail');
      const changed = await accounts.changeEmail(account.id, email);
      succeeded();
      return c.json({ email: changed.email });
    })
    .post('/password', access.person, body(passwordChange), async (c) => {
      const { current, password } = c.req.valid('json');
      const known = await confirmPassword(deps, c, c.var.caller.account, current, 'current');
      setSession(c, await accounts.changePassword(known, password));
      return c.body(null, 204);
    })
    .get('/export', access.person, (c) => {
      c.header('content-disposition', 'attachment; filename="passerby-account.json"');
      return c.json(everythingOf(deps, c.var.caller.account.id));
    })
    .delete('/', access.person, body(passwordAlone), async (c) => {
      const { account } = await confirmPassword(deps, c, c.var.caller.account, c.req.valid('json').password);
      await accounts.remove(account.id);
      dropSession(c);
      return c.body(null, 204);
    });
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

const sessionRoutes = ({ access, accounts }: AccountRoutesDeps) =>
  new Hono()
    .get('/', access.person, (c) => {
      const { account, session } = c.var.caller;
      const sessions = accounts.sessions.of(account.id);
      return c.json({ sessions: sessions.map((one) => ({ ...one, current: one.id === session })) });
    })
    .delete('/', access.person, async (c) => {
      const { account, session } = c.var.caller;
      await accounts.sessions.end(account.id, ({ id }) => id !== session);
      return c.body(null, 204);
    })
    .delete('/:id', access.person, async (c) => {
      const { account, session } = c.var.caller;
      const ended = c.req.param('id');
      await accounts.sessions.end(account.id, ({ id }) => id === ended);
      if (ended === session) dropSession(c);
      return c.body(null, 204);
    });

const totpRoutes = (deps: AccountRoutesDeps) => {
  const { access, accounts } = deps;
  return new Hono()
    .post('/', access.person, body(passwordAlone), async (c) => {
      const { account } = await confirmPassword(deps, c, c.var.caller.account, c.req.valid('json').password);
      const secret = await accounts.totp.begin(account.id);
      return c.json({ secret, uri: totpUri(secret, account.email) });
    })
    .post('/confirm', access.person, body(confirmation), async (c) => {
      const { id, email } = c.var.caller.account;
      const succeeded = beginCode(deps, c, email);
      const recovery = await accounts.totp.confirm(id, c.req.valid('json').code, c.var.caller.session);
      succeeded();
      return c.json({ recovery });
    })
    .delete('/', access.person, body(passwordAlone.extend({ code })), async (c) => {
      const { password, code } = c.req.valid('json');
      const { account } = await confirmPassword(deps, c, c.var.caller.account, password);
      const succeeded = beginCode(deps, c, account.email);
      await accounts.totp.end(account.id, code);
      succeeded();
      return c.body(null, 204);
    });
};
