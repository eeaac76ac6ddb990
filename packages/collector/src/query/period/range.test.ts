import { describe, expect, it, test } from 'vitest';
import { zone } from '../../lib/time-zone.ts';
import type { DateRange } from '../stats/query.ts';
import { comparisonPeriodOf } from './comparison-period.ts';
import { boundsOf, type QueryContext, resolveRange } from './range.ts';
import { labelsOf } from './time-buckets.ts';

const BERLIN = 'Europe/Berlin';

const moment = (name: string, now: string): QueryContext => ({
  zone: zone(name),
  now: Date.parse(now),
  firstDay: '2025-11-30',
});

/** First and last second of what a range asks for, as local times. */
const times = (asked: DateRange, at: QueryContext): string[] => ends(resolveRange(asked, at), at);

const ends = (range: Parameters<typeof boundsOf>[0], { zone }: QueryContext): string[] => {
  const { from, to } = boundsOf(range, zone);
  return [zone.format(from * 1000), zone.format((to - 1) * 1000)];
};

describe('range', () => {
  test.each<[DateRange, string, string, string, string]>([
    ['day', BERLIN, '2026-06-10T15:30:00+02:00', '2026-06-10T00:00:00+02:00', '2026-06-10T23:59:59+02:00'],
    ['day', BERLIN, '2026-06-10T00:00:00+02:00', '2026-06-10T00:00:00+02:00', '2026-06-10T23:59:59+02:00'],
    ['day', BERLIN, '2026-03-29T12:00:00+02:00', '2026-03-29T00:00:00+01:00', '2026-03-29T23:59:59+02:00'],
    ['day', BERLIN, '2026-10-25T12:00:00+01:00', '2026-10-25T00:00:00+02:00', '2026-10-25T23:59:59+01:00'],
    [
      'day',
      'America/Los_Angeles',
      '2026-11-01T23:30:00-08:00',
      '2026-11-01T00:00:00-07:00',
      '2026-11-01T23:59:59-08:00',
    ],
    ['day', 'Asia/Kathmandu', '2026-06-09T18:15:00Z', '2026-06-10T00:00:00+05:45', '2026-06-10T23:59:59+05:45'],
    [
      'day',
      'Australia/Lord_Howe',
      '2026-10-04T12:00:00+11:00',
      '2026-10-04T00:00:00+10:30',
      '2026-10-04T23:59:59+11:00',
    ],
    ['24h', BERLIN, '2026-06-10T15:30:00+02:00', '2026-06-09T16:00:00+02:00', '2026-06-10T15:59:59+02:00'],
    ['24h', BERLIN, '2026-03-29T12:30:00+02:00', '2026-03-28T12:00:00+01:00', '2026-03-29T12:59:59+02:00'],
    ['24h', 'Asia/Kathmandu', '2026-06-10T15:30:00+05:45', '2026-06-09T16:00:00+05:45', '2026-06-10T15:59:59+05:45'],
    // Of the last hour of a day, the 24 hours are the day.
    ['24h', BERLIN, '2026-06-10T23:30:00+02:00', '2026-06-10T00:00:00+02:00', '2026-06-10T23:59:59+02:00'],
    ['7d', BERLIN, '2026-03-30T00:30:00+02:00', '2026-03-24T00:00:00+01:00', '2026-03-30T23:59:59+02:00'],
    ['28d', BERLIN, '2026-03-01T12:00:00+01:00', '2026-02-02T00:00:00+01:00', '2026-03-01T23:59:59+01:00'],
    ['30d', BERLIN, '2026-03-01T12:00:00+01:00', '2026-01-31T00:00:00+01:00', '2026-03-01T23:59:59+01:00'],
    ['month', 'Pacific/Kiritimati', '2026-05-31T10:00:00Z', '2026-06-01T00:00:00+14:00', '2026-06-01T23:59:59+14:00'],
    ['year', 'Pacific/Pago_Pago', '2026-01-01T10:00:00Z', '2025-01-01T00:00:00-11:00', '2025-12-31T23:59:59-11:00'],
    ['all', BERLIN, '2026-06-10T12:00:00+02:00', '2025-11-30T00:00:00+01:00', '2026-06-10T23:59:59+02:00'],
    [
      ['2026-10-25', '2026-10-25'],
      BERLIN,
      '2026-11-01T00:00:00Z',
      '2026-10-25T00:00:00+02:00',
      '2026-10-25T23:59:59+01:00',
    ],
    [
      ['2026-06-09T10:59:00+02:00', '2026-06-09T09:00:00Z'],
      BERLIN,
      '2026-06-10T00:00:00Z',
      '2026-06-09T10:00:00+02:00',
      '2026-06-09T11:59:59+02:00',
    ],
    // The hour that comes twice.
    [
      ['2026-10-25T00:30:00Z', '2026-10-25T00:30:00Z'],
      BERLIN,
      '2026-11-01T00:00:00Z',
      '2026-10-25T02:00:00+02:00',
      '2026-10-25T02:59:59+02:00',
    ],
    [
      ['2026-10-25T01:30:00Z', '2026-10-25T01:30:00Z'],
      BERLIN,
      '2026-11-01T00:00:00Z',
      '2026-10-25T02:00:00+01:00',
      '2026-10-25T02:59:59+01:00',
    ],
  ])('%j in %s at %s', (asked, name, now, first, last) => {
    expect(times(asked, moment(name, now))).toEqual([first, last]);
  });

  it('takes hours that fill their days for days', () => {
    const at = moment(BERLIN, '2026-06-10T12:00:00+02:00');
    expect(resolveRange(['2026-03-29T00:00:00+01:00', '2026-03-29T23:00:00+02:00'], at).hours).toBeNull();
    expect(resolveRange(['2026-03-29T00:00:00+01:00', '2026-03-29T22:59:59+02:00'], at).hours).not.toBeNull();
  });

  test.each<[DateRange, RegExp]>([
    [['2026-06-10', '2026-06-09'], /end before it begins/],
    [['2026-06-10T10:00:00Z', '2026-06-10T08:00:00Z'], /end before it begins/],
    [['2010-01-01', '2026-01-01'], /longer than 10 years/],
    [['1969-12-31', '1970-01-01'], /between 2000-01-01 and 2099-12-31/],
    [['2099-12-31', '2100-01-01'], /between/],
    [['2026-06-10T10:00:00Z', '9999-12-31T23:59:59Z'], /between/],
  ])('%j is refused', (asked, message) => {
    expect(() => resolveRange(asked, moment(BERLIN, '2026-06-10T12:00:00Z'))).toThrow(
      expect.objectContaining({ name: 'FieldError', field: 'date_range', message: expect.stringMatching(message) }),
    );
  });
});

test.each<[string, DateRange, string, string, string, string]>([
  [
    'yesterday to the same hour',
    'day',
    BERLIN,
    '2026-06-10T15:30:00+02:00',
    '2026-06-09T00:00:00+02:00',
    '2026-06-09T15:59:59+02:00',
  ],
  [
    'a whole day after its last hour',
    'day',
    BERLIN,
    '2026-06-10T23:30:00+02:00',
    '2026-06-09T00:00:00+02:00',
    '2026-06-09T23:59:59+02:00',
  ],
  [
    'the day before clocks change',
    'day',
    BERLIN,
    '2026-03-29T12:30:00+02:00',
    '2026-03-28T00:00:00+01:00',
    '2026-03-28T12:59:59+01:00',
  ],
  [
    'the day on which they change',
    'day',
    BERLIN,
    '2026-03-30T12:30:00+02:00',
    '2026-03-29T00:00:00+01:00',
    '2026-03-29T12:59:59+02:00',
  ],
  [
    'the hour left out',
    'day',
    BERLIN,
    '2026-03-30T02:30:00+02:00',
    '2026-03-29T00:00:00+01:00',
    '2026-03-29T01:59:59+01:00',
  ],
  [
    'both of the hour that comes twice',
    'day',
    BERLIN,
    '2026-10-26T02:30:00+01:00',
    '2026-10-25T00:00:00+02:00',
    '2026-10-25T02:59:59+01:00',
  ],
  [
    'the hours before',
    '24h',
    BERLIN,
    '2026-06-10T15:30:00+02:00',
    '2026-06-08T16:00:00+02:00',
    '2026-06-09T15:59:59+02:00',
  ],
  ['a week', '7d', BERLIN, '2026-06-10T15:30:00+02:00', '2026-05-28T00:00:00+02:00', '2026-06-03T15:59:59+02:00'],
  [
    'the month before to the same day',
    'month',
    BERLIN,
    '2026-06-10T15:30:00+02:00',
    '2026-05-01T00:00:00+02:00',
    '2026-05-10T15:59:59+02:00',
  ],
  [
    'the last day of a shorter month',
    'month',
    BERLIN,
    '2026-03-31T15:30:00+02:00',
    '2026-02-01T00:00:00+01:00',
    '2026-02-28T15:59:59+01:00',
  ],
  [
    'the year before',
    'year',
    BERLIN,
    '2028-02-29T15:30:00+01:00',
    '2027-01-01T00:00:00+01:00',
    '2027-02-28T15:59:59+01:00',
  ],
  [
    'days that are over',
    ['2026-06-08', '2026-06-09'],
    BERLIN,
    '2026-06-10T15:30:00+02:00',
    '2026-06-06T00:00:00+02:00',
    '2026-06-07T23:59:59+02:00',
  ],
  [
    'days under way',
    ['2026-06-09', '2026-06-14'],
    BERLIN,
    '2026-06-10T15:30:00+02:00',
    '2026-06-03T00:00:00+02:00',
    '2026-06-04T15:59:59+02:00',
  ],
  [
    'hours that are over',
    ['2026-06-09T10:00:00+02:00', '2026-06-09T11:00:00+02:00'],
    BERLIN,
    '2026-06-10T15:30:00+02:00',
    '2026-06-09T08:00:00+02:00',
    '2026-06-09T09:59:59+02:00',
  ],
  [
    'hours under way',
    ['2026-06-10T14:00:00+02:00', '2026-06-10T19:00:00+02:00'],
    BERLIN,
    '2026-06-10T15:30:00+02:00',
    '2026-06-10T08:00:00+02:00',
    '2026-06-10T09:59:59+02:00',
  ],
])('the period before: %s', (_name, asked, name, now, first, last) => {
  const at = moment(name, now);
  expect(ends(comparisonPeriodOf(asked, resolveRange(asked, at), at), at)).toEqual([first, last]);
});

describe('labels', () => {
  const labels = (time: 'time:day' | 'time:hour', asked: DateRange, name: string, now: string): string[] => {
    const at = moment(name, now);
    return labelsOf(time, resolveRange(asked, at), at.zone, at.now);
  };
  const later = '2026-12-31T00:00:00Z';

  it('are the days, also where clocks change', () => {
    expect(labels('time:day', ['2026-03-28', '2026-03-30'], BERLIN, later)).toEqual([
      '2026-03-28',
      '2026-03-29',
      '2026-03-30',
    ]);
  });

  it('end with what is under way', () => {
    expect(labels('time:day', ['2026-06-09', '2026-06-14'], BERLIN, '2026-06-10T00:00:00+02:00')).toEqual([
      '2026-06-09',
      '2026-06-10',
    ]);
    expect(labels('time:hour', 'day', BERLIN, '2026-06-10T01:00:00+02:00')).toEqual([
      '2026-06-10T00:00:00+02:00',
      '2026-06-10T01:00:00+02:00',
    ]);
    expect(labels('time:day', ['2026-06-11', '2026-06-14'], BERLIN, '2026-06-10T00:00:00+02:00')).toEqual([]);
    expect(labels('time:hour', ['2026-06-11', '2026-06-14'], BERLIN, '2026-06-10T00:00:00+02:00')).toEqual([]);
  });

  it.each([
    [BERLIN, '2026-03-29', 23, '2026-03-29T01:00:00+01:00', '2026-03-29T03:00:00+02:00'],
    [BERLIN, '2026-10-25', 25, '2026-10-25T02:00:00+02:00', '2026-10-25T02:00:00+01:00'],
    ['America/Los_Angeles', '2026-11-01', 25, '2026-11-01T01:00:00-07:00', '2026-11-01T01:00:00-08:00'],
    ['Asia/Kathmandu', '2026-06-10', 24, '2026-06-10T01:00:00+05:45', '2026-06-10T02:00:00+05:45'],
    ['Australia/Lord_Howe', '2026-04-05', 25, '2026-04-05T01:00:00+11:00', '2026-04-05T01:30:00+11:00'],
  ])('are the hours of %s %s: %i', (name, day, count, one, next) => {
    const list = labels('time:hour', [day, day], name, later);
    expect(list).toHaveLength(count);
    expect(list[list.indexOf(one) + 1]).toBe(next);
  });

  it('are 24 for the last 24 hours', () => {
    for (const now of ['2026-03-29T12:30:00+02:00', '2026-10-25T12:30:00+01:00', '2026-06-10T12:30:00+02:00'])
      expect(labels('time:hour', '24h', BERLIN, now)).toHaveLength(24);
  });

  it('are refused by the hour for too many days', () => {
    expect(() => labels('time:hour', ['2025-01-01', '2026-06-01'], BERLIN, later)).toThrow(
      expect.objectContaining({ field: 'date_range' }),
    );
  });
});
