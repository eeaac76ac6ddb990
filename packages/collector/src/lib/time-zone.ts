import { utcDay } from './calendar-day.ts';
import { memoize } from './memoize.ts';

export { addDays, addMonths, daysBetween, mondayOf, utcDay } from './calendar-day.ts';

/**
 * Days and hours of a time zone. Instants are Unix milliseconds unless a name says seconds; a day is `YYYY-MM-DD`.
 */

/** A time zone's calendar. */
export interface Zone {
  /** Local day of an instant. */
  day(ms: number): string;
  /**
   * Start of the instant's local hour in Unix seconds: the instant minus its local minutes and seconds. So the hour that
   * a change of clocks repeats counts as two, and in zones of half and quarter hours an hour starts at local :00.
   */
  hourStart(ms: number): number;
  /** First instant of a local day, which need not be midnight. */
  startOfDay(day: string): number;
  /** Starts of the local hours from one instant to another, the latter's included, in Unix seconds. */
  hours(from: number, to: number): number[];
  /** ISO 8601 with the local offset, to the second: `2026-03-29T03:00:00+02:00`. */
  format(ms: number): string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Clocks change at multiples of 15 minutes UTC in every zone, so an offset holds for a bucket of that size. */
const BUCKET = 15 * MINUTE;
/** About half a year of buckets. */
const MOST_BUCKETS = 20_000;
/** Days, of which there are few at a time. */
const MOST_DAYS = 1000;

const zones = new Map<string, Zone>();

/**
 * The zone of an IANA name. Made once a name, and cheap to ask afterwards: an offset is worked out once a bucket.
 * @throws RangeError if this runtime does not know the name.
 * @example zone('Asia/Kathmandu').day(Date.parse('2026-01-01T18:15:00Z')) // '2026-01-02'
 */
export const zone = (name: string): Zone => {
  const known = zones.get(name) ?? createZone(name);
  zones.set(name, known);
  return known;
};

const createZone = (name: string): Zone => {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  const offsetOf = memoize(MOST_BUCKETS, (bucket: number) => offsetIn(format, bucket * BUCKET));
  const offset = (ms: number): number => offsetOf(Math.floor(ms / BUCKET));
  const dayOf = memoize(MOST_DAYS, (number: number) => utcDay(number * DAY));
  const day = (ms: number): string => dayOf(Math.floor((ms + offset(ms)) / DAY));
  const hourStart = (ms: number): number => (ms - mod(ms + offset(ms), HOUR)) / 1000;
  return {
    day,
    hourStart,
    startOfDay: memoize(MOST_DAYS, (of: string) => firstInstant(of, day)),
    hours: (from, to) => [...new Set(instants(from, to, offset).map(hourStart))],
    format: (ms) => new Date(ms + offset(ms)).toISOString().slice(0, 19) + suffix(offset(ms)),
  };
};

const mod = (n: number, by: number): number => ((n % by) + by) % by;

/**
 * Milliseconds that local clocks are ahead of UTC. Reads `GMT+05:45` or `GMT`, the name of an offset in the form that
 * ECMA-402 gives it.
 */
const offsetIn = (format: Intl.DateTimeFormat, ms: number): number => {
  const name = format.formatToParts(ms).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d+):(\d+)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * MINUTE);
};

/** By halving, because the day may begin at 01:00 (clocks changed at midnight) or not exist (Samoa, 2011-12-30). */
const firstInstant = (day: string, dayOf: (ms: number) => string): number => {
  let before = Date.parse(day) / BUCKET - 60;
  let reached = before + 120;
  while (reached - before > 1) {
    const middle = Math.floor((before + reached) / 2);
    if (dayOf(middle * BUCKET) < day) before = middle;
    else reached = middle;
  }
  return reached * BUCKET;
};

/** Instants of which each local hour between two has one: an hour apart, closer where the clocks change. */
const instants = (from: number, to: number, offset: (ms: number) => number): number[] => {
  const list: number[] = [];
  let ms = from;
  while (ms < to) {
    list.push(ms);
    ms += offset(ms) === offset(ms + HOUR) ? HOUR : BUCKET;
  }
  return from <= to ? [...list, to] : [];
};

const suffix = (offset: number): string => {
  const minutes = Math.abs(offset) / MINUTE;
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};
