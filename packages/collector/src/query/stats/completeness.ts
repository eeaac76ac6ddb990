import { addDays, utcDay } from '../../lib/time-zone.ts';
import type { Site } from '../../sites/site.ts';
import type { QueryContext } from '../period/range.ts';
import type { Part } from './plan/part.ts';

/**
 * First local day of which nothing is missing. Sums reach back to the site's first day, or as far as its `sumsDays`; hits
 * are deleted, by the day in UTC, after its `hitsDays`: that says nothing of a single day that they still have. What a
 * later version began to keep, such as regions, is rolled up from when on there are values of it: no rollup misses what
 * the hits have.
 */
export const completeFrom = (parts: readonly Part[], site: Site, { zone, now, firstDay }: QueryContext): string => {
  const today = zone.day(now);
  const hitsFrom = addDays(later(today, utcDay(now)), 1 - site.hitsDays);
  const sumsFrom = site.sumsDays === 0 ? firstDay : addDays(today, 1 - site.sumsDays);
  const days = parts.map(({ source, isCut, range }) => {
    if (source.table === 'sums') return sumsFrom;
    return isCut && range.first >= hitsFrom ? firstDay : hitsFrom;
  });
  return days.reduce(later, firstDay);
};

const later = (a: string, b: string): string => (a > b ? a : b);
