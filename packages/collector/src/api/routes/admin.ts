import { Hono } from 'hono';
import { z } from 'zod';
import type { Account } from '../../accounts/account.ts';
import { EmailTakenError } from '../../accounts/errors.ts';
import { EVERYWHERE } from '../../accounts/role.ts';
import { ApiError } from '../../http/api-error.ts';
import { body } from '../../http/json-body.ts';
import { type AccountRoutesDeps, byDomain, email, role } from './account-deps.ts';
import { linkOf } from './invites.ts';

export const everywhereChange = z.strictObject({ everywhere: role.nullable() });
export const inviteRequest = z.strictObject({ email, role, site: z.string().max(253).optional() });
export const recoverRequest = z.strictObject({ email, totp: z.literal(false).optional() });

const found = (account: Account | undefined, field: 'id' | 'email'): Account => {
  if (account === undefined) throw new ApiError(404, 'not_found', field, 'there is no such account');
  return account;
};

/** All accounts, for who owns everything. */
export const adminRoutes = ({ access, accounts, sites }: AccountRoutesDeps) => {
  const guard = access.everywhere('owner');
  return new Hono()
    .get('/', guard, (c) =>
      c.json({
        accounts: accounts
          .all()
          .map(({ id, email, roles, totp }) => ({ id, email, roles: byDomain(sites, roles), totp })),
      }),
    )
    .patch('/:id', guard, body(everywhereChange), async (c) => {
      const { id } = found(accounts.byId(c.req.param('id')), 'id');
      await accounts.setRole(id, EVERYWHERE, c.req.valid('json').everywhere);
      return c.body(null, 204);
    })
    .post('/:id/reset', guard, async (c) => {
      const { id } = found(accounts.byId(c.req.param('id')), 'id');
      const { token, expires } = await accounts.newReset({ account: id, keepsTotp: true });
      return c.json({ link: linkOf(c, 'reset', token), expires });
    })
    .delete('/:id', guard, async (c) => {
      await accounts.remove(found(accounts.byId(c.req.param('id')), 'id').id);
      return c.body(null, 204);
    });
};

/** Accounts, for commands on the collector's own machine. */
export const operatorRoutes = ({ access, accounts }: AccountRoutesDeps) =>
  new Hono()
    .post('/accounts', access.operator, body(inviteRequest), async (c) => {
      const { email, role, site } = c.req.valid('json');
      if (accounts.byEmail(email) !== undefined) throw new EmailTakenError();
      const id = site === undefined ? EVERYWHERE : access.find(c.var.caller, site, 'owner').id;
      const about = { site: id, role, by: null, email: email.toLowerCase() };
      const { token, expires } = await accounts.invites.create(about);
      return c.json({ link: linkOf(c, 'invite', token), expires });
    })
    .post('/accounts/reset', access.operator, body(recoverRequest), async (c) => {
      const { email, totp } = c.req.valid('json');
      const { id } = found(accounts.byEmail(email), 'email');
      const { token, expires } = await accounts.newReset({ account: id, keepsTotp: totp !== false });
      return c.json({ link: linkOf(c, 'reset', token), expires });
    });
