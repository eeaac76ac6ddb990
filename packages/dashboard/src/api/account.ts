import type { InferRequestType, InferResponseType } from 'hono/client';
import { client, json, until } from './client.ts';
import type { Role } from './roles.ts';

const { account, accounts, invites, tokens } = client;

/** An API token as it is listed. */
export type Token = InferResponseType<typeof tokens.$get>['tokens'][number];
export type NewToken = InferRequestType<typeof tokens.$post>['json'];
/** An invitation that nobody has accepted yet. */
export type Invite = InferResponseType<typeof invites.$get>['invites'][number];
/** An account, as those see it who administer all of them. */
export type ListedAccount = InferResponseType<typeof accounts.$get>['accounts'][number];

/** Requests of the screens about accounts. Each rejects with `ApiError`. */
export const accountApi = {
  change: (change: { email: string; password: string }) => account.$patch({ json: change }),
  changePassword: (change: { current: string; password: string }) => account.password.$post({ json: change }),
  remove: (password: string) => account.$delete({ json: { password } }),

  sessions: (signal?: AbortSignal) => json(account.sessions.$get({}, until(signal))),
  endSession: (id: string) => account.sessions[':id'].$delete({ param: { id } }),
  endOtherSessions: () => account.sessions.$delete(),

  beginTotp: (password: string) => json(account.totp.$post({ json: { password } })),
  confirmTotp: (code: string) => json(account.totp.confirm.$post({ json: { code } })),
  removeTotp: (proof: { password: string; code: string }) => account.totp.$delete({ json: proof }),

  tokens: (signal?: AbortSignal) => json(tokens.$get({}, until(signal))),
  addToken: (token: NewToken) => json(tokens.$post({ json: token })),
  removeToken: (id: string) => tokens[':id'].$delete({ param: { id } }),

  invites: (signal?: AbortSignal) => json(invites.$get({}, until(signal))),
  invite: (site: string, role: Role) => json(invites.$post({ json: { site, role } })),
  removeInvite: (id: string) => invites[':id'].$delete({ param: { id } }),
  lookAtInvite: (token: string, signal?: AbortSignal) => json(invites.look.$post({ json: { token } }, until(signal))),
  acceptInvite: (accepted: { token: string; email?: string; password?: string }) =>
    invites.accept.$post({ json: accepted }),

  accounts: (signal?: AbortSignal) => json(accounts.$get({}, until(signal))),
  changeAccount: (id: string, everywhere: Role | null) =>
    accounts[':id'].$patch({ param: { id }, json: { everywhere } }),
  resetLink: (id: string) => json(accounts[':id'].reset.$post({ param: { id } })),
  removeAccount: (id: string) => accounts[':id'].$delete({ param: { id } }),

  reset: (given: { token: string; password: string }) => client.reset.$post({ json: given }),
};
