import { FieldError } from '../../http/field-error.ts';
import { addDays, daysBetween, type Zone } from '../../lib/time-zone.ts';
import type { TimeDimension } from '../stats/query.ts';
import { SPANS } from './granularity.ts';
import { beginOfNamed } from './local-hour.ts';
import { boundsOf, type Range } from './range.ts';

const MAX_HOURS_DAYS = 400;

/**
 * The hours, days, weeks or months of a range in order, as an answer names them, up to the one under way: what has not begun is not
 * zero.
 * @throws FieldError if it is too long to be shown by the hour
 */
export const labelsOf = (time: TimeDimension, range: Range, zone: Zone, now: number): string[] =>
  time === 'time:hour' ? hoursOf(range, zone, now) : [...new Set(daysOf(range, zone.day(now)).map(SPANS[time].of))];

/** How an answer names a local hour, where rows call it by a second: by its begin, with which a range may be asked for. */
export const hourBucketLabel = (hour: number, zone: Zone): string => zone.format(beginOfNamed(hour, zone) * 1000);

const daysOf = ({ first, last }: Range, today: string): string[] => {
  const end = last < today ? last : today;
  return Array.from({ length: Math.max(0, daysBetween(first, end) + 1) }, (_, index) => addDays(first, index));
};

const hoursOf = (range: Range, zone: Zone, now: number): string[] => {
  if (daysBetween(range.first, range.last) >= MAX_HOURS_DAYS)
    throw new FieldError(
      'date_range',
      `must not be longer than ${MAX_HOURS_DAYS} days by the hour`,
      'too_many_days',
      MAX_HOURS_DAYS,
    );
  const { from, to } = boundsOf(range, zone);
  return zone.hours(from * 1000, Math.min(to * 1000 - 1, now)).map((hour) => hourBucketLabel(hour, zone));
};
