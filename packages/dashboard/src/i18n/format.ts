import { addDays } from '@passerby/collector/calendar-day';
import type { Metric } from '@passerby/collector/query';
import type { Grain } from '../state/grain.ts';
import { locales } from './text.ts';

/** Shown where there is nothing to divide by. */
const NONE = '–';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const PERCENTS: readonly string[] = ['bounce_rate', 'exit_rate', 'scroll_depth', 'percentage'] satisfies Metric[];
const DURATIONS: readonly string[] = ['visit_duration', 'time_on_page'] satisfies Metric[];

const FRACTIONS: readonly string[] = [
  'views_per_visit',
  'visits_per_visitor',
  'events_per_visitor',
  'revenue_per_visitor',
] satisfies Metric[];

/** True for a metric in percent. */
const isPercent = (metric: Metric): boolean => PERCENTS.includes(metric);
/** True for a metric in seconds. */
export const isDuration = (metric: Metric): boolean => DURATIONS.includes(metric);

/** Numbers up to here are written out in figures. */
const WRITTEN_OUT = 999_999;

/**
 * A length of time in its two largest units, the second in two digits, so that those below each other can be compared.
 *
 * @param seconds Seconds.
 * @example duration(185) // '3m 05s'
 */
export const duration = (seconds: number): string => {
  const whole = Math.round(seconds);
  if (whole < MINUTE) return `${whole}s`;
  if (whole < HOUR) return twoUnits(Math.floor(whole / MINUTE), 'm', whole % MINUTE, 's');
  return twoUnits(Math.floor(whole / HOUR), 'h', Math.floor((whole % HOUR) / MINUTE), 'm');
};

const twoUnits = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  `${large}${largeUnit} ${String(small).padStart(2, '0')}${smallUnit}`;

/** What a whole number of units has behind it. */
const NOTHING_MORE = / 00[ms]$/;

/** Units of sizes, each a thousand of the one before, as disks are sold. */
const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;

/** What is rounded up to a thousand is one of the next unit. */
const THOUSAND = 999.5;

/**
 * Time groups carry the site's wall clock (`2026-03-29T02:00:00+01:00`). Read as if it were UTC, and written as UTC,
 * it comes out as the site's clock showed it, wherever the reader is.
 */
const wallClock = (label: string): number => Date.parse(label.length > 10 ? `${label.slice(0, 19)}Z` : label);

/** The same for several time zones: making a formatter takes longer than using it. */
const inZones = (locale: string | readonly string[], options: Intl.DateTimeFormatOptions) => {
  const made = new Map<string, Intl.DateTimeFormat>();
  return (timeZone: string): Intl.DateTimeFormat => {
    const kept = made.get(timeZone) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone });
    made.set(timeZone, kept);
    return kept;
  };
};

/** How everything is written for one locale, or for the first of several that the browser knows. */
export const createFormat = (locale: string | readonly string[]) => {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const two = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const one = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const few = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const finePercent = new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const fewPercent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const sizes = SIZES.map((unit) => {
    const inUnit = (maximumFractionDigits: number) =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        // Shortened, it would have no plural.
        unitDisplay: unit === 'byte' ? 'long' : 'short',
        maximumFractionDigits,
      });
    return { whole: inUnit(0), fine: inUnit(1) };
  });
  const ahead = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'long' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const date = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
  const day = date({ month: 'short', day: 'numeric' });
  const longDay = date({ weekday: 'short', month: 'short', day: 'numeric' });
  const hour = date({ hour: 'numeric', minute: '2-digit' });
  const dayAndHour = date({ month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' });
  const fullDay = date({ year: 'numeric', month: 'short', day: 'numeric' });
  const month = date({ year: 'numeric', month: 'short' });
  const longMonth = date({ year: 'numeric', month: 'long' });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const momentIn = inZones(locale, { dateStyle: 'medium', timeStyle: 'long' });
  const minuteIn = inZones(locale, { timeStyle: 'short' });
  const clockIn = inZones(locale, {
    month: 'short',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });

  const isHour = (label: string) => label.length > 10;

  return {
    /** A count, written out. */
    count: (value: number): string => whole.format(value),
    /** A count in few characters: `1.2K`. */
    short: (value: number): string => short.format(value),
    /** A share between 0 and 1. */
    share: (value: number): string => (value > 0 && value < 0.01 ? `<${percent.format(0.01)}` : percent.format(value)),
    /** A change in percent; its direction is told beside it. */
    change: (value: number): string => percent.format(Math.abs(value) / 100),

    /** Bytes in three or four digits: `1.2 GB`, `340 kB`. */
    bytes(value: number): string {
      const size = Math.abs(value);
      const power = SIZES.findIndex((_, at) => size / 1000 ** at < THOUSAND);
      const at = power < 0 ? SIZES.length - 1 : power;
      const inUnit = value / 1000 ** at;
      const written = sizes[at];
      return (at > 0 && Math.abs(inUnit) < 99.95 ? written?.fine : written?.whole)?.format(inUnit) ?? '';
    },

    /** A metric's value, exactly. */
    exact(metric: Metric, value: number | null): string {
      if (value === null) return NONE;
      if (isPercent(metric)) return (metric === 'scroll_depth' ? percent : finePercent).format(value / 100);
      if (isDuration(metric)) return duration(value);
      return FRACTIONS.includes(metric) ? two.format(value) : whole.format(value);
    },

    /** A metric's value where there is room for seven characters. */
    compact(metric: Metric, value: number | null): string {
      if (value === null) return NONE;
      if (metric === 'percentage') return this.exact(metric, value);
      if (isPercent(metric)) return percent.format(value / 100);
      if (metric === 'views_per_visit') return one.format(value);
      return !isDuration(metric) && value > WRITTEN_OUT ? short.format(value) : this.exact(metric, value);
    },

    /** A metric's value on an axis, where the steps are round: without digits that say nothing. */
    tick(metric: Metric, value: number): string {
      if (isPercent(metric)) return fewPercent.format(value / 100);
      if (isDuration(metric)) return duration(value).replace(NOTHING_MORE, '');
      return value > WRITTEN_OUT ? short.format(value) : few.format(value);
    },

    /** A day of the site in a sentence: `Mar 4`. */
    day: (label: string): string => day.format(wallClock(label)),
    /** A step under the chart: `14:00`, `Mar 4`, `Mar 2026`. `isLong`: the chart crosses a new year. */
    step: (label: string, grain: Grain, isLong: boolean): string => {
      const written = { hour, day: isLong ? fullDay : day, week: isLong ? fullDay : day, month };
      return written[grain].format(wallClock(label));
    },
    /** A step in a sentence: `Wed, Mar 4`, `Mar 2 – 8, 2026`, `March 2026`. */
    longStep: (label: string, grain: Grain): string => {
      if (grain === 'month') return longMonth.format(wallClock(label));
      if (grain === 'week') return fullDay.formatRange(wallClock(label), wallClock(addDays(label, 6)));
      return (grain === 'hour' ? dayAndHour : longDay).format(wallClock(label));
    },

    /** An amount of money. @param currency ISO 4217, or three letters that look like it. */
    money: (value: number, currency: string): string =>
      new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(value),

    /** A range of days or hours of the site. */
    range: (from: string, to: string): string => {
      const written = isHour(from) || isHour(to) ? dayAndHour : fullDay;
      return written.formatRange(wallClock(from), wallClock(to));
    },

    /** How long ago an ISO time was. @param now Unix milliseconds. */
    ago(time: string, now: number): string {
      const seconds = Math.min(0, Math.round((Date.parse(time) - now) / 1000));
      if (seconds > -MINUTE) return relative.format(seconds, 'second');
      if (seconds > -HOUR) return relative.format(Math.trunc(seconds / MINUTE), 'minute');
      if (seconds > -DAY) return relative.format(Math.trunc(seconds / HOUR), 'hour');
      return relative.format(Math.trunc(seconds / DAY), 'day');
    },

    /** How far away a day is: in days, from two months on in months, from two years on in years. @param now Unix milliseconds. */
    until(day: string, now: number): string {
      const days = Math.max(0, Math.round((Date.parse(day) - now) / (DAY * 1000)));
      if (days < 60) return ahead.format(days, 'day');
      return days < 730
        ? ahead.format(Math.round(days / 30.44), 'month')
        : ahead.format(Math.round(days / 365.25), 'year');
    },
    /** A day with its year: `Mar 4, 2026`. */
    fullDay: (label: string): string => fullDay.format(wallClock(label)),
    /** A moment on the clock of a time zone. @param seconds Unix seconds. */
    at: (seconds: number, timeZone: string): string =>
      new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(seconds * 1000),
    /** An ISO time on the reader's clock, in full. */
    moment: (time: string): string => moment.format(Date.parse(time)),
    /** An ISO time on the clock of a site, in full and with its zone. */
    momentIn: (time: string, timeZone: string): string => momentIn(timeZone).format(Date.parse(time)),
    /** A minute on the clock of a site. @param time Unix seconds. */
    minute: (time: number, timeZone: string): string => minuteIn(timeZone).format(time * 1000),
    /** An ISO time on the clock of a site, for a narrow column. */
    clock: (time: string, timeZone: string): string => clockIn(timeZone).format(Date.parse(time)),
  };
};

/** How everything is written for this reader. */
export const format = createFormat(locales);
