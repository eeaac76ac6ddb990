import { z } from 'zod';
import type { Documents } from '../store/documents.ts';
import { OneTimeLinks } from './one-time-links.ts';
import { ROLES } from './role.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What an invite is to: a role on a site (its id) or everywhere (`*`). */
const invite = z.object({
  site: z.string(),
  role: z.enum(ROLES),
  /** Id of the account that invites; null: who runs the collector. */
  by: z.string().nullable(),
  /** Whom, if that was said: nobody else may use it. */
  email: z.string().nullable(),
});
export type Invite = z.infer<typeof invite>;

/** Whose password may be set anew, and whether the second factor stays. */
const reset = z.object({ account: z.string(), keepsTotp: z.boolean() });
export type Reset = z.infer<typeof reset>;

export const inviteLinks = (documents: Documents, now: () => number): OneTimeLinks<Invite> =>
  new OneTimeLinks(documents, 'invite', invite, 7 * DAY_MS, now);

export const resetLinks = (documents: Documents, now: () => number): OneTimeLinks<Reset> =>
  new OneTimeLinks(documents, 'reset', reset, DAY_MS, now);
