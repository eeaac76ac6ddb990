import { expect, test } from 'vitest';
import { zone } from '../../lib/time-zone.ts';
import type { Comparisons, DateRange, TimeDimension } from '../stats/query.ts';
import { comparedWith } from './comparison-period.ts';
import { counterpartsOf } from './counterparts.ts';
import { boundsOf, type QueryContext, resolveRange } from './range.ts';
import { labelsOf } from './time-buckets.ts';

const BERLIN = 'Europe/Berlin';
const NOW = '2026-06-10T15:30:00+02:00';

const BEFORE: Comparisons = { mode: 'previous_period' };
const SAME_DAYS: Comparisons = { mode: 'previous_period', match_day_of_week: true };
const YEAR: Comparisons = { mode: 'year_over_year' };
const YEAR_SAME_DAYS: Comparisons = { mode: 'year_over_year', match_day_of_week: true };
const own = (from: string, to: string): Comparisons => ({ mode: 'custom', date_range: [from, to] });
const ownSameDays = (from: string, to: string): Comparisons => ({ ...own(from, to), match_day_of_week: true });

const moment = (now: string, name = BERLIN): QueryContext => ({
  zone: zone(name),
  now: Date.parse(now),
  firstDay: '2020-01-01',
});

const compared = (asked: Comparisons, range: DateRange, at: QueryContext) =>
  comparedWith(asked, range, resolveRange(range, at), at);

/** First and last second, as local times. */
const ends = (asked: Comparisons, range: DateRange, at: QueryContext): string[] => {
  const { from, to } = boundsOf(compared(asked, range, at).range, at.zone);
  return [at.zone.format(from * 1000), at.zone.format((to - 1) * 1000)];
};

test.each<[string, Comparisons, DateRange, string, string, string]>([
  ['a year before, to the hour', YEAR, '28d', NOW, '2025-05-14T00:00:00+02:00', '2025-06-10T15:59:59+02:00'],
  ['a year before, a day', YEAR, 'day', NOW, '2025-06-10T00:00:00+02:00', '2025-06-10T15:59:59+02:00'],
  ['a year before, what is over', YEAR, 'yesterday', NOW, '2025-06-09T00:00:00+02:00', '2025-06-09T23:59:59+02:00'],
  [
    'a year before, what is to come',
    YEAR,
    ['2026-07-01', '2026-07-03'],
    NOW,
    '2025-07-01T00:00:00+02:00',
    '2025-07-03T23:59:59+02:00',
  ],
  [
    '29 February',
    YEAR,
    ['2028-02-29', '2028-02-29'],
    '2028-06-01T12:00:00Z',
    '2027-02-28T00:00:00+01:00',
    '2027-02-28T23:59:59+01:00',
  ],
  [
    '29 February, under way',
    YEAR,
    'day',
    '2028-02-29T10:10:00+01:00',
    '2027-02-28T00:00:00+01:00',
    '2027-02-28T10:59:59+01:00',
  ],
  [
    'a February to a longer one',
    YEAR,
    'last_month',
    '2029-03-05T12:00:00Z',
    '2028-02-01T00:00:00+01:00',
    '2028-02-29T23:59:59+01:00',
  ],
  [
    '… by its days',
    YEAR,
    ['2029-02-01', '2029-02-28'],
    '2029-03-05T12:00:00Z',
    '2028-02-01T00:00:00+01:00',
    '2028-02-29T23:59:59+01:00',
  ],
  [
    '… and no other days',
    YEAR,
    ['2029-02-10', '2029-02-28'],
    '2029-03-05T12:00:00Z',
    '2028-02-10T00:00:00+01:00',
    '2028-02-28T23:59:59+01:00',
  ],
  ['twelve months', YEAR, '12mo', NOW, '2024-07-01T00:00:00+02:00', '2025-06-10T15:59:59+02:00'],
  ['last year', YEAR, 'last_year', NOW, '2024-01-01T00:00:00+01:00', '2024-12-31T23:59:59+01:00'],
  [
    'hours of a year before, by the clock on the wall',
    YEAR,
    ['2026-03-29T08:00:00+02:00', '2026-03-29T10:00:00+02:00'],
    NOW,
    '2025-03-29T08:00:00+01:00',
    '2025-03-29T09:59:59+01:00',
  ],
  [
    'hours under way',
    YEAR,
    ['2026-06-10T14:00:00+02:00', '2026-06-10T20:00:00+02:00'],
    NOW,
    '2025-06-10T14:00:00+02:00',
    '2025-06-10T15:59:59+02:00',
  ],
  ['24 hours of a year before', YEAR, '24h', NOW, '2025-06-09T16:00:00+02:00', '2025-06-10T15:59:59+02:00'],
  [
    '… to 29 February',
    YEAR,
    '24h',
    '2028-02-29T11:30:00+01:00',
    '2027-02-27T12:00:00+01:00',
    '2027-02-28T11:59:59+01:00',
  ],
  [
    '… from 29 February',
    YEAR,
    '24h',
    '2028-03-01T11:30:00+01:00',
    '2027-02-28T12:00:00+01:00',
    '2027-03-01T11:59:59+01:00',
  ],
  [
    '… and hours over it',
    YEAR,
    ['2028-02-28T12:00:00+01:00', '2028-03-01T12:00:00+01:00'],
    '2028-06-01T12:00:00Z',
    '2027-02-27T12:00:00+01:00',
    '2027-03-01T11:59:59+01:00',
  ],
  ['52 weeks', YEAR_SAME_DAYS, 'day', NOW, '2025-06-11T00:00:00+02:00', '2025-06-11T15:59:59+02:00'],
  ['52 weeks of a month', YEAR_SAME_DAYS, 'last_month', NOW, '2025-05-02T00:00:00+02:00', '2025-06-01T23:59:59+02:00'],
  ['a week before a day', SAME_DAYS, 'day', NOW, '2026-06-03T00:00:00+02:00', '2026-06-03T15:59:59+02:00'],
  ['a week before 24 hours', SAME_DAYS, '24h', NOW, '2026-06-02T16:00:00+02:00', '2026-06-03T15:59:59+02:00'],
  ['four weeks are four weeks', SAME_DAYS, '28d', NOW, '2026-04-16T00:00:00+02:00', '2026-05-13T15:59:59+02:00'],
  ['30 days are five weeks', SAME_DAYS, '30d', NOW, '2026-04-07T00:00:00+02:00', '2026-05-06T15:59:59+02:00'],
  ['ten days of a month are two', SAME_DAYS, 'month', NOW, '2026-05-18T00:00:00+02:00', '2026-05-27T15:59:59+02:00'],
  [
    'an hour that the earlier day does not have is the next one',
    SAME_DAYS,
    ['2026-04-05T02:00:00+02:00', '2026-04-05T03:00:00+02:00'],
    NOW,
    '2026-03-29T03:00:00+02:00',
    '2026-03-29T03:59:59+02:00',
  ],
  [
    'an hour that comes twice there is both',
    SAME_DAYS,
    ['2026-11-01T02:00:00+01:00', '2026-11-01T03:00:00+01:00'],
    '2026-12-01T12:00:00Z',
    '2026-10-25T02:00:00+02:00',
    '2026-10-25T02:59:59+01:00',
  ],
  [
    'one’s own, as it is',
    own('2026-01-01', '2026-03-31'),
    '7d',
    NOW,
    '2026-01-01T00:00:00+01:00',
    '2026-03-31T23:59:59+02:00',
  ],
  [
    'one’s own hours',
    own('2026-01-01T10:00:00+01:00', '2026-01-01T12:00:00+01:00'),
    '7d',
    NOW,
    '2026-01-01T10:00:00+01:00',
    '2026-01-01T11:59:59+01:00',
  ],
  // From a Monday.
  ...(
    [
      ['2026-05-18', '2026-05-18', '2026-05-20'],
      ['2026-05-19', '2026-05-18', '2026-05-20'],
      ['2026-05-21', '2026-05-18', '2026-05-20'],
      ['2026-05-22', '2026-05-25', '2026-05-27'],
      ['2026-05-24', '2026-05-25', '2026-05-27'],
      ['2026-06-12', '2026-06-15', '2026-06-17'],
    ] as const
  ).map(([from, first, last]): [string, Comparisons, DateRange, string, string, string] => [
    `to the nearest Monday, from ${from}`,
    ownSameDays(from, new Date(Date.parse(from) + 2 * 86_400_000).toISOString().slice(0, 10)),
    ['2026-06-08', '2026-06-10'],
    NOW,
    `${first}T00:00:00+02:00`,
    `${last}T23:59:59+02:00`,
  ]),
])('%s', (_name, asked, range, now, first, last) => {
  expect(ends(asked, range, moment(now))).toEqual([first, last]);
});

test.each<[Comparisons, string]>([
  [own('2026-03-02', '2026-03-01'), 'include.comparisons.date_range'],
  [own('1999-12-31', '2026-03-01'), 'include.comparisons.date_range'],
  [own('2026-03-01T10:30:00+01:00', '2026-03-01T12:00:00+01:00'), 'include.comparisons.date_range[0]'],
])('%j is refused', (asked, field) => {
  expect(() => compared(asked, '7d', moment(NOW))).toThrow(expect.objectContaining({ name: 'FieldError', field }));
});

/** Of each time group the one in its place, by what is told apart. */
const pairs = (time: TimeDimension, asked: Comparisons, range: DateRange, at: QueryContext): string[] => {
  const { range: other, dayOf } = compared(asked, range, at);
  const labels = labelsOf(time, resolveRange(range, at), at.zone, at.now);
  const found = counterpartsOf(time, labels, labelsOf(time, other, at.zone, at.now), dayOf);
  const short = (label: string | undefined): string => label?.slice(5).replace(':00:00', 'h') ?? '–';
  return labels.map((label) => `${short(label)} ${short(found.get(label))}`);
};

test('days stand beside those of the calendar, and the last of a longer month beside none', () => {
  const days = pairs('time:day', BEFORE, 'last_month', moment('2026-04-10T12:00:00Z'));
  expect(days.slice(0, 2)).toEqual(['03-01 02-01', '03-02 02-02']);
  expect(days.slice(-4)).toEqual(['03-28 02-28', '03-29 –', '03-30 –', '03-31 –']);
});

test.each<[string, Comparisons, DateRange, string[]]>([
  ['29 February beside none', YEAR, ['2028-02-28', '2028-03-01'], ['02-28 02-28', '02-29 –', '03-01 03-01']],
  [
    'one’s own in order',
    own('2027-01-30', '2027-01-31'),
    ['2028-02-28', '2028-03-01'],
    ['02-28 01-30', '02-29 01-31', '03-01 –'],
  ],
])('%s', (_name, asked, range, due) => {
  expect(pairs('time:day', asked, range, moment('2028-06-01T12:00:00Z'))).toEqual(due);
});

test.each<[string, Comparisons, string, string, string[]]>([
  ['a day of 23 hours', BEFORE, BERLIN, '2026-03-29', ['01h+01:00 01h+01:00', '03h+02:00 03h+01:00']],
  ['the day after it', BEFORE, BERLIN, '2026-03-30', ['01h+02:00 01h+01:00', '02h+02:00 –', '03h+02:00 03h+02:00']],
  ['a day of 25 hours', BEFORE, BERLIN, '2026-10-25', ['02h+02:00 02h+02:00', '02h+01:00 –', '03h+01:00 03h+02:00']],
  ['the day after it', BEFORE, BERLIN, '2026-10-26', ['02h+01:00 02h+02:00', '03h+01:00 03h+01:00']],
  ['a year before', YEAR, BERLIN, '2026-03-30', ['01h+02:00 01h+01:00', '02h+02:00 –', '03h+02:00 03h+02:00']],
  [
    'a day of half an hour more',
    BEFORE,
    'Australia/Lord_Howe',
    '2026-04-05',
    ['01h+11:00 01h+11:00', '01:30:00+10:30 –', '02h+10:30 02h+11:00'],
  ],
])('hours stand beside those of the same name: %s', (_name, asked, name, day, due) => {
  const found = pairs('time:hour', asked, [day, day], moment('2026-12-01T12:00:00Z', name)).map((pair) =>
    pair.replaceAll(/\d\d-\d\dT/g, ''),
  );
  expect(found).toEqual(expect.arrayContaining(due));
  expect(found.join()).toContain(due.join());
});

test('the last 24 hours stand beside those of the same name, other hours in order', () => {
  const day = pairs('time:hour', BEFORE, '24h', moment('2026-03-30T12:30:00+02:00'));
  expect(day).toContain('03-29T13h+02:00 03-28T13h+01:00');
  expect(day).toContain('03-30T12h+02:00 03-29T12h+02:00');
  const hours = pairs('time:hour', BEFORE, ['2026-06-09T10:00:00+02:00', '2026-06-09T12:00:00+02:00'], moment(NOW));
  expect(hours).toEqual(['06-09T10h+02:00 06-09T08h+02:00', '06-09T11h+02:00 06-09T09h+02:00']);
});

test('weeks and months stand in order', () => {
  expect(pairs('time:week', BEFORE, '28d', moment(NOW))).toEqual([
    '05-11 04-13',
    '05-18 04-20',
    '05-25 04-27',
    '06-01 05-04',
    '06-08 05-11',
  ]);
  expect(pairs('time:month', YEAR, '6mo', moment(NOW))).toEqual([
    '01-01 01-01',
    '02-01 02-01',
    '03-01 03-01',
    '04-01 04-01',
    '05-01 05-01',
    '06-01 06-01',
  ]);
});
