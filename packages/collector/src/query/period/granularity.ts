import { addDays } from '../../lib/time-zone.ts';
import type { TimeDimension } from '../stats/query.ts';

/** Days that are counted together. */
interface Span {
  /** First day of the span that a day lies in. @example SPANS['time:week'].of('2026-06-10') // '2026-06-08' */
  of(day: string): string;
  /** The same as SQL, as text, of an expression of type Date. */
  sql(day: string): string;
}

const MONDAY = 1;

const mondayOf = (day: string): string => addDays(day, -((new Date(day).getUTCDay() - MONDAY + 7) % 7));

/** The time dimensions that are made of local days. */
export const SPANS: Readonly<Record<Exclude<TimeDimension, 'time:hour'>, Span>> = {
  'time:day': { of: (day) => day, sql: (day) => `toString(${day})` },
  'time:week': { of: mondayOf, sql: (day) => `toString(toMonday(${day}))` },
  'time:month': { of: (day) => `${day.slice(0, 7)}-01`, sql: (day) => `toString(toStartOfMonth(${day}))` },
};
