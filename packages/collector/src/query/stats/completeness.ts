import { addDays, utcDay } from '../../lib/time-zone.ts';
import type { Site } from '../../sites/site.ts';
import type { QueryContext } from '../period/range.ts';
import type { Plan } from './plan.ts';

/**
 * First local day of which nothing is missing. Sums reach back to the site's first day, or as far as its `sumsDays`; hits
 * are deleted, by the day in UTC, after its `hitsDays`. What a later version began to keep, such as regions, is rolled
 * up from when on there are values of it: no rollup misses what the hits have.
 */
export const completeFrom = ({ source }: Plan, site: Site, { zone, now, firstDay }: QueryContext): string => {
  const today = zone.day(now);
  if (source === 'hits') return later(addDays(later(today, utcDay(now)), 1 - site.hitsDays), firstDay);
  return site.sumsDays === 0 ? firstDay : later(addDays(today, 1 - site.sumsDays), firstDay);
};

const later = (a: string, b: string): string => (a > b ? a : b);
