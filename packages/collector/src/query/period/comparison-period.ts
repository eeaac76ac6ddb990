import { FieldError } from '../../http/field-error.ts';
import { addDays, addMonths, daysBetween, type Zone } from '../../lib/time-zone.ts';
import type { Comparisons, DateRange } from '../stats/query.ts';
import { beginOfNamed, hourBegin, hourEnd } from './local-hour.ts';
import { boundsOf, days, type Hours, hours, type QueryContext, type Range, resolveRange } from './range.ts';
import { isNamedDays, shiftedByNamed } from './range-names.ts';

/** What a range is compared with. */
export interface Compared {
  readonly range: Range;
  /**
   * The day that stands in a day's place; null: there is none, as for 29 February in the year before. Null as a whole:
   * hours stand side by side by their order alone.
   */
  readonly dayOf: ((day: string) => string | null) | null;
}

/**
 * What a range is compared with. Of one under way that goes as far as it has come, to the hour; a range of one's own is
 * taken as it is.
 * @param requested as the question says the range
 * @throws FieldError if there is something wrong with a range of one's own
 */
export const comparedWith = (
  asked: Comparisons,
  requested: DateRange,
  range: Range,
  context: QueryContext,
): Compared => {
  if (asked.mode === 'custom') return withOwn(asked, range, context);
  if (range.hours && asked.mode === 'previous_period' && !asked.match_day_of_week)
    return { range: hoursBefore(range.hours, context), dayOf: byWholeDays(range.hours) };
  const named = shiftOf(asked, requested, range);
  const shift = range.hours ? asDays(named, range) : named;
  return { range: shifted(range, shift, context), dayOf: exactly(shift) };
};

/** As many hours or days just before a range; of a named range of months or years as many of these. */
export const periodBefore = (requested: DateRange, range: Range, context: QueryContext): Range =>
  comparedWith({ mode: 'previous_period' }, requested, range, context).range;

/** From a day to the one in its place of the other period, −1, or back, 1. */
type Shift = (day: string, direction: -1 | 1) => string;

const byDays =
  (count: number): Shift =>
  (day, direction) =>
    addDays(day, count * direction);

/** By as many days as the last one moves, so that hours stay as many over 29 February. */
const asDays = (shift: Shift, { last }: Range): Shift => byDays(daysBetween(shift(last, -1), last));

const WEEK = 7;
const WEEKS_OF_YEAR = 52;

const shiftOf = (
  { mode, match_day_of_week }: Exclude<Comparisons, { mode: 'custom' }>,
  requested: DateRange,
  { first, last }: Range,
): Shift => {
  const length = daysBetween(first, last) + 1;
  if (mode === 'year_over_year')
    return match_day_of_week ? byDays(WEEKS_OF_YEAR * WEEK) : (day, direction) => addMonths(day, 12 * direction);
  if (match_day_of_week) return byDays(Math.ceil(length / WEEK) * WEEK);
  return isNamedDays(requested) ? shiftedByNamed(requested) : byDays(length);
};

/** A day whose place no other one has: those that a shorter month lacks have none. */
const exactly = (shift: Shift) => (day: string) => {
  const before = shift(day, -1);
  return shift(before, 1) === day ? before : null;
};

const shifted = (range: Range, shift: Shift, { zone, now }: QueryContext): Range => {
  if (range.hours) return shiftedHours({ from: range.hours.from, to: reachedOf(range.hours, zone, now) }, shift, zone);
  const [today, first] = [zone.day(now), shift(range.first, -1)];
  if (today < range.first || today > range.last) return days(first, lastOf(range, shift));
  return hours(zone.startOfDay(first) / 1000, endOfSameHour(shift(today, -1), now, zone), zone);
};

/** What begins with a month and ends with one is compared with whole months, however long they are. */
const lastOf = ({ first, last }: Range, shift: Shift): string =>
  first.endsWith('-01') ? addDays(shift(addDays(last, 1), -1), -1) : shift(last, -1);

type Ends = Pick<Hours, 'from' | 'to'>;

/** First second after the part of a range of hours that has come; of one to come, after its first hour. */
const reachedOf = ({ from, to }: Ends, zone: Zone, now: number): number =>
  Math.max(hourEnd(from, zone), Math.min(to, hourEnd(now / 1000, zone)));

/** The same hours by the clock on the wall, on other days; what these lack is left out, but for one hour. */
const shiftedHours = ({ from, to }: Ends, shift: Shift, zone: Zone): Range => {
  const dayOf = (second: number): string => shift(zone.day(second * 1000), -1);
  const begin = sameHour(dayOf(from), from * 1000, zone);
  const end = endOfSameHour(dayOf(to - 1), to * 1000 - 1, zone);
  return hours(begin, Math.max(end, hourEnd(begin, zone)), zone);
};

/** As many hours just before. */
const hoursBefore = ({ from, to }: Ends, { zone, now }: QueryContext): Range => {
  const length = to - from;
  const end = reachedOf({ from, to }, zone, now) - length;
  return hours(hourBegin(from - length, zone), hourEnd(end - 1, zone), zone);
};

const DAY = 86_400;

/** Hours just before stand in the place of those of the same name if there are as many as days have. */
const byWholeDays = ({ from, to }: Ends): Compared['dayOf'] => {
  const count = (to - from) / DAY;
  return Number.isInteger(count) ? (day) => addDays(day, -count) : null;
};

type Own = Extract<Comparisons, { mode: 'custom' }>;

const withOwn = ({ date_range, match_day_of_week = false }: Own, range: Range, context: QueryContext): Compared => {
  const { zone } = context;
  const own = ofOwn(() => resolveRange(date_range, context));
  const by = match_day_of_week ? toSameWeekday(own.first, range.first) : 0;
  const moved = by === 0 ? own : movedBy(own, by, zone);
  const [at, before] = [range, moved].map((of) => timeOf(boundsOf(of, zone).from, zone));
  const isAligned = (range.hours === null && moved.hours === null) || at === before;
  return { range: moved, dayOf: isAligned ? exactly(byDays(daysBetween(moved.first, range.first))) : null };
};

/** Does something with a range of one's own; what is wrong with it is said of its place. */
export const ofOwn = <T>(job: () => T): T => {
  try {
    return job();
  } catch (error) {
    throw error instanceof FieldError ? error.in('include.comparisons') : error;
  }
};

/** Days to the nearest one with the weekday of another one: at most three, in either direction. */
const toSameWeekday = (day: string, other: string): number => {
  const ahead = (((daysBetween(day, other) % WEEK) + WEEK) % WEEK) as number;
  return ahead > WEEK / 2 ? ahead - WEEK : ahead;
};

const movedBy = (range: Range, count: number, zone: Zone): Range => {
  const shift = byDays(-count);
  return range.hours ? shiftedHours(range.hours, shift, zone) : days(shift(range.first, -1), shift(range.last, -1));
};

const timeOf = (second: number, zone: Zone): string => zone.format(second * 1000).slice(11, 16);

/** The hour of an instant by the clock on the wall. */
const hourOf = (ms: number, zone: Zone): string => zone.format(ms).slice(11, 13);

const hoursOfDay = (day: string, zone: Zone): number[] =>
  zone.hours(zone.startOfDay(day), zone.startOfDay(addDays(day, 1)) - 1).map((name) => beginOfNamed(name, zone));

/** Begin of a day's first hour that is not earlier by the clock on the wall than an instant's; else its end. */
const sameHour = (day: string, at: number, zone: Zone): number =>
  hoursOfDay(day, zone).find((hour) => hourOf(hour * 1000, zone) >= hourOf(at, zone)) ??
  zone.startOfDay(addDays(day, 1)) / 1000;

/** End of a day's last hour that does not begin later by the clock on the wall than an instant's. */
const endOfSameHour = (day: string, at: number, zone: Zone): number => {
  const same = hoursOfDay(day, zone).findLast((hour) => hourOf(hour * 1000, zone) <= hourOf(at, zone));
  return hourEnd(same ?? zone.startOfDay(day) / 1000, zone);
};
