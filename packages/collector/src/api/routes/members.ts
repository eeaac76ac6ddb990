import { Hono } from 'hono';
import { z } from 'zod';
import { type Caller, mayOn } from '../../accounts/caller.ts';
import { EVERYWHERE, roleOn } from '../../accounts/role.ts';
import { ApiError } from '../../http/api-error.ts';
import type { Site } from '../../sites/site.ts';
import { type AccountRoutesDeps, role } from './account-deps.ts';

/** Who may do what on a site. */
export const memberRoutes = ({ endpoint, accounts }: AccountRoutesDeps) => {
  /** Throws 404 unless somebody has a role on this very site. */
  const checkMember = (site: Site, id: string): void => {
    if (accounts.byId(id)?.roles[site.id] === undefined)
      throw new ApiError(
        404,
        'not_found',
        'id',
        'nobody of this site; who has a role on all sites is changed under accounts',
      );
  };
  return new Hono()
    .get(
      '/sites/:domain/members',
      endpoint({
        tag: 'People and tokens',
        permission: 'owner',
        summary: 'Lists who may do what on a site',
        answers: {
          200: z.strictObject({
            members: z.array(z.strictObject({ id: z.string(), email: z.string(), role, everywhere: z.boolean() })),
          }),
        },
        example: {},
      }),
      (c) => {
        const { site } = c.var;
        return c.json({
          members: accounts.all().flatMap(({ id, email, roles }) => {
            const role = roleOn(roles, site.id);
            return role === undefined ? [] : [{ id, email, role, everywhere: roles[EVERYWHERE] === role }];
          }),
        });
      },
    )
    .put(
      '/sites/:domain/members/:id',
      endpoint({
        tag: 'People and tokens',
        permission: 'owner',
        summary: 'Changes the role of somebody on a site',
        body: z.strictObject({ role }),
        answers: { 204: null },
        example: { body: { role: 'editor' } },
      }),
      async (c) => {
        const { site } = c.var;
        const id = c.req.param('id');
        checkMember(site, id);
        await accounts.setRole(id, site.id, c.req.valid('json').role);
        return c.body(null, 204);
      },
    )
    .delete(
      '/sites/:domain/members/:id',
      endpoint({
        tag: 'People and tokens',
        permission: 'viewer',
        summary: 'Takes somebody off a site',
        note: 'Owners may take off anybody, others themselves.',
        answers: { 204: null },
        example: {},
      }),
      async (c) => {
        const { site, caller } = c.var;
        const id = c.req.param('id');
        if (!isOwn(caller, id) && !mayOn(caller, site.id, 'owner'))
          throw new ApiError(403, 'forbidden', 'request', 'your account may not do this');
        checkMember(site, id);
        await accounts.setRole(id, site.id, null);
        return c.body(null, 204);
      },
    );
};

/** Whoever has a role may give it up. */
const isOwn = (caller: Caller, id: string): boolean => caller.kind === 'account' && caller.account.id === id;
