import { FieldError } from '../../http/field-error.ts';
import { addDays, daysBetween, type Zone } from '../../lib/time-zone.ts';
import type { DateRange } from '../stats/query.ts';
import { RANGE_DAYS } from './range-names.ts';

/** Whole local days, or local hours of them. */
export interface Range {
  /** First and last local day, both included. */
  readonly first: string;
  readonly last: string;
  /** Starts of the first and last local hour, both included, in Unix seconds; null: whole days. */
  readonly hours: { readonly first: number; readonly last: number } | null;
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

/**
 * The days or hours that a question is about. Named ranges end with today.
 * @throws FieldError if a range of one's own ends before it begins, or is too long or too far away
 */
export const resolveRange = (requested: DateRange, { zone, now, firstDay }: QueryContext): Range => {
  const today = zone.day(now);
  switch (requested) {
    case 'day':
    case '7d':
    case '28d':
    case '30d':
      return days(addDays(today, 1 - RANGE_DAYS[requested]), today);
    case '24h':
      return hours(zone.hourStart(now - 23 * HOUR * 1000), zone.hourStart(now), zone);
    case 'month':
      return days(`${today.slice(0, 7)}-01`, today);
    case 'year':
      return days(`${today.slice(0, 4)}-01-01`, today);
    case 'all':
      return days(firstDay < today ? firstDay : today, today);
    default:
      return checked(requested[0].length === 10 ? days(requested[0], requested[1]) : between(requested, zone));
  }
};

/** Whole days. */
export const days = (first: string, last: string): Range => ({ first, last, hours: null });

/** Local hours, by their starts in Unix seconds; where they fill their days, the days. */
export const hours = (first: number, last: number, zone: Zone): Range => {
  const touched = days(zone.day(first * 1000), zone.day(last * 1000));
  const whole = first <= zone.startOfDay(touched.first) / 1000 && last >= lastHourOf(touched.last, zone);
  return whole ? touched : { ...touched, hours: { first, last } };
};

/**
 * The last second of hours. Those that were stored while a site had another time zone may begin at another minute: they
 * belong to the hour in which they begin.
 */
export const endOf = ({ last }: NonNullable<Range['hours']>): number => last + HOUR - 1;

/** The whole days that a range touches. */
export const wholeDays = ({ first, last }: Range): Range => days(first, last);

/** Start of a day's last local hour, in Unix seconds. */
const lastHourOf = (day: string, zone: Zone): number => zone.hourStart(zone.startOfDay(addDays(day, 1)) - 1);

/** First instant of a range and the first one after it, in Unix seconds. */
export const boundsOf = ({ first, last, hours }: Range, zone: Zone): { from: number; to: number } =>
  hours
    ? { from: hours.first, to: hours.last + HOUR }
    : { from: zone.startOfDay(first) / 1000, to: zone.startOfDay(addDays(last, 1)) / 1000 };

const between = ([from, to]: readonly [string, string], zone: Zone): Range => {
  const [first, last] = [zone.hourStart(Date.parse(from)), zone.hourStart(Date.parse(to))];
  if (first > last) throw backward();
  return hours(first, last, zone);
};

const checked = (range: Range): Range => {
  const { first, last } = range;
  if (![first, last].every(isAskable))
    throw new FieldError('date_range', `must lie between ${EARLIEST} and ${LATEST}`, 'not_a_date');
  if (first > last) throw backward();
  if (daysBetween(first, last) > MAX_YEARS * 366)
    throw new FieldError('date_range', `must not be longer than ${MAX_YEARS} years`, 'too_many_days', MAX_YEARS * 366);
  return range;
};

const backward = (): FieldError => new FieldError('date_range', 'must not end before it begins', 'backwards');
