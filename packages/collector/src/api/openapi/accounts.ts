import { z } from 'zod';
import { ROLES } from '../../accounts/role.ts';
import { SCOPES } from '../../accounts/token-store.ts';
import { everywhereChange } from '../routes/admin.ts';
import { acceptance, look, newInvite } from '../routes/invites.ts';
import { change, confirmation, passwordAlone, passwordChange } from '../routes/me.ts';
import { roleChange } from '../routes/members.ts';
import { credentials, newOwner, resetRequest } from '../routes/sign-in.ts';
import { newToken } from '../routes/tokens.ts';
import type { Section } from './described.ts';

const role = z.enum(ROLES);
const roles = z.record(z.string(), role).describe('By domain; *: on every site.');
const expires = z.string().describe('ISO time.');
const email = z.strictObject({ email: z.string() });
const link = z.strictObject({ link: z.string().describe('Good once; it is shown this once.'), expires });
const token = z.strictObject({
  id: z.string(),
  name: z.string(),
  scope: z.enum(SCOPES),
  sites: z.array(z.string()).nullable().describe('Domains; null: all that its account may see.'),
  account: z.string().nullable(),
  created: z.string(),
  lastUsed: z.string().nullable().describe('Day, UTC; null: never.'),
});

/** Signing in, and one's own account. */
export const account: Section = {
  title: 'Account',
  text: 'A session is a cookie. These routes are for people: a token cannot call those that need a session.',
  routes: [
    {
      method: 'post',
      path: '/setup',
      who: 'anyone',
      summary: 'Makes the first account',
      note: 'With the token of the one-time link that is printed when the collector starts.',
      body: newOwner,
      answer: email,
    },
    {
      method: 'post',
      path: '/login',
      who: 'anyone',
      summary: 'Signs in',
      note: '401 with the field code: a second factor is needed, or was wrong.',
      body: credentials,
      answer: email,
      example: { body: { email: 'owner@example.com', password: 'correct horse battery' } },
    },
    { method: 'post', path: '/logout', who: 'anyone', summary: 'Signs out', status: 204, example: {} },
    {
      method: 'post',
      path: '/reset',
      who: 'anyone',
      summary: 'Sets a new password with the token of a link',
      body: resetRequest,
      answer: email.extend({ signedIn: z.boolean().describe('False: the account has a second factor.') }),
    },
    {
      method: 'get',
      path: '/account',
      who: 'person',
      summary: 'Shows who is signed in',
      answer: z.strictObject({ id: z.string(), email: z.string(), totp: z.boolean(), roles }),
      example: {},
    },
    {
      method: 'patch',
      path: '/account',
      who: 'person',
      summary: 'Changes the e-mail address',
      body: change,
      answer: email,
      example: { body: { email: 'owner@example.com', password: 'correct horse battery' } },
    },
    {
      method: 'post',
      path: '/account/password',
      who: 'person',
      summary: 'Changes the password and ends all other sessions',
      body: passwordChange,
      status: 204,
      example: { body: { current: 'correct horse battery', password: 'correct horse battery' } },
    },
    {
      method: 'get',
      path: '/account/sessions',
      who: 'person',
      summary: 'Lists the sessions of the account',
      note: 'Of each it is known when it began and on which day it was last used, and nothing of the browser.',
      answer: z.strictObject({
        sessions: z.array(
          z.strictObject({ id: z.string(), begun: z.string(), used: z.string(), current: z.boolean() }),
        ),
      }),
      example: {},
    },
    {
      method: 'delete',
      path: '/account/sessions',
      who: 'person',
      summary: 'Ends all other sessions',
      status: 204,
      example: {},
    },
    {
      method: 'delete',
      path: '/account/sessions/:id',
      who: 'person',
      summary: 'Ends a session',
      status: 204,
      example: {},
    },
    {
      method: 'post',
      path: '/account/totp',
      who: 'person',
      summary: 'Begins a second factor',
      note: 'It holds once a code of it was confirmed.',
      body: passwordAlone,
      answer: z.strictObject({ secret: z.string(), uri: z.string() }),
      example: { body: { password: 'correct horse battery' } },
    },
    {
      method: 'post',
      path: '/account/totp/confirm',
      who: 'person',
      summary: 'Confirms the second factor by a code of it',
      body: confirmation,
      answer: z.strictObject({ recovery: z.array(z.string()).describe('Each stands for a code, once.') }),
    },
    {
      method: 'delete',
      path: '/account/totp',
      who: 'person',
      summary: 'Takes the second factor off',
      body: passwordAlone.extend(confirmation.shape),
      status: 204,
    },
    {
      method: 'get',
      path: '/account/export',
      who: 'person',
      summary: 'Hands out all that is kept of the account, but for hashes and secrets',
      answer: z.looseObject({ id: z.string(), email: z.string() }),
      example: {},
    },
    {
      method: 'delete',
      path: '/account',
      who: 'person',
      summary: 'Deletes the account',
      note: 'The last owner of everything cannot.',
      body: passwordAlone,
      status: 204,
    },
  ],
};

/** Who may do what. */
export const people: Section = {
  title: 'People and tokens',
  text: 'A role is viewer, editor or owner, on a site or on all of them (*); each includes the former. A token reads or writes, on some sites or all, and never acts as an owner.',
  routes: [
    {
      method: 'get',
      path: '/tokens',
      who: 'no token',
      summary: 'Lists the tokens of the account',
      answer: z.strictObject({ tokens: z.array(token) }),
      example: {},
    },
    {
      method: 'post',
      path: '/tokens',
      who: 'no token',
      summary: 'Makes a token',
      body: newToken,
      status: 201,
      answer: token.extend({ token: z.string().describe('It is shown this once.') }),
      example: { body: { name: 'Weekly report', scope: 'read', sites: ['example.com'] } },
    },
    { method: 'delete', path: '/tokens/:id', who: 'no token', summary: 'Deletes a token', status: 204, example: {} },
    {
      method: 'get',
      path: '/sites/:domain/members',
      who: 'owner',
      summary: 'Lists who may do what on a site',
      answer: z.strictObject({
        members: z.array(z.strictObject({ id: z.string(), email: z.string(), role, everywhere: z.boolean() })),
      }),
      example: {},
    },
    {
      method: 'put',
      path: '/sites/:domain/members/:id',
      who: 'owner',
      summary: 'Changes the role of somebody on a site',
      body: roleChange,
      status: 204,
      example: { body: { role: 'editor' } },
    },
    {
      method: 'delete',
      path: '/sites/:domain/members/:id',
      who: 'viewer',
      summary: 'Takes somebody off a site',
      note: 'Owners may take off anybody, others themselves.',
      status: 204,
      example: {},
    },
    {
      method: 'get',
      path: '/invites',
      who: 'owner somewhere',
      summary: 'Lists the invites to the sites that the caller owns',
      answer: z.strictObject({
        invites: z.array(
          z.strictObject({ id: z.string(), site: z.string(), role, email: z.string().nullable(), expires }),
        ),
      }),
      example: {},
    },
    {
      method: 'post',
      path: '/invites',
      who: 'owner somewhere',
      summary: 'Invites somebody to a site that the caller owns',
      body: newInvite,
      status: 201,
      answer: link.extend({ id: z.string(), site: z.string(), role }),
      example: { body: { site: 'example.com', role: 'viewer' } },
    },
    {
      method: 'delete',
      path: '/invites/:id',
      who: 'owner somewhere',
      summary: 'Takes an invite back',
      status: 204,
      example: {},
    },
    {
      method: 'post',
      path: '/invites/look',
      who: 'anyone',
      summary: 'Tells what the link of an invite is for',
      body: look,
      answer: z.strictObject({ site: z.string(), role, email: z.string().nullable() }),
    },
    {
      method: 'post',
      path: '/invites/accept',
      who: 'anyone',
      summary: 'Accepts an invite',
      note: 'Whoever is signed in gets the role; anybody else names an e-mail address and a password, and gets an account.',
      body: acceptance,
      answer: z.strictObject({ site: z.string(), role }),
    },
    {
      method: 'get',
      path: '/accounts',
      who: 'owner everywhere',
      summary: 'Lists all accounts',
      answer: z.strictObject({
        accounts: z.array(z.strictObject({ id: z.string(), email: z.string(), roles, totp: z.boolean() })),
      }),
      example: {},
    },
    {
      method: 'patch',
      path: '/accounts/:id',
      who: 'owner everywhere',
      summary: 'Changes what an account may do on every site',
      body: everywhereChange,
      status: 204,
      example: { body: { everywhere: 'viewer' } },
    },
    {
      method: 'post',
      path: '/accounts/:id/reset',
      who: 'owner everywhere',
      summary: 'Makes a link with which somebody sets a new password',
      answer: link,
      example: {},
    },
    {
      method: 'delete',
      path: '/accounts/:id',
      who: 'owner everywhere',
      summary: 'Deletes an account',
      status: 204,
      example: {},
    },
  ],
};
