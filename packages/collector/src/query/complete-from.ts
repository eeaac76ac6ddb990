import type { Site } from '../sites/site.ts';
import { addDays, utcDay } from '../zone.ts';
import type { Plan } from './plan.ts';
import type { Moment } from './range.ts';

/**
 * First local day of which nothing is missing. Sums reach back to the site's first day; hits are deleted, by the day in
 * UTC, after the site's `hitsDays`.
 */
export const completeFrom = ({ source }: Plan, { hitsDays }: Site, { zone, now, firstDay }: Moment): string => {
  if (source === 'sums') return firstDay;
  const kept = addDays(later(zone.day(now), utcDay(now)), 1 - hitsDays);
  return later(kept, firstDay);
};

const later = (a: string, b: string): string => (a > b ? a : b);
