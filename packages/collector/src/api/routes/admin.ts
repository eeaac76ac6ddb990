import { Hono } from 'hono';
import { z } from 'zod';
import type { Account } from '../../accounts/account.ts';
import { EmailTakenError } from '../../accounts/errors.ts';
import { EVERYWHERE } from '../../accounts/role.ts';
import { ApiError } from '../../http/api-error.ts';
import { type AccountRoutesDeps, byDomain, email, link, role, roles } from './account-deps.ts';
import { linkOf } from './invites.ts';

const found = (account: Account | undefined, field: 'id' | 'email'): Account => {
  if (account === undefined) throw new ApiError(404, 'not_found', field, 'there is no such account');
  return account;
};

/** All accounts, for who owns everything. */
export const adminRoutes = ({ endpoint, accounts, sites, address }: AccountRoutesDeps) =>
  new Hono()
    .get(
      '/accounts',
      endpoint({
        tag: 'People and tokens',
        permission: 'owner everywhere',
        summary: 'Lists all accounts',
        answers: {
          200: z.strictObject({
            accounts: z.array(z.strictObject({ id: z.string(), email: z.string(), roles, totp: z.boolean() })),
          }),
        },
        example: {},
      }),
      (c) =>
        c.json({
          accounts: accounts
            .all()
            .map(({ id, email, roles, totp }) => ({ id, email, roles: byDomain(sites, roles), totp })),
        }),
    )
    .patch(
      '/accounts/:id',
      endpoint({
        tag: 'People and tokens',
        permission: 'owner everywhere',
        summary: 'Changes what an account may do on every site',
        body: z.strictObject({ everywhere: role.nullable() }),
        answers: { 204: null, 409: 'Nobody else owns everything.' },
        example: { body: { everywhere: 'viewer' } },
      }),
      async (c) => {
        const { id } = found(accounts.byId(c.req.param('id')), 'id');
        await accounts.setRole(id, EVERYWHERE, c.req.valid('json').everywhere);
        return c.body(null, 204);
      },
    )
    .post(
      '/accounts/:id/reset',
      endpoint({
        tag: 'People and tokens',
        permission: 'owner everywhere',
        summary: 'Makes a link with which somebody sets a new password',
        answers: { 200: link },
        example: {},
      }),
      async (c) => {
        const { id } = found(accounts.byId(c.req.param('id')), 'id');
        const { token, expires } = await accounts.newReset({ account: id, keepsTotp: true });
        return c.json({ link: linkOf(address.of(c), 'reset', token), expires });
      },
    )
    .delete(
      '/accounts/:id',
      endpoint({
        tag: 'People and tokens',
        permission: 'owner everywhere',
        summary: 'Deletes an account',
        answers: { 204: null, 409: 'Nobody else owns everything.' },
        example: {},
      }),
      async (c) => {
        await accounts.remove(found(accounts.byId(c.req.param('id')), 'id').id);
        return c.body(null, 204);
      },
    );

/** Accounts, for commands on the collector's own machine. */
export const operatorRoutes = ({ access, endpoint, accounts, address }: AccountRoutesDeps) =>
  new Hono()
    .post(
      '/operator/accounts',
      endpoint({
        tag: 'The collector',
        permission: 'operator',
        summary: 'Invites somebody by e-mail address: passerby user add',
        note: 'The invite is for this address alone.',
        body: z.strictObject({ email, role, site: z.string().max(253).optional() }),
        answers: { 200: link, 404: 'There is no such site.', 409: 'The e-mail address has an account.' },
        example: { body: { email: 'new@example.com', role: 'editor', site: 'example.com' } },
      }),
      async (c) => {
        const { email, role, site } = c.req.valid('json');
        if (accounts.byEmail(email) !== undefined) throw new EmailTakenError();
        const id = site === undefined ? EVERYWHERE : access.find(c.var.caller, site, 'owner').id;
        const about = { site: id, role, by: null, email: email.toLowerCase() };
        const { token, expires } = await accounts.invites.create(about);
        return c.json({ link: linkOf(address.of(c), 'invite', token), expires });
      },
    )
    .post(
      '/operator/accounts/reset',
      endpoint({
        tag: 'The collector',
        permission: 'operator',
        summary: 'Makes a link for a new password: passerby user reset',
        note: 'With `totp: false` the second factor goes when the link is used.',
        body: z.strictObject({ email, totp: z.literal(false).optional() }),
        answers: { 200: link, 404: 'There is no such account.' },
        example: { body: { email: 'owner@example.com' } },
      }),
      async (c) => {
        const { email, totp } = c.req.valid('json');
        const { id } = found(accounts.byEmail(email), 'email');
        const { token, expires } = await accounts.newReset({ account: id, keepsTotp: totp !== false });
        return c.json({ link: linkOf(address.of(c), 'reset', token), expires });
      },
    );
