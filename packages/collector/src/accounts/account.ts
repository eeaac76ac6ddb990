import { z } from 'zod';
import type { Stored } from '../store/collection.ts';
import { EVERYWHERE, ROLES, type Roles } from './role.ts';
import { secondFactor } from './second-factor.ts';

/** A sign-in that lasts. No address and no agent: what is not kept tells nobody where somebody was. */
const session = z.object({
  id: z.string(),
  /** Of the secret in the cookie. */
  sha256: z.string(),
  begun: z.iso.datetime(),
  /** UTC day on which it was used last. */
  used: z.iso.date(),
});

/** An account, as stored. One document, so that whatever changes in it changes at once. */
export const account = z.object({
  email: z.string(),
  /** As `password.ts` writes it. */
  password: z.string(),
  /** The one account of earlier days owns everything. */
  roles: z.record(z.string(), z.enum(ROLES)).default({ [EVERYWHERE]: 'owner' }),
  sessions: z.array(session).default([]),
  secondFactor: secondFactor.nullable().default(null),
});

export type AccountBody = z.infer<typeof account>;
export type StoredAccount = Stored<AccountBody>;
export type Session = z.infer<typeof session>;

/** An account, as others may know it. */
export interface Account {
  readonly id: string;
  readonly email: string;
  readonly roles: Roles;
  /** A second factor is asked for at sign-in. */
  readonly totp: boolean;
}

export const toAccount = ({ id, body }: StoredAccount): Account => ({
  id,
  email: body.email,
  roles: body.roles,
  totp: body.secondFactor?.isOn === true,
});
