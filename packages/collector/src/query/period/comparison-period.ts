import { addDays, daysBetween, type Zone } from '../../lib/time-zone.ts';
import type { DateRange } from '../stats/query.ts';
import { beginOfNamed, hourBegin, hourEnd } from './local-hour.ts';
import { days, type Hours, hours, type QueryContext, type Range } from './range.ts';
import { dayBeforeNamed, isNamedDays } from './range-names.ts';

/**
 * The period before a range, to compare with: as many hours or days just before it, of a named range of months or years as
 * many of these. Of a period under way it goes as far as that has come, to the hour.
 */
export const comparisonPeriodOf = (requested: DateRange, range: Range, { zone, now }: QueryContext): Range => {
  if (range.hours) return hoursBefore(range.hours, zone, now);
  const today = zone.day(now);
  const before = (day: string): string => dayBefore(requested, day, range);
  if (today < range.first || today > range.last) return days(before(range.first), addDays(range.first, -1));
  return hours(zone.startOfDay(before(range.first)) / 1000, endOfSameHour(before(today), zone, now), zone);
};

const hoursBefore = ({ from, to }: Hours, zone: Zone, now: number): Range => {
  const length = to - from;
  const reached = Math.max(hourEnd(from, zone), Math.min(to, hourEnd(now / 1000, zone)));
  return hours(hourBegin(from - length, zone), hourEnd(reached - length - 1, zone), zone);
};

/** The day that a day of the range is compared with. */
const dayBefore = (requested: DateRange, day: string, range: Range): string =>
  isNamedDays(requested) ? dayBeforeNamed(requested, day) : addDays(day, daysBetween(range.last, range.first) - 1);

/** End of the last hour of a day that does not begin later by the clock on the wall than the hour under way. */
const endOfSameHour = (day: string, zone: Zone, now: number): number => {
  const wall = (ms: number): string => zone.format(ms).slice(11, 13);
  const start = zone.startOfDay(day);
  const list = zone.hours(start, zone.startOfDay(addDays(day, 1)) - 1).map((name) => beginOfNamed(name, zone));
  const same = list.findLast((hour) => wall(hour * 1000) <= wall(now)) ?? start / 1000;
  return hourEnd(same, zone);
};
