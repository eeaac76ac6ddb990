import type { DateRange } from '@passerby/collector/query';

/** Periods with a name, in the order in which the picker lists them. */
export const NAMED_PERIODS = ['day', '24h', '7d', '28d', '30d', 'month', 'year', 'all'] as const;

/** What is shown: a named period, or two days or hours of the site, both included. */
export type Period = DateRange;

/** Shown when the address names none. */
export const DEFAULT_PERIOD = '28d' satisfies Period;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const HOUR = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})$/;

const isNamed = (text: string): text is (typeof NAMED_PERIODS)[number] =>
  (NAMED_PERIODS as readonly string[]).includes(text);

const isMoment = (text: string): boolean => (DAY.test(text) || HOUR.test(text)) && !Number.isNaN(Date.parse(text));

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
  return readable && Date.parse(from) <= Date.parse(to) ? [from, to] : DEFAULT_PERIOD;
};

/** Writes a period as {@link parsePeriod} reads it. */
export const periodText = (period: Period): string => (typeof period === 'string' ? period : period.join('..'));

/** The day that `now` (Unix milliseconds) falls on in a time zone, `YYYY-MM-DD`. */
export const localDay = (now: number, timezone: string): string =>
  // Sweden writes dates as ISO 8601 does.
  new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short' }).format(now);

/** True if the numbers of a period can still change: it reaches to `now` (Unix milliseconds). */
export const isUnderWay = (period: Period, now: number, timezone: string): boolean => {
  if (typeof period === 'string') return true;
  const [, to] = period;
  const HOUR_MS = 3_600_000;
  return DAY.test(to) ? to >= localDay(now, timezone) : Date.parse(to) + HOUR_MS > now;
};

/** Days that a period spans; null where that depends on the data. */
export const daysIn = (period: Period): number | null => {
  const named = { day: 1, '24h': 1, '7d': 7, '28d': 28, '30d': 30, month: 31, year: 366, all: null };
  if (typeof period === 'string') return named[period];
  const [from, to] = period;
  return Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
};
