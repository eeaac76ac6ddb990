import { Hono } from 'hono';
import { z } from 'zod';
import { EVERYWHERE, includes } from '../../accounts/role.ts';
import { ROLE_OF, SCOPES, type TokenInfo } from '../../accounts/token-store.ts';
import { ApiError } from '../../http/api-error.ts';
import { body } from '../../http/json-body.ts';
import { type Caller, mayOn } from '../access.ts';
import { type AccountRoutesDeps, domainOf } from './account-deps.ts';

export const newToken = z.strictObject({
  name: z.string().trim().min(1, 'must not be empty').max(100),
  scope: z.enum(SCOPES).default('read'),
  /** Domains; null: all that the account may see, also later. */
  sites: z.array(z.string().max(253)).min(1).max(100).nullable().default(null),
});

/** Tokens of an account: every request that carries one is compared with all there are. */
const MOST = 100;

/** API tokens: those of an account, or all of them for who owns everything. */
export const tokenRoutes = ({ access, accounts, sites }: AccountRoutesDeps) => {
  const listed = ({ account, sites: of, ...token }: TokenInfo) => ({
    ...token,
    sites: of?.flatMap((id) => domainOf(sites, id) ?? []) ?? null,
    /** E-mail of who made it; null: who runs the collector. */
    account: account && (accounts.byId(account)?.email ?? null),
  });
  const isOwn = (caller: Caller, { account }: TokenInfo): boolean =>
    mayOn(caller, EVERYWHERE, 'owner') || (caller.kind === 'account' && caller.account.id === account);
  return new Hono()
    .get('/', access.notToken, (c) => {
      const { caller } = c.var;
      const own = accounts.tokens.all().filter((token) => isOwn(caller, token));
      return c.json({ tokens: own.map(listed) });
    })
    .post('/', access.notToken, body(newToken), async (c) => {
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
    })
    .delete('/:id', access.notToken, async (c) => {
      const id = c.req.param('id');
      const found = accounts.tokens.all().find((token) => token.id === id);
      if (found === undefined || !isOwn(c.var.caller, found))
        throw new ApiError(404, 'not_found', 'id', 'there is no such token');
      await accounts.tokens.remove(id);
      return c.body(null, 204);
    });
};
