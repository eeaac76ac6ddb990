import { Hono } from 'hono';
import { z } from 'zod';
import { type Caller, mayOn } from '../../accounts/caller.ts';
import { EVERYWHERE, includes } from '../../accounts/role.ts';
import { ROLE_OF, SCOPES, type TokenInfo } from '../../accounts/token-store.ts';
import { ApiError } from '../../http/api-error.ts';
import { type AccountRoutesDeps, domainOf } from './account-deps.ts';

const newToken = z.strictObject({
  name: z.string().trim().min(1, 'must not be empty').max(100),
  scope: z.enum(SCOPES).default('read'),
  /** Domains; null: all that the account may see, also later. */
  sites: z.array(z.string().max(253)).min(1).max(100).nullable().default(null),
});

const token = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    scope: z.enum(SCOPES),
    sites: z.array(z.string()).nullable().describe('Domains; null: all that its account may see.'),
    account: z.string().nullable(),
    created: z.string(),
    lastUsed: z.string().nullable().describe('Day, UTC; null: never.'),
  })
  .meta({ id: 'Token' });

/** Tokens of an account: every request that carries one is compared with all there are. */
const MOST = 100;

/** API tokens: those of an account, or all of them for who owns everything. */
export const tokenRoutes = ({ access, endpoint, accounts, sites }: AccountRoutesDeps) => {
  const listed = ({ account, sites: of, ...token }: TokenInfo) => ({
    ...token,
    sites: of?.flatMap((id) => domainOf(sites, id) ?? []) ?? null,
    /** E-mail of who made it; null: who runs the collector. */
    account: account && (accounts.byId(account)?.email ?? null),
  });
  const isOwn = (caller: Caller, { account }: TokenInfo): boolean =>
    mayOn(caller, EVERYWHERE, 'owner') || (caller.kind === 'account' && caller.account.id === account);
  return new Hono()
    .get(
      '/tokens',
      endpoint({
        tag: 'People and tokens',
        permission: 'no token',
        summary: 'Lists the tokens of the account',
        note: 'Who owns everything is told all of them.',
        answers: { 200: z.strictObject({ tokens: z.array(token) }) },
        example: {},
      }),
      (c) => {
        const { caller } = c.var;
        const own = accounts.tokens.all().filter((token) => isOwn(caller, token));
        return c.json({ tokens: own.map(listed) });
      },
    )
    .post(
      '/tokens',
      endpoint({
        tag: 'People and tokens',
        permission: 'no token',
        summary: 'Makes a token',
        note: 'It has 600 requests a minute.',
        body: newToken,
        answers: {
          201: token.extend({ token: z.string().describe('It is shown this once.') }),
          403: 'The scope is more than the account may do.',
          404: 'The caller may not view such a site.',
          409: 'The account has a hundred.',
        },
        example: { body: { name: 'Weekly report', scope: 'read', sites: ['example.com'] } },
      }),
      async (c) => {
        const { name, scope, sites: domains } = c.req.valid('json');
        const { caller } = c.var;
        const needed = ROLE_OF[scope];
        if (!Object.values(caller.roles).some((has) => includes(has, needed)))
          throw new ApiError(403, 'forbidden', 'scope', 'is more than your account may do');
        const account = caller.kind === 'account' ? caller.account.id : null;
        if (account !== null && accounts.tokens.all().filter((token) => token.account === account).length >= MOST)
          throw new ApiError(409, 'quota_reached', 'request', `there are ${MOST} tokens: delete one first`);
        const made = await accounts.tokens.create({
          name,
          scope,
          sites: domains?.map((domain) => access.find(caller, domain, needed).id) ?? null,
          account,
        });
        return c.json({ ...listed(made), token: made.token }, 201);
      },
    )
    .delete(
      '/tokens/:id',
      endpoint({
        tag: 'People and tokens',
        permission: 'no token',
        summary: 'Deletes a token',
        answers: { 204: null },
        example: {},
      }),
      async (c) => {
        const id = c.req.param('id');
        const found = accounts.tokens.all().find((token) => token.id === id);
        if (found === undefined || !isOwn(c.var.caller, found))
          throw new ApiError(404, 'not_found', 'id', 'there is no such token');
        await accounts.tokens.remove(id);
        return c.body(null, 204);
      },
    );
};
