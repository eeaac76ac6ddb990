import type { InferResponseType } from 'hono/client';
import { placed } from '../app/place.ts';
import type { Period } from '../state/period.ts';
import { client, json, until } from './client.ts';

const views = client.sites[':domain'].views;

/** Requests of all sites together, and of the views that are kept for one. Each rejects with `ApiError`. */
export const statisticsApi = {
  overview: (period: Period, signal?: AbortSignal) =>
    json(client.overview.$get({ query: { date_range: String(period) } }, until(signal))),
  unknownNames: (signal?: AbortSignal) => json(client['unknown-names'].$get({}, until(signal))),
  views: (domain: string, signal?: AbortSignal) => json(views.$get({ param: { domain } }, until(signal))),
  addView: (domain: string, view: { name: string; search: string }) => views.$post({ param: { domain }, json: view }),
  deleteView: (domain: string, id: string) => views[':id'].$delete({ param: { domain, id } }),
};

/** A view that is kept under a name. */
export type SavedView = InferResponseType<typeof views.$get>['views'][number];
/** All sites together. */
export type Overview = InferResponseType<typeof client.overview.$get>;

/** Address of the stream of what is happening on a site. */
export const liveAddress = (domain: string): string => placed(`/api/sites/${encodeURIComponent(domain)}/live`);
