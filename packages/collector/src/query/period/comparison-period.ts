import { addDays, daysBetween, type Zone } from '../../lib/time-zone.ts';
import type { DateRange } from '../stats/query.ts';
import { days, hours, type QueryContext, type Range } from './range.ts';

/**
 * The period before a range, to compare with: as many hours or days just before it, for `month` and `year` the month and
 * the year before. Of a period under way it goes as far as that has come, to the hour.
 */
export const comparisonPeriodOf = (requested: DateRange, range: Range, { zone, now }: QueryContext): Range => {
  if (range.hours) return hoursBefore(range.hours, zone, now);
  const today = zone.day(now);
  const before = (day: string): string => dayBefore(requested, day, range);
  if (today < range.first || today > range.last) return days(before(range.first), before(range.last));
  const start = zone.hourStart(zone.startOfDay(before(range.first)));
  return hours(start, sameHour(before(today), zone, now), zone);
};

const HOUR = 3_600;

const hoursBefore = ({ first, last }: { first: number; last: number }, zone: Zone, now: number): Range => {
  const length = last - first + HOUR;
  const reached = Math.max(first, Math.min(last, zone.hourStart(now)));
  return hours(zone.hourStart((first - length) * 1000), zone.hourStart((reached - length) * 1000), zone);
};

/** The day that a day of the range is compared with. */
const dayBefore = (requested: DateRange, day: string, range: Range): string => {
  if (requested === 'month') return monthsBefore(day, 1);
  if (requested === 'year') return monthsBefore(day, 12);
  return addDays(day, daysBetween(range.last, range.first) - 1);
};

/** The same day of the month, or that month's last. */
const monthsBefore = (day: string, months: number): string => {
  const date = new Date(day);
  date.setUTCMonth(date.getUTCMonth() - months);
  const overflow = date.getUTCDate() === Number(day.slice(8)) ? 0 : date.getUTCDate();
  return addDays(date.toISOString().slice(0, 10), -overflow);
};

/** The last hour of a day that does not begin later by the clock on the wall than the hour under way. */
const sameHour = (day: string, zone: Zone, now: number): number => {
  const wall = (ms: number): string => zone.format(ms).slice(11, 13);
  const start = zone.startOfDay(day);
  const list = zone.hours(start, zone.startOfDay(addDays(day, 1)) - 1);
  return list.findLast((hour) => wall(hour * 1000) <= wall(now)) ?? zone.hourStart(start);
};
