import { FieldError } from '../../http/field-error.ts';
import { addDays, daysBetween, utcDay, type Zone } from '../../lib/time-zone.ts';
import { SPANS } from '../../query/period/granularity.ts';
import { hourBegin, hourEnd } from '../../query/period/local-hour.ts';
import { isAskable } from '../../query/period/range.ts';
import type { TimeDimension } from '../../query/stats/query.ts';

/*
 * Ranges as Plausible understands them since its version 3.0: a number of days ends with yesterday, one of months with the
 * last that is over, and a month and a year are whole, with the days to come
 * (https://plausible.io/docs/stats-api#date_range).
 */

/** What a question of theirs is about: days of the site, both included, or two times. */
export type Span =
  | { readonly kind: 'days'; readonly first: string; readonly last: string }
  | { readonly kind: 'times'; readonly from: string; readonly to: string };

/** Where and when it is asked. */
export interface Moment {
  readonly zone: Zone;
  /** Unix milliseconds. */
  readonly now: number;
}

/** As it was asked: a name, or two days, or two times. */
export type AskedRange = string | readonly [string, string];

const MOST_DAYS = 5_000;
const MOST_MONTHS = 100;
const HOUR = 3_600;

const DAY = /^\d{4}-\d\d-\d\d$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

const isDay = (text: string): boolean => {
  const at = DAY.test(text) ? Date.parse(text) : Number.NaN;
  // Of 30 February another day is made.
  return !Number.isNaN(at) && utcDay(at) === text;
};
const isTime = (text: string): boolean => TIME.test(text) && !Number.isNaN(Date.parse(text));

const days = (first: string, last: string): Span => ({ kind: 'days', first, last });

/** The first day of the month that is some months later. */
const monthLater = (day: string, months: number): string => {
  const date = new Date(`${day.slice(0, 7)}-01`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return utcDay(date.getTime());
};

/** The month of a day, and those before it: whole months. */
export const monthsTo = (day: string, months: number): Span =>
  days(monthLater(day, 1 - months), addDays(monthLater(day, 1), -1));

/** So many days before a day, without it. */
export const daysBefore = (day: string, count: number): Span => days(addDays(day, -count), addDays(day, -1));

const NAMED: Readonly<Record<string, (today: string) => Span>> = {
  day: (today) => days(today, today),
  month: (today) => monthsTo(today, 1),
  year: (today) => days(`${today.slice(0, 4)}-01-01`, `${today.slice(0, 4)}-12-31`),
};

/**
 * The span of a range; null: all that there is.
 * @throws FieldError
 */
export const spanOf = (asked: AskedRange, { zone, now }: Moment): Span | null => {
  if (typeof asked !== 'string') return between(asked, 'date_range');
  const today = zone.day(now);
  if (asked === 'all') return null;
  if (asked === '24h') {
    const [from, to] = [hourBegin(now / 1000 - 23 * HOUR, zone), hourEnd(now / 1000, zone) - 1];
    return { kind: 'times', from: zone.format(from * 1000), to: zone.format(to * 1000) };
  }
  const named = Object.hasOwn(NAMED, asked) ? NAMED[asked] : undefined;
  if (named) return named(today);
  const [, digits = '', unit] = /^(\d{1,4})(d|mo)$/.exec(asked) ?? [];
  const count = Number(digits);
  if (unit === 'd' && count > 0 && count <= MOST_DAYS) return daysBefore(today, count);
  if (unit === 'mo' && count > 0 && count <= MOST_MONTHS) return monthsTo(monthLater(today, -1), count);
  throw new FieldError('date_range', RANGE_RULE);
};

const RANGE_RULE =
  'must be day, 24h, 7d, 28d, 30d, 91d, month, 6mo, 12mo, year, all, or two days as ["2026-01-01", "2026-01-31"], or two times as ["2026-01-01T12:00:00+01:00", "2026-01-01T15:59:59+01:00"]';

/** Two days, or two times. */
export const between = (
  [from, to]: readonly [string, string],
  field: string,
  rule = field === 'date_range' ? RANGE_RULE : 'must be two days as 2026-01-01, 2026-01-31',
): Span => {
  const isTwo = (one: (text: string) => boolean): boolean => one(from) && one(to);
  const span = isTwo(isDay) ? days(from, to) : isTwo(isTime) ? ({ kind: 'times', from, to } as const) : null;
  if (span && !isTwo((text) => isAskable(text.slice(0, 'YYYY-MM-DD'.length))))
    throw new FieldError(field, 'must lie between 2000-01-01 and 2099-12-31', 'not_a_date');
  if (span) return span;
  throw new FieldError(field, rule);
};

/** First and last second of a span as local times of the site, as answers echo it. */
export const echoOf = (span: Span, { zone }: Moment): [string, string] => {
  if (span.kind === 'times') return [zone.format(Date.parse(span.from)), zone.format(Date.parse(span.to))];
  return [zone.format(zone.startOfDay(span.first)), zone.format(zone.startOfDay(addDays(span.last, 1)) - 1000)];
};

/** The range of our own question that is about the same. */
export const ourRange = (span: Span): readonly [string, string] =>
  span.kind === 'days' ? [span.first, span.last] : [span.from, span.to];

const WEEK_DAYS = 7;

/** The step that `time` stands for: by the hours, days and weeks that are over between the first second and the last. */
export const stepOf = (span: Span, moment: Moment): TimeDimension => {
  const [from, to] = echoOf(span, moment).map((time) => Date.parse(time) / 1000) as [number, number];
  const hours = Math.floor((to - from) / HOUR);
  const wholeDays = Math.floor(hours / 24);
  if (hours <= 48) return 'time:hour';
  if (wholeDays <= 40) return 'time:day';
  return Math.floor(wholeDays / WEEK_DAYS) <= 52 ? 'time:week' : 'time:month';
};

const daysOf = (span: Span, { zone }: Moment): { first: string; last: string } =>
  span.kind === 'days' ? span : { first: zone.day(Date.parse(span.from)), last: zone.day(Date.parse(span.to)) };

/** A time as rows and labels have it: without its offset. */
const wallTime = (time: string): string => time.slice(0, 19).replace('T', ' ');

/**
 * A group of ours as they call it: an hour by the clock on the wall; a week that began before the range by the range's first
 * day.
 */
export const shownTime = (step: TimeDimension, label: string, span: Span, moment: Moment): string => {
  if (step === 'time:hour') return wallTime(label);
  const { first } = daysOf(span, moment);
  return step === 'time:week' && label < first ? first : label;
};

/** Hours of a year and a month: longer spans are not listed by the hour. */
const MOST_HOUR_DAYS = 400;
/** The longest span of days, as of our own questions. */
const MOST_SPAN_DAYS = 3_660;

/** All groups of a span, with those to come. */
export const labelsOf = (step: TimeDimension, span: Span, moment: Moment): string[] => {
  const { first, last } = daysOf(span, moment);
  const count = daysBetween(first, last) + 1;
  if (count > (step === 'time:hour' ? MOST_HOUR_DAYS : MOST_SPAN_DAYS))
    throw new FieldError(
      'date_range',
      'has too many groups of time to be listed: choose a shorter one',
      'too_many_days',
    );
  if (step === 'time:hour') {
    const [from, to] = echoOf(span, moment).map((time) => Date.parse(time)) as [number, number];
    return [...new Set(moment.zone.hours(from, to).map((hour) => wallTime(moment.zone.format(hour * 1000))))];
  }
  const all = Array.from({ length: count }, (_, index) => SPANS[step].of(addDays(first, index)));
  return [...new Set(all)].map((label) => shownTime(step, label, span, moment));
};

/** How an answer is compared, as `include.comparisons` says it. */
export type Comparing =
  | { readonly mode: 'previous_period' | 'year_over_year'; readonly match_day_of_week?: boolean | undefined }
  | {
      readonly mode: 'custom';
      readonly date_range: readonly [string, string];
      readonly match_day_of_week?: boolean | undefined;
    };

const YEAR_DAYS = 365;

/**
 * The days that a span is compared with. Of one that is not over, as many as have begun.
 * @throws FieldError
 */
export const comparedWith = (comparing: Comparing, span: Span, { zone, now }: Moment): readonly [string, string] => {
  if (span.kind === 'times') throw new FieldError('include.comparisons', 'needs a range of whole days');
  if (comparing.mode === 'custom') {
    const other = between(comparing.date_range, 'include.comparisons.date_range');
    if (other.kind === 'times' || other.first > other.last)
      throw new FieldError('include.comparisons.date_range', 'must be two days, the earlier one first');
    return [other.first, other.last];
  }
  const today = zone.day(now);
  const last = span.last < today || today < span.first ? span.last : today;
  const back = comparing.mode === 'year_over_year' ? YEAR_DAYS : daysBetween(span.first, last) + 1;
  const shift = comparing.match_day_of_week ? toSameWeekday(span.first, back) : 0;
  return [addDays(span.first, shift - back), addDays(last, shift - back)];
};

/** Days to go on, or else back, until a day so many days before another is of its weekday, but never to that day itself. */
const toSameWeekday = (day: string, back: number): number => {
  const on = ((back % WEEK_DAYS) + WEEK_DAYS) % WEEK_DAYS;
  return addDays(day, on - back) === day ? on - WEEK_DAYS : on;
};
