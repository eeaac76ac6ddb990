import { memoize } from './memoize.ts';

/* Days of a calendar, `YYYY-MM-DD`, whose time zone does not matter. */

const DAY_MS = 86_400_000;

/** The day in UTC of an instant. @param ms Unix milliseconds. @example utcDay(0) === '1970-01-01' */
export const utcDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The day a number of days later, or earlier. @example addDays('2026-02-28', 1) // '2026-03-01' */
export const addDays = (day: string, days: number): string => adding(days)(day);

/** Every row asks on which day it is to be deleted. */
const adding = memoize(100, (days: number) => memoize(1000, (day: string) => utcDay(Date.parse(day) + days * DAY_MS)));

/** Days from one day to another. @example daysBetween('2026-02-28', '2026-03-01') // 1 */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;

/** The same day of the month a number of months later, or earlier; where that has none, its last. */
export const addMonths = (day: string, months: number): string => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0));
  lastOfMonth.setUTCDate(Math.min(date, lastOfMonth.getUTCDate()));
  return lastOfMonth.toISOString().slice(0, 10);
};

const MONDAY = 1;

/** The Monday of a day's week. @example mondayOf('2026-06-10') // '2026-06-08' */
export const mondayOf = (day: string): string => addDays(day, -((new Date(day).getUTCDay() - MONDAY + 7) % 7));
