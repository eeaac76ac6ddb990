import { FieldError } from '../../http/field-error.ts';
import { addDays, daysBetween, type Zone } from '../../lib/time-zone.ts';
import type { DateRange } from '../stats/query.ts';
import { hourBegin, hourEnd, isHourBegin } from './local-hour.ts';
import { daysOfNamed, isNamedDays } from './range-names.ts';

/** Whole local days, or local hours of them. */
export interface Range {
  /** First and last local day, both included. */
  readonly first: string;
  readonly last: string;
  /** Null: whole days. */
  readonly hours: Hours | null;
}

/** Local hours, in Unix seconds. */
export interface Hours {
  /** First second, and the first one after the last. */
  readonly from: number;
  readonly to: number;
  /**
   * What rows of the range's first day have as their hour at least, and those of its last day at most. Of rows that
   * were stored while the site had another time zone, each belongs to the hour in which its own begins, or else to the first or
   * last one of its day: so it is in one of two ranges that adjoin, and in none twice.
   */
  readonly least: number;
  readonly most: number;
}

/** Where and when a question is asked. */
export interface QueryContext {
  readonly zone: Zone;
  /** Unix milliseconds. */
  readonly now: number;
  /** Local day of the site's first hit. */
  readonly firstDay: string;
}

const MAX_YEARS = 10;
const EARLIEST = '2000-01-01';
const LATEST = '2099-12-31';

/** True for a day of the years that can be asked about. */
export const isAskable = (day: string): boolean => day >= EARLIEST && day <= LATEST;
const HOUR = 3_600;
/** No row has an hour after it. */
export const NO_END = 2 ** 32 - 1;

/**
 * The days or hours that a question is about. A named range under way ends with today.
 * @throws FieldError if a range of one's own ends before it begins, or is too long or too far away
 */
export const resolveRange = (requested: DateRange, { zone, now, firstDay }: QueryContext): Range => {
  const today = zone.day(now);
  if (isNamedDays(requested)) return upTo(today, days(...daysOfNamed(requested, today)));
  if (requested === '24h') return hours(hourBegin(now / 1000 - 23 * HOUR, zone), hourEnd(now / 1000, zone), zone);
  if (requested === 'all') return days(firstDay < today ? firstDay : today, today);
  return requested[0].length === 10 ? checked(days(requested[0], requested[1])) : between(requested, zone);
};

const upTo = (day: string, { first, last }: Range): Range => days(first, last < day ? last : day);

/** Whole days. */
export const days = (first: string, last: string): Range => ({ first, last, hours: null });

/** Local hours from a second to another, which is left out; where they fill their days, the days. */
export const hours = (from: number, to: number, zone: Zone): Range => {
  const touched = days(zone.day(from * 1000), zone.day(to * 1000 - 1));
  const whole = boundsOf(touched, zone);
  if (from === whole.from && to === whole.to) return touched;
  const least = from === zone.startOfDay(touched.first) / 1000 ? 0 : zone.hourStart(from * 1000);
  const most = to === whole.to ? NO_END : zone.hourStart(to * 1000) - 1;
  return { ...touched, hours: { from, to, least, most } };
};

/** The whole days that a range touches. */
export const wholeDays = ({ first, last }: Range): Range => days(first, last);

/** First instant of a range and the first one after it, in Unix seconds. */
export const boundsOf = ({ first, last, hours }: Range, zone: Zone): { from: number; to: number } =>
  hours ?? { from: zone.startOfDay(first) / 1000, to: zone.startOfDay(addDays(last, 1)) / 1000 };

/** From the start of a local hour to that of another, which is left out, or to the last second of one. */
const between = ([begin, end]: readonly [string, string], zone: Zone): Range => {
  const [first, second] = [secondOf(begin), secondOf(end)];
  for (const at of [first * 1000, second * 1000 - 1]) checkYear(zone.day(at));
  if (!isWhole(begin) || !isHourBegin(first, zone))
    throw noFullHour(0, 'the start of a local hour', [hourBegin(first, zone)], zone);
  const to = endOf(second, isWhole(end), zone);
  if (first > to) throw backward('must not end before it begins');
  if (first === to) throw backward('must have an hour at least: the one that begins with its end is left out');
  return checked(hours(first, to, zone));
};

/** First second after a range of times that ends with a second. */
const endOf = (second: number, isWhole: boolean, zone: Zone): number => {
  if (isWhole && isHourBegin(second, zone)) return second;
  const to = hourEnd(second, zone);
  if (to === second + 1) return to;
  const such = [hourBegin(second, zone), to - 1];
  throw noFullHour(1, 'the start of a local hour, which is left out, or the last second of one', such, zone);
};

const secondOf = (time: string): number => Math.floor(Date.parse(time) / 1000);

/** A fraction of a second is within the last second of an hour, but never its start. */
const isWhole = (time: string): boolean => !/\.\d*[1-9]/.test(time);

const noFullHour = (index: 0 | 1, what: string, such: readonly number[], zone: Zone): FieldError =>
  new FieldError(
    `date_range[${index}]`,
    `must be ${what}, such as ${such.map((at) => zone.format(at * 1000)).join(' or ')}`,
    'not_a_full_hour',
  );

const checkYear = (day: string): void => {
  if (!isAskable(day)) throw new FieldError('date_range', `must lie between ${EARLIEST} and ${LATEST}`, 'not_a_date');
};

const checked = (range: Range): Range => {
  const { first, last } = range;
  for (const day of [first, last]) checkYear(day);
  if (first > last) throw backward('must not end before it begins');
  if (daysBetween(first, last) > MAX_YEARS * 366)
    throw new FieldError('date_range', `must not be longer than ${MAX_YEARS} years`, 'too_many_days', MAX_YEARS * 366);
  return range;
};

const backward = (message: string): FieldError => new FieldError('date_range', message, 'backwards');
