import { describe, expect, test } from 'vitest';
import { addDays } from '../lib/calendar-day.ts';
import { type ForecastOf, forecast } from './growth.ts';
import type { Partition } from './measure.ts';

const TODAY = '2036-03-15';
/** The end of the day before. */
const NOW = Date.parse(TODAY);
const GB = 1e9;

/** Rows of so many days on end, of a table that says when they go: so many days after their own. */
const hits = (first: string, days: number, bytes: number, kept: number | null = 3650): Partition => {
  const last = addDays(first, days - 1);
  return {
    table: 'hits',
    rows: bytes,
    bytes,
    parts: 1,
    days: { first, last },
    expires: kept === null ? null : { first: addDays(first, kept), last: addDays(last, kept) },
  };
};
const sums = (first: string, days: number, bytes: number): Partition => ({
  ...hits(first, days, bytes, null),
  table: 'sums',
});

const of = (partitions: readonly Partition[], more: Partial<ForecastOf> = {}) =>
  forecast({ partitions, now: NOW, free: 1000 * GB, sumsDays: null, ...more });

/** Every month of some years, with a GB of each day, as far as they are kept. */
const steady = (days: number, kept: number): Partition[] => {
  const months: Partition[] = [];
  for (let back = 30; back <= Math.ceil(Math.min(days, kept) / 30) * 30; back += 30)
    months.push(hits(addDays(TODAY, -back), 30, 30 * GB, kept));
  return months;
};

describe('growth', () => {
  test.each<[string, readonly Partition[], number | null, number | null]>([
    ['is not said without data', [], null, null],
    ['nor of what has no days', [{ ...hits(TODAY, 1, GB), days: null }], null, null],
    ['nor of less than a day', [hits(TODAY, 1, GB)], null, null],
    ['nor where all days are still to begin', [hits(addDays(TODAY, 1), 1, GB)], null, null],
    ['is that of the first day', [hits(addDays(TODAY, -1), 1, GB)], GB, 1],
    ['is the average of the first days', [hits(addDays(TODAY, -4), 4, 8 * GB)], 2 * GB, 4],
    [
      'is of the last 28 days where there are more',
      [hits('2035-01-01', 365, GB), hits(addDays(TODAY, -28), 28, 56 * GB)],
      2 * GB,
      28,
    ],
    ['takes the rows of a year as spread evenly', [sums('2035-03-16', 365, 365 * GB)], GB, 28],
    ['adds up the tables', [hits(addDays(TODAY, -2), 2, 2 * GB), sums(addDays(TODAY, -2), 2, 4 * GB)], 3 * GB, 2],
    ['counts quiet days', [hits(addDays(TODAY, -14), 1, 28 * GB)], 2 * GB, 14],
    ['is nothing where nothing came for long', [hits('2035-01-01', 31, 5 * GB)], 0, 28],
    ['is nothing where as much goes as comes', steady(2000, 360), 0, 28],
    ['is all that comes while nothing goes', steady(180, 360), GB, 28],
    [
      'is negative where more goes than comes',
      // Of a site that is no longer visited, 30 days of which go.
      [hits(addDays(TODAY, -360), 30, 30 * GB, 360)],
      -GB,
      28,
    ],
    // What comes is gone again before the thirty days are over.
    ['takes what is kept for a few days only', [hits(addDays(TODAY, -10), 10, 10 * GB, 10)], 0, 10],
  ])('%s', (_name, partitions, bytesADay, days) => {
    const found = of(partitions);
    expect(found.days).toBe(days);
    if (bytesADay === null) expect(found.bytesADay).toBeNull();
    else expect((found.bytesADay ?? 0) / GB).toBeCloseTo(bytesADay / GB, 6);
  });

  test('of totals that every site keeps for a time ends with it', () => {
    const year = [sums('2035-03-16', 365, 365 * GB)];
    expect(of(year, { sumsDays: 365 }).bytesADay).toBeCloseTo(0, 6);
    expect(of(year, { sumsDays: 366 + 15 }).bytesADay).toBeGreaterThan(0);
  });

  test('does not depend on the hour at which a day is under way', () => {
    const partitions = [hits(addDays(TODAY, -27), 28, 28 * GB)];
    const noon = NOW + 43_200_000;
    expect(of(partitions, { now: noon }).bytesADay).toBeCloseTo((28 * GB) / 27.5, 3);
  });
});

describe('the day on which the disk is full', () => {
  const growing = [hits(addDays(TODAY, -10), 10, 10 * GB)];
  const day = (partitions: readonly Partition[], free: number | null) => {
    const { full } = of(partitions, { free });
    return full === null ? null : Math.round((full - NOW) / 86_400_000);
  };

  test.each<[string, readonly Partition[], number | null, number | null]>([
    ['is as far as the room is, at this growth', growing, 100 * GB, 100],
    ['is today where there is no room', growing, 0, 0],
    ['is not said of more than five years', growing, 1826 * GB, null],
    ['is said of almost five years', growing, 1800 * GB, 1800],
    ['is not said where nobody knows the room', growing, null, null],
    ['nor on the first day', [hits(TODAY, 1, GB)], GB, null],
    ['never comes where as much goes as comes', steady(2000, 360), 5 * GB, null],
    ['comes where room ends before the first data go', steady(180, 360), 100 * GB, 100],
    ['and never where they go before', steady(180, 360), 200 * GB, null],
  ])('%s', (_name, partitions, free, days) => {
    expect(day(partitions, free)).toBe(days);
  });
});
