import type { Site } from '../../sites/site.ts';
import { bindings, SETTINGS } from '../../store/bindings.ts';
import { TOTAL } from '../../store/dimensions.ts';
import type { Store } from '../../store/store.ts';
import { presentHits, type SiteInstant } from './present.ts';

/** What is happening on a site. */
export interface CurrentVisitors {
  /** `visitors`: visits with a view or event in the last five minutes. `hits`: the site has ever had one. */
  ask(site: Site): Promise<{ visitors: number; hits: boolean }>;
}

/** `now` in Unix milliseconds. */
export const createCurrentVisitors = ({ store, now }: { store: Store; now: () => number }): CurrentVisitors => ({
  ask: async (site) => {
    const [visitors, hits] = await Promise.all([
      visitsAt(store, { site, at: Math.floor(now() / 1000) }),
      hasHits(store, site),
    ]);
    return { visitors, hits };
  },
});

const visitsAt = async (store: Store, instant: SiteInstant): Promise<number> => {
  const { bind, params } = bindings();
  const sql = `SELECT toFloat64(uniqExact(r.visit)) AS visits FROM hits AS r WHERE ${presentHits(instant, bind)} ${SETTINGS}`;
  const [row] = await store.query<{ visits: number }>(sql, params);
  return row?.visits ?? 0;
};

const hasHits = async (store: Store, { id }: Site): Promise<boolean> => {
  const { bind, params } = bindings();
  const sql = `SELECT 1 AS found FROM sums AS r
WHERE r.site = ${bind(id, 'String')} AND r.dimension = ${TOTAL} LIMIT 1 ${SETTINGS}`;
  return (await store.query<{ found: number }>(sql, params)).length > 0;
};
