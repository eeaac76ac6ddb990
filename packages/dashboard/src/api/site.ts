import type { InferRequestType, InferResponseType } from 'hono/client';
import type { FilterDimension } from '../state/filters.ts';
import { client, json, until } from './client.ts';
import type { Role } from './roles.ts';

const site = client.sites[':domain'];
const member = site.members[':id'];

/** What can be changed of a site. */
export type SiteChange = InferRequestType<typeof site.$patch>['json'];
/** What was found on a page. */
export type Checked = InferResponseType<typeof site.check.$post>;
/** What is to be deleted of a site; all of it where nothing is said. */
export interface Part {
  readonly page?: string;
  readonly from?: string;
  readonly to?: string;
  readonly event?: string;
  readonly source?: string;
  /** Local hour, as in `2026-03-01T14`. */
  readonly hour?: string;
  readonly dimension?: FilterDimension;
  /** Of the dimension. */
  readonly value?: string;
}
/** How much that is. */
export type Extent = InferResponseType<typeof site.purge.$get>;
/** Somebody who may see a site. */
export type Member = InferResponseType<typeof site.members.$get>['members'][number];

/** Requests of the screens that administer a site. Each rejects with `ApiError`. */
export const siteApi = {
  change: (domain: string, change: SiteChange) => json(site.$patch({ param: { domain }, json: change })),
  check: (domain: string, path: string) => json(site.check.$post({ param: { domain }, json: { path } })),
  extent: (domain: string, part: Part) => json(site.purge.$get({ param: { domain }, query: { ...part } })),
  purge: (domain: string, part: Part) =>
    json(site.purge.$post({ param: { domain }, json: { ...part, confirm: domain } })),
  remove: (domain: string) => site.$delete({ param: { domain }, json: { confirm: domain } }),
  members: (domain: string, signal?: AbortSignal) => json(site.members.$get({ param: { domain } }, until(signal))),
  changeMember: (domain: string, id: string, role: Role) => member.$put({ param: { domain, id }, json: { role } }),
  removeMember: (domain: string, id: string) => member.$delete({ param: { domain, id } }),
};
