import type { Site } from '../../sites/site.ts';
import { siteZone } from '../../sites/site-zone.ts';
import { TOTAL } from '../../store/dimensions.ts';
import type { Store } from '../../store/store.ts';

/** An answer is taken for true until something is stored or taken out, for so long at most: others may do so, too. */
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
  const known = new Map<string, { day: string; until: number; changes: number | undefined }>();
  return async (site, by = store) => {
    const { id } = site;
    const kept = known.get(id);
    // What comes in now is of no earlier day.
    const changes = store.oldChanges?.();
    if (kept !== undefined && now() < kept.until && kept.changes === changes) return kept.day;
    const [row] = await by.query<{ day: string; hits: number }>(
      `SELECT min(day) AS day, toUInt32(count()) AS hits FROM sums WHERE site = {site:String} AND dimension = ${TOTAL}`,
      { site: id },
    );
    if (row === undefined || row.hits === 0) return siteZone(site, now()).day(now());
    known.set(id, { day: row.day, until: now() + KEPT_MS, changes });
    return row.day;
  };
};
