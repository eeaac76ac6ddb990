import type { Site } from '../sites/site.ts';
import { siteZone } from '../sites/site-zone.ts';
import { TOTAL } from '../store/dimensions.ts';
import type { Store } from '../store/store.ts';

/** For this long an answer is taken for true: every panel asks, and the day seldom changes. */
const KEPT_MS = 60_000;

/**
 * Local day of a site's first hit; of a site without hits: today. `now` in Unix milliseconds. It may be asked by
 * another way to the store than the given one.
 */
export const createFirstDay = ({
  store,
  now,
}: {
  store: Store;
  now: () => number;
}): ((site: Site, by?: Store) => Promise<string>) => {
  const known = new Map<string, { day: string; until: number }>();
  return async (site, by = store) => {
    const { id } = site;
    const kept = known.get(id);
    if (kept !== undefined && now() < kept.until) return kept.day;
    const [row] = await by.query<{ day: string; hits: number }>(
      `SELECT min(day) AS day, toUInt32(count()) AS hits FROM sums WHERE site = {site:String} AND dimension = ${TOTAL}`,
      { site: id },
    );
    if (row === undefined || row.hits === 0) return siteZone(site, now()).day(now());
    known.set(id, { day: row.day, until: now() + KEPT_MS });
    return row.day;
  };
};
