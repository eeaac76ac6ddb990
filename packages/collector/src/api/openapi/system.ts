import { z } from 'zod';
import { inviteRequest, recoverRequest } from '../routes/admin.ts';
import type { Section } from './described.ts';

const link = z.strictObject({ link: z.string(), expires: z.string() });

/** The collector itself. */
export const system: Section = {
  title: 'The collector',
  text: 'Beside the API there are `/healthz` (the process lives), `/readyz` (it takes beacons), `/metrics` (Prometheus, with a token for all sites) and the intake, which packages/sdk/src/wire.ts describes.',
  routes: [
    {
      method: 'get',
      path: '/status',
      who: 'anyone',
      summary: 'Tells how the collector is, and who asks',
      answer: z.looseObject({ setup: z.boolean(), version: z.string(), engine: z.enum(['ready', 'down']) }),
      example: {},
    },
    {
      method: 'get',
      path: '/openapi.json',
      who: 'anyone',
      summary: 'Describes the API for programs',
      answer: z.looseObject({ openapi: z.string() }),
      example: {},
    },
    {
      method: 'get',
      path: '/reference',
      who: 'anyone',
      summary: 'Describes the API for people',
      answer: 'text/html',
      example: {},
    },
    {
      method: 'get',
      path: '/reference.css',
      who: 'anyone',
      summary: 'Is how that looks',
      answer: 'text/css',
      example: {},
    },
    {
      method: 'post',
      path: '/operator/accounts',
      who: 'operator',
      summary: 'Invites somebody by e-mail address: passerby user add',
      body: inviteRequest,
      answer: link,
      example: { body: { email: 'new@example.com', role: 'editor', site: 'example.com' } },
    },
    {
      method: 'post',
      path: '/operator/accounts/reset',
      who: 'operator',
      summary: 'Makes a link for a new password: passerby user reset',
      body: recoverRequest,
      answer: link,
      example: { body: { email: 'owner@example.com' } },
    },
    {
      method: 'post',
      path: '/operator/backup',
      who: 'operator',
      summary: 'Streams a backup: passerby backup',
      answer: 'application/octet-stream',
    },
  ],
};
