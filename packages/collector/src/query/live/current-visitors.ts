import { addDays } from '../../lib/time-zone.ts';
import type { Site } from '../../sites/site.ts';
import { siteZone } from '../../sites/site-zone.ts';
import { bindings, SETTINGS } from '../../store/bindings.ts';
import { TOTAL } from '../../store/dimensions.ts';
import { ROW_KINDS } from '../../store/row.ts';
import type { Store } from '../../store/store.ts';

/** What is happening on a site. */
export interface CurrentVisitors {
  /** `visitors`: visits with a view or event in the last five minutes. `hits`: the site has ever had one. */
  ask(site: Site): Promise<{ visitors: number; hits: boolean }>;
}

const WINDOW_SECONDS = 5 * 60;

/** `now` in Unix milliseconds. */
export const createCurrentVisitors = ({ store, now }: { store: Store; now: () => number }): CurrentVisitors => ({
  ask: async (site) => {
    const [visitors, hits] = await Promise.all([visitsSince(store, site, now()), hasHits(store, site)]);
    return { visitors, hits };
  },
});

/** A visit lies on the local day on which it began: today or the day before. */
const visitsSince = async (store: Store, site: Site, now: number): Promise<number> => {
  const { bind, params } = bindings();
  const since = Math.floor(now / 1000) - WINDOW_SECONDS;
  const sql = `SELECT toFloat64(uniqExact(r.visit)) AS visits
FROM hits AS r
WHERE r.site = ${bind(site.id, 'String')} AND r.day >= ${bind(addDays(siteZone(site, now).day(now), -1), 'Date')} AND r.visit != 0
  AND r.kind IN (${ROW_KINDS.view}, ${ROW_KINDS.event}) AND r.ts > toDateTime(${bind(since, 'UInt32')}, 'UTC')
${SETTINGS}`;
  const [row] = await store.query<{ visits: number }>(sql, params);
  return row?.visits ?? 0;
};

const hasHits = async (store: Store, { id }: Site): Promise<boolean> => {
  const { bind, params } = bindings();
  const sql = `SELECT 1 AS found FROM sums AS r
WHERE r.site = ${bind(id, 'String')} AND r.dimension = ${TOTAL} LIMIT 1 ${SETTINGS}`;
  return (await store.query<{ found: number }>(sql, params)).length > 0;
};
