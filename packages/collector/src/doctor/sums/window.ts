import { addDays, utcDay } from '../../lib/time-zone.ts';
import type { Ask } from '../patient.ts';
import type { SiteFacts } from '../sites.ts';

/** From which day on the hits of a site are all there, so that they can be compared; local days. */
export interface Window {
  readonly site: string;
  readonly from: string;
}

/** Sites that say they keep hits, and have sums of the last days, and not one hit. */
export const withoutHits = async (ask: Ask, sites: readonly SiteFacts[] | null, now: number): Promise<string[]> => {
  const rows = await ask<{ site: string; last: string }>(
    `SELECT site, toString(max(day)) AS last FROM sums
    WHERE dimension = 0 AND (views > 0 OR events > 0) AND site NOT IN (SELECT DISTINCT site FROM hits)
    GROUP BY site ORDER BY site SETTINGS max_threads = 1, distributed_product_mode = 'local'`,
  );
  return rows.flatMap(({ site, last }) => {
    // Of a site whose document is lost nobody knows.
    const hitsDays = sites?.find(({ id }) => id === site)?.hitsDays ?? 1 + MARGIN;
    return hitsDays > 0 && last >= addDays(utcDay(now), MARGIN - hitsDays) ? [site] : [];
  });
};

/** What is known of the rows of a site. */
interface Edges {
  readonly site: string;
  /** The first day of which there is a hit. */
  readonly first: string;
  /** Days that hits are kept, the longest of what is there. */
  readonly longest: number;
  /** The same, the shortest of what may be deleted at any moment; 0: nothing is. */
  readonly shortest: number;
}

/** Days of the calendar begin and end within so many days of each other, and what is too old is deleted now and then. */
const MARGIN = 2;

/**
 * The days of each site that can be compared. Hits of earlier ones are deleted, all or some; of the first day that is
 * left, if the site has earlier ones, it is not known whether it is whole.
 */
export const windowsOf = async (ask: Ask, sites: readonly SiteFacts[] | null, now: number): Promise<Window[]> => {
  const today = utcDay(now);
  const edges = await ask<Edges>(
    `SELECT site, toString(min(day)) AS first, toUInt32(max(keep_until - day)) AS longest,
      toUInt32(minIf(keep_until - day, keep_until <= {tomorrow:Date})) AS shortest
    FROM hits GROUP BY site ORDER BY site SETTINGS max_threads = 1`,
    { tomorrow: addDays(today, 1) },
  );
  const firstInSums = new Map(
    (
      await ask<{ site: string; first: string }>(
        `SELECT site, toString(min(day)) AS first FROM sums WHERE dimension = 0 AND (views > 0 OR events > 0)
        GROUP BY site SETTINGS max_threads = 1`,
      )
    ).map(({ site, first }) => [site, first]),
  );
  return edges.flatMap(({ site, first, longest, shortest }) => {
    const kept = sites?.find(({ id }) => id === site);
    const hitsDays = kept?.hitsDays ?? longest;
    if (hitsDays === 0) return [];
    const begins = [
      (firstInSums.get(site) ?? first) < first ? addDays(first, 1) : first,
      addDays(today, MARGIN - hitsDays),
      ...(shortest > 0 ? [addDays(today, MARGIN - shortest)] : []),
      ...(kept !== undefined && kept.sumsDays > 0 ? [addDays(today, MARGIN - kept.sumsDays)] : []),
    ];
    return [{ site, from: begins.sort().at(-1) ?? first }];
  });
};

/** Rows of the sites and days of which hits are whole. */
export const within = (windows: readonly Window[]) => ({
  where: `day >= transform(toString(site), {sites:Array(String)}, {froms:Array(Date)}, toDate('2149-06-06'))`,
  params: { sites: windows.map(({ site }) => site), froms: windows.map(({ from }) => from) },
});
