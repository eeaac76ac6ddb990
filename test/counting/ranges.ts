import type { DateRange } from '../../packages/collector/src/query/stats/query.ts';
import { type Calendar, daysLater, mondayOf, type WallClock } from './calendar.ts';
import type { Textbook } from './model.ts';

/** True for what stands in the range. */
export type Range = (stands: WallClock) => boolean;

/** `now` in Unix seconds. */
export const rangeOf = (asked: DateRange, { calendar, firstDay }: Textbook, now: number): Range => {
  const today = calendar.read(now).day;
  switch (asked) {
    case 'day':
      return daysBetween(today, today);
    case '7d':
      return daysBetween(daysLater(today, -6), today);
    case '28d':
      return daysBetween(daysLater(today, -27), today);
    case '30d':
      return daysBetween(daysLater(today, -29), today);
    case 'month':
      return daysBetween(`${today.slice(0, 7)}-01`, today);
    case 'year':
      return daysBetween(`${today.slice(0, 4)}-01-01`, today);
    case 'yesterday':
      return daysBetween(daysLater(today, -1), daysLater(today, -1));
    case '91d':
      return daysBetween(daysLater(today, -90), today);
    case '6mo':
      return daysBetween(monthsLater(today, -5), today);
    case '12mo':
      return daysBetween(monthsLater(today, -11), today);
    case 'last_week':
      return daysBetween(daysLater(mondayOf(today), -7), daysLater(mondayOf(today), -1));
    case 'last_month':
      return daysBetween(monthsLater(today, -1), daysLater(monthsLater(today, 0), -1));
    case 'last_year':
      return daysBetween(`${Number(today.slice(0, 4)) - 1}-01-01`, `${Number(today.slice(0, 4)) - 1}-12-31`);
    case 'all':
      return daysBetween(firstDay, today);
    case '24h':
      return hoursBetween(calendar.read(now - 23 * 3600).hour, calendar.read(now).hour);
    default:
      return ownRange(asked, calendar);
  }
};

/** A range of hours that are not all the hours of its days. `now` in Unix seconds. */
export const isByHours = (asked: DateRange, book: Textbook, now: number): boolean => {
  if (typeof asked === 'string' ? asked !== '24h' : !asked[0].includes('T')) return false;
  const [from, to] = typeof asked === 'string' ? [now - DAY, now] : asked.map((time) => Date.parse(time) / 1000);
  const around = book.calendar.hoursBefore((to ?? now) + 2 * DAY, Math.ceil(((to ?? now) - (from ?? now)) / DAY) + 4);
  const range = rangeOf(asked, book, now);
  const touched = new Set(around.filter(range).map(({ day }) => day));
  return around.some((clock) => touched.has(clock.day) && !range(clock));
};

const DAY = 86_400;

/** The first day of a month so many later. */
const monthsLater = (day: string, count: number): string => {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + count;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`;
};

/** Of two times the second is the start of the hour after the last one, or the second before it. */
const ownRange = ([from, to]: readonly [string, string], calendar: Calendar): Range => {
  if (!from.includes('T')) return daysBetween(from, to);
  const end = Date.parse(to) / 1000;
  return hoursBetween(Date.parse(from) / 1000, calendar.read(to.includes(':59:59') ? end : end - 1).hour);
};

const daysBetween =
  (first: string, last: string): Range =>
  ({ day }) =>
    first <= day && day <= last;

const hoursBetween =
  (first: number, last: number): Range =>
  ({ hour }) =>
    first <= hour && hour <= last;
