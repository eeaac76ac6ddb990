import { Hono } from 'hono';
import { z } from 'zod';
import { type Caller, mayOn } from '../../accounts/caller.ts';
import type { Invite } from '../../accounts/invite-and-reset.ts';
import { deadLink } from '../../accounts/one-time-links.ts';
import { EVERYWHERE, includes, type Role, roleOn } from '../../accounts/role.ts';
import type { StartedSession } from '../../accounts/session-store.ts';
import { ApiError } from '../../http/api-error.ts';
import { FieldError } from '../../http/field-error.ts';
import {
  type AccountRoutesDeps,
  beginAttempt,
  domainOf,
  email,
  expires,
  link,
  linkToken,
  newPassword,
  role,
  TOO_MANY_ATTEMPTS,
} from './account-deps.ts';

const look = z.strictObject({ token: linkToken });
const acceptance = look.extend({ email: email.optional(), password: newPassword.optional() });
type Acceptance = z.output<typeof acceptance>;

/** The link of a token: behind the `#`, so that no server and no proxy gets to see it. */
export const linkOf = (place: string, page: 'invite' | 'reset', token: string): string =>
  `${place}/${page}#token=${token}`;

const NOT_GOOD = 'The link is not good, or not any more.';

/** Looking at and accepting an invite: open to who has the link. */
export const acceptRoutes = (deps: AccountRoutesDeps) => {
  const { access, endpoint, accounts } = deps;
  return new Hono()
    .post(
      '/invites/look',
      endpoint({
        tag: 'People and tokens',
        permission: 'anyone',
        summary: 'Tells what the link of an invite is for',
        body: look,
        answers: {
          200: z.strictObject({ site: z.string(), role, email: z.string().nullable() }),
          404: NOT_GOOD,
          429: TOO_MANY_ATTEMPTS,
        },
      }),
      (c) => {
        const succeeded = beginAttempt(deps, c, 'invite');
        const { about, site } = goodInvite(deps, c.req.valid('json').token);
        succeeded();
        return c.json({ site, role: about.role, email: about.email });
      },
    )
    .post(
      '/invites/accept',
      endpoint({
        tag: 'People and tokens',
        permission: 'anyone',
        summary: 'Accepts an invite',
        note: 'Whoever is signed in gets the role; anybody else names an e-mail address and a password, and gets an account.',
        body: acceptance,
        answers: {
          200: z.strictObject({ site: z.string(), role }),
          403: 'The link is for somebody else.',
          404: NOT_GOOD,
          409: 'The e-mail address has an account.',
          429: TOO_MANY_ATTEMPTS,
        },
      }),
      async (c) => {
        const given = c.req.valid('json');
        const succeeded = beginAttempt(deps, c, 'invite');
        const { site } = goodInvite(deps, given.token);
        const caller = access.callerOf(c);
        const join =
          caller?.kind === 'account'
            ? (invite: Invite) => addRole(deps, caller.account.id, invite)
            : (invite: Invite) => makeAccount(deps, given, invite);
        const { begun, role } = await accounts.invites.use(given.token, join);
        succeeded();
        if (begun !== null) deps.sessionCookie.set(c, begun);
        return c.json({ site, role });
      },
    );
};

/** An invite whose site is there, and whose giver may still give it. */
const goodInvite = ({ accounts, sites }: AccountRoutesDeps, token: string): { about: Invite; site: string } => {
  const about = accounts.invites.find(token)?.about;
  const site = about && domainOf(sites, about.site);
  const by = about?.by;
  const mayStill = (id: string): boolean =>
    includes(roleOn(accounts.byId(id)?.roles ?? {}, about?.site ?? EVERYWHERE), 'owner');
  if (about === undefined || site === undefined || (typeof by === 'string' && !mayStill(by))) throw deadLink();
  return { about, site };
};

type Joined = Promise<{ begun: StartedSession | null; role: Role }>;

/** Nobody loses a role by an invite. */
const addRole = async ({ accounts }: AccountRoutesDeps, id: string, { site, role, email }: Invite): Joined => {
  const account = accounts.byId(id);
  if (email !== null && account?.email !== email) throw otherEmail();
  const has = account?.roles[site];
  const given = has !== undefined && includes(has, role) ? has : role;
  await accounts.setRole(id, site, given);
  return { begun: null, role: given };
};

const makeAccount = async ({ accounts }: AccountRoutesDeps, given: Acceptance, invite: Invite): Joined => {
  const email = given.email ?? invite.email ?? undefined;
  if (email === undefined) throw new FieldError('email', 'must be given', 'missing');
  if (given.password === undefined) throw new FieldError('password', 'must be given', 'missing');
  if (invite.email !== null && invite.email !== email.toLowerCase()) throw otherEmail();
  const { id } = await accounts.create(email, given.password, invite.site, invite.role);
  return { begun: await accounts.sessions.begin(id), role: invite.role };
};

const otherEmail = (): ApiError => new ApiError(403, 'wrong_account', 'email', 'this link is for somebody else');

/** Inviting, for owners. */
export const inviteRoutes = ({ access, endpoint, accounts, sites, address }: AccountRoutesDeps) =>
  new Hono()
    .get(
      '/invites',
      endpoint({
        tag: 'People and tokens',
        permission: 'owner somewhere',
        summary: 'Lists the invites to the sites that the caller owns',
        answers: {
          200: z.strictObject({
            invites: z.array(
              z.strictObject({ id: z.string(), site: z.string(), role, email: z.string().nullable(), expires }),
            ),
          }),
        },
        example: {},
      }),
      (c) => {
        const { caller } = c.var;
        const own = accounts.invites.all().filter(({ about }) => mayOn(caller, about.site, 'owner'));
        return c.json({
          invites: own.flatMap(({ id, expires, about: { role, email, ...about } }) => {
            const site = domainOf(sites, about.site);
            return site === undefined ? [] : [{ id, site, role, email, expires }];
          }),
        });
      },
    )
    .post(
      '/invites',
      endpoint({
        tag: 'People and tokens',
        permission: 'owner somewhere',
        summary: 'Invites somebody to a site that the caller owns',
        note: 'The site `*` is all of them, for who owns everything.',
        body: z.strictObject({ site: z.string().max(253), role }),
        answers: {
          201: link.extend({ id: z.string(), site: z.string(), role }),
          404: 'The caller may not view such a site.',
        },
        example: { body: { site: 'example.com', role: 'viewer' } },
      }),
      async (c) => {
        const { site, role } = c.req.valid('json');
        const { caller } = c.var;
        const about = { site: ownedSite(access, caller, site), role, by: accountOf(caller), email: null };
        const { id, expires, token } = await accounts.invites.create(about);
        return c.json({ id, site, role, expires, link: linkOf(address.of(c), 'invite', token) }, 201);
      },
    )
    .delete(
      '/invites/:id',
      endpoint({
        tag: 'People and tokens',
        permission: 'owner somewhere',
        summary: 'Takes an invite back',
        answers: { 204: null },
        example: {},
      }),
      async (c) => {
        const id = c.req.param('id');
        const found = accounts.invites.all().find((invite) => invite.id === id);
        if (found === undefined || !mayOn(c.var.caller, found.about.site, 'owner'))
          throw new ApiError(404, 'not_found', 'id', 'there is no such invite');
        await accounts.invites.remove(id);
        return c.body(null, 204);
      },
    );

const accountOf = (caller: Caller): string | null => (caller.kind === 'account' ? caller.account.id : null);

/** The id of a site that the caller owns; `*` for who owns everything. */
const ownedSite = (access: AccountRoutesDeps['access'], caller: Caller, domain: string): string => {
  if (domain !== EVERYWHERE) return access.find(caller, domain, 'owner').id;
  if (!mayOn(caller, EVERYWHERE, 'owner')) throw new ApiError(403, 'forbidden', 'site', 'your account may not do this');
  return EVERYWHERE;
};
