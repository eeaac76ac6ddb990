import { addDays, daysBetween, mondayOf } from '../../lib/time-zone.ts';
import type { TimeDimension } from '../stats/query.ts';
import type { Range } from './range.ts';

/** Days that are counted together. */
interface Span {
  /** First day of the span that a day lies in. @example SPANS['time:week'].of('2026-06-10') // '2026-06-08' */
  of(day: string): string;
  /** The same as SQL, as text, of an expression of type Date. */
  sql(day: string): string;
}

/** Weeks that begin so many days before Monday. */
const weekFrom = (early: number): Span => ({
  of: (day) => addDays(mondayOf(addDays(day, early)), -early),
  sql: (day) => `toString(toMonday(${day} + ${early}) - ${early})`,
});

/** The time dimensions that are made of local days. */
export const SPANS: Readonly<Record<Exclude<TimeDimension, 'time:hour'>, Span>> = {
  'time:day': { of: (day) => day, sql: (day) => `toString(${day})` },
  'time:week': weekFrom(0),
  'time:week_sunday': weekFrom(1),
  'time:week_saturday': weekFrom(2),
  'time:month': { of: (day) => `${day.slice(0, 7)}-01`, sql: (day) => `toString(toStartOfMonth(${day}))` },
};

const DAY = 86_400;

/** Longest ranges, in days, of which each step has one; months beyond. */
const STEPS = [
  ['time:hour', 2],
  ['time:day', 100],
  ['time:week', 400],
] as const satisfies readonly (readonly [TimeDimension, number])[];

/** The step that suits a range's length. */
export const stepOf = ({ first, last, hours }: Range): TimeDimension => {
  const length = hours ? (hours.to - hours.from) / DAY : daysBetween(first, last) + 1;
  return STEPS.find(([, most]) => length <= most)?.[0] ?? 'time:month';
};
