import type { Account } from './account.ts';
import { includes, type Role, type Roles, roleOn } from './role.ts';

/** Who asks: an account by its session, an API token, or who runs the collector. */
export type Caller =
  | { readonly kind: 'account'; readonly account: Account; readonly session: string; readonly roles: Roles }
  | Token
  | Operator;

/** An API token. */
interface Token {
  readonly kind: 'token';
  readonly id: string;
  /** Id of the account that made it; null: who runs the collector. */
  readonly owner: string | null;
  readonly roles: Roles;
}

/** Who has the token of this start, or the one of the environment. */
export interface Operator {
  readonly kind: 'operator';
  readonly roles: Roles;
}

/** A caller who is an account by its session. */
export type Person = Extract<Caller, { kind: 'account' }>;

/** True if the caller has this role on the site; `*`: on every site. */
export const mayOn = (caller: Caller, siteId: string, role: Role): boolean =>
  includes(roleOn(caller.roles, siteId), role);
