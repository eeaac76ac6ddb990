import { addDays, addMonths, daysBetween } from '@passerby/collector/calendar-day';
import type { DateRange } from '@passerby/collector/query';
import { daysOfNamed, isNamedDays, type RANGE_NAMES } from '@passerby/collector/range-names';

/** Periods with a name, in the order in which the picker lists them. */
export const NAMED_PERIODS = [
  'day',
  'yesterday',
  '24h',
  '7d',
  '28d',
  '30d',
  '91d',
  'last_week',
  'month',
  'last_month',
  '6mo',
  '12mo',
  'year',
  'last_year',
  'all',
] as const satisfies readonly (typeof RANGE_NAMES)[number][];

/** What is shown: a named period, or two days of the site, both included, or the start of an hour and the last second of one. */
export type Period = DateRange;

/** Shown when the address names none. */
export const DEFAULT_PERIOD = '28d' satisfies Period;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?)(Z|[+-]\d{2}:\d{2})$/;

const isNamed = (text: string): text is (typeof NAMED_PERIODS)[number] =>
  (NAMED_PERIODS as readonly string[]).includes(text);

const isMoment = (text: string): boolean => (DAY.test(text) || TIME.test(text)) && !Number.isNaN(Date.parse(text));

/** A time with offset so many seconds later, at the same offset. */
const later = (time: string, seconds: number): string => {
  const [, wall = '', offset = ''] = TIME.exec(time) ?? [];
  return new Date(Date.parse(`${wall}Z`) + seconds * 1000).toISOString().slice(0, 19) + offset;
};

/** Last second of the hour that a label of an answer stands for: half an hour that a change of clocks leaves ends with it. */
export const lastSecondOf = (hour: string): string => {
  const [, wall = '', offset = ''] = TIME.exec(hour) ?? [];
  return `${wall.slice(0, 'YYYY-MM-DDTHH:'.length)}59:59${offset}`;
};

/** An end on the hour leaves that hour out, and is written as the second before it, which has the day that is shown last. */
const ofTimes = (from: string, to: string): Period | null => {
  if (!TIME.test(from) || !TIME.test(to)) return from <= to ? [from, to] : null;
  // Links of up to version 0.2 name a single hour like this.
  if (from === to) return [from, lastSecondOf(from)];
  const last = /T\d{2}:00(?::00)?[^\d:]/.test(to) ? later(to, -1) : to;
  return Date.parse(from) < Date.parse(last) ? [from, last] : null;
};

/**
 * Reads a period from an address; what cannot be read is the default.
 *
 * @example parsePeriod('2026-03-01..2026-03-07') // ['2026-03-01', '2026-03-07']
 */
export const parsePeriod = (text: string | null): Period => {
  if (text === null) return DEFAULT_PERIOD;
  if (isNamed(text)) return text;
  const [from, to, ...rest] = text.split('..');
  const readable = from !== undefined && to !== undefined && rest.length === 0 && isMoment(from) && isMoment(to);
  return (readable && ofTimes(from, to)) || DEFAULT_PERIOD;
};

/** Writes a period as {@link parsePeriod} reads it. */
export const periodText = (period: Period): string => (typeof period === 'string' ? period : period.join('..'));

/** The day that `now` (Unix milliseconds) falls on in a time zone, `YYYY-MM-DD`. */
export const localDay = (now: number, timezone: string): string =>
  // Sweden writes dates as ISO 8601 does.
  new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short' }).format(now);

/** True if the numbers of a period can still change: it reaches to `now` (Unix milliseconds), or has other days tomorrow. */
export const isUnderWay = (period: Period, now: number, timezone: string): boolean => {
  if (typeof period === 'string') return true;
  const [, to] = period;
  return DAY.test(to) ? to >= localDay(now, timezone) : Date.parse(to) + 1_000 > now;
};

/** Days from one local day or time to another, both included. */
export const spanOf = ([from, to]: readonly [string, string]): number =>
  daysBetween(from.slice(0, 10), to.slice(0, 10)) + 1;

/** Last day of a day's month. */
export const endOfMonth = (day: string): string => addDays(addMonths(`${day.slice(0, 7)}-01`, 1), -1);

/** Days of a period when it is over; null where they depend on the data, or it is one of hours. */
const wholeRange = (period: Period, today: string): readonly [string, string] | null => {
  if (typeof period !== 'string') return DAY.test(period[0]) && DAY.test(period[1]) ? period : null;
  return isNamedDays(period) ? daysOfNamed(period, today) : null;
};

/** First and last day that a period shows, until today; null where they depend on the data. */
export const daysShown = (period: Period, today: string): readonly [string, string] | null => {
  if (period === '24h') return [addDays(today, -1), today];
  if (typeof period !== 'string') return [period[0].slice(0, 10), period[1].slice(0, 10)];
  const [from, to] = wholeRange(period, today) ?? [null, null];
  return from === null ? null : [from, to < today ? to : today];
};

/** Days that a period spans until today; null where that depends on the data. */
export const daysIn = (period: Period, today: string): number | null => {
  if (period === '24h') return 1;
  if (period === 'all') return null;
  if (typeof period !== 'string') return spanOf(period);
  const [from, to] = wholeRange(period, today) ?? [today, today];
  return spanOf([from, to < today ? to : today]);
};

const monthsIn = ([from, to]: readonly [string, string]): number | null => {
  if (!from.endsWith('-01') || to !== endOfMonth(to)) return null;
  const [years, months] = [0, 1].map((part) => Number(to.split('-')[part]) - Number(from.split('-')[part]));
  return (years ?? 0) * 12 + (months ?? 0) + 1;
};

/**
 * The period as long as this one right before or after it: whole months move by months. Null where there is none: of
 * hours, of all time, or in the future.
 *
 * @example shiftPeriod('7d', -1, '2026-03-14') // ['2026-03-01', '2026-03-07']
 */
export const shiftPeriod = (period: Period, direction: -1 | 1, today: string): Period | null => {
  const range = wholeRange(period, today);
  if (!range) return null;
  const [from, to] = range;
  const months = monthsIn(range);
  const by = direction * (months ?? spanOf(range));
  const next = months
    ? ([addMonths(from, by), endOfMonth(addMonths(to, by))] as const)
    : ([addDays(from, by), addDays(to, by)] as const);
  if (next[0] > today) return null;
  return NAMED_PERIODS.find((name) => wholeRange(name, today)?.join() === next.join()) ?? next;
};
