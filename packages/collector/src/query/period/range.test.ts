import { describe, expect, it, test } from 'vitest';
import { zone } from '../../lib/time-zone.ts';
import type { DateRange } from '../stats/query.ts';
import { periodBefore } from './comparison-period.ts';
import { stepOf } from './granularity.ts';
import { boundsOf, type QueryContext, resolveRange } from './range.ts';
import { hourBucketLabel, labelsOf } from './time-buckets.ts';

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
    ['yesterday', BERLIN, '2026-03-30T00:00:00+02:00', '2026-03-29T00:00:00+01:00', '2026-03-29T23:59:59+02:00'],
    ['yesterday', BERLIN, '2026-01-01T12:00:00+01:00', '2025-12-31T00:00:00+01:00', '2025-12-31T23:59:59+01:00'],
    [
      'yesterday',
      'Pacific/Kiritimati',
      '2026-02-28T10:00:00Z',
      '2026-02-28T00:00:00+14:00',
      '2026-02-28T23:59:59+14:00',
    ],
    ['91d', BERLIN, '2026-06-10T12:00:00+02:00', '2026-03-12T00:00:00+01:00', '2026-06-10T23:59:59+02:00'],
    ['last_week', BERLIN, '2026-06-10T12:00:00+02:00', '2026-06-01T00:00:00+02:00', '2026-06-07T23:59:59+02:00'],
    ['last_week', BERLIN, '2026-06-08T00:00:00+02:00', '2026-06-01T00:00:00+02:00', '2026-06-07T23:59:59+02:00'],
    ['last_week', BERLIN, '2026-06-07T23:59:59+02:00', '2026-05-25T00:00:00+02:00', '2026-05-31T23:59:59+02:00'],
    [
      'last_week',
      'Pacific/Pago_Pago',
      '2026-01-05T10:00:00Z',
      '2025-12-22T00:00:00-11:00',
      '2025-12-28T23:59:59-11:00',
    ],
    ['last_month', BERLIN, '2026-06-10T12:00:00+02:00', '2026-05-01T00:00:00+02:00', '2026-05-31T23:59:59+02:00'],
    ['last_month', BERLIN, '2026-03-31T12:00:00+02:00', '2026-02-01T00:00:00+01:00', '2026-02-28T23:59:59+01:00'],
    ['last_month', BERLIN, '2028-03-31T12:00:00+02:00', '2028-02-01T00:00:00+01:00', '2028-02-29T23:59:59+01:00'],
    ['last_month', BERLIN, '2026-01-31T12:00:00+01:00', '2025-12-01T00:00:00+01:00', '2025-12-31T23:59:59+01:00'],
    ['6mo', BERLIN, '2026-06-30T12:00:00+02:00', '2026-01-01T00:00:00+01:00', '2026-06-30T23:59:59+02:00'],
    ['6mo', BERLIN, '2026-03-31T12:00:00+02:00', '2025-10-01T00:00:00+02:00', '2026-03-31T23:59:59+02:00'],
    ['12mo', BERLIN, '2026-06-10T12:00:00+02:00', '2025-07-01T00:00:00+02:00', '2026-06-10T23:59:59+02:00'],
    ['12mo', BERLIN, '2028-02-29T12:00:00+01:00', '2027-03-01T00:00:00+01:00', '2028-02-29T23:59:59+01:00'],
    ['last_year', BERLIN, '2026-01-01T00:00:00+01:00', '2025-01-01T00:00:00+01:00', '2025-12-31T23:59:59+01:00'],
    ['last_year', BERLIN, '2029-02-28T00:00:00+01:00', '2028-01-01T00:00:00+01:00', '2028-12-31T23:59:59+01:00'],
    ['all', BERLIN, '2026-06-10T12:00:00+02:00', '2025-11-30T00:00:00+01:00', '2026-06-10T23:59:59+02:00'],
    [
      ['2026-10-25', '2026-10-25'],
      BERLIN,
      '2026-11-01T00:00:00Z',
      '2026-10-25T00:00:00+02:00',
      '2026-10-25T23:59:59+01:00',
    ],
    [
      ['2026-06-09T10:00:00+02:00', '2026-06-09T10:00:00Z'],
      BERLIN,
      '2026-06-10T00:00:00Z',
      '2026-06-09T10:00:00+02:00',
      '2026-06-09T11:59:59+02:00',
    ],
    // The hour that comes twice.
    [
      ['2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z'],
      BERLIN,
      '2026-11-01T00:00:00Z',
      '2026-10-25T02:00:00+02:00',
      '2026-10-25T02:59:59+02:00',
    ],
    [
      ['2026-10-25T01:00:00Z', '2026-10-25T01:59:59Z'],
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
    expect(resolveRange(['2026-03-29T00:00:00+01:00', '2026-03-29T23:59:59+02:00'], at).hours).toBeNull();
    expect(resolveRange(['2026-03-29T00:00:00+01:00', '2026-03-30T00:00:00+02:00'], at).hours).toBeNull();
    expect(resolveRange(['2026-03-29T00:00:00+01:00', '2026-03-29T23:00:00+02:00'], at).hours).not.toBeNull();
  });

  test.each<[DateRange, RegExp]>([
    [['2026-06-10', '2026-06-09'], /end before it begins/],
    [['2026-06-10T10:00:00Z', '2026-06-10T08:00:00Z'], /end before it begins/],
    [['2010-01-01', '2026-01-01'], /longer than 10 years/],
    [['1969-12-31', '1970-01-01'], /between 2000-01-01 and 2099-12-31/],
    [['2099-12-31', '2100-01-01'], /between/],
    [['2026-06-10T10:00:00Z', '9999-12-31T23:59:59Z'], /between/],
    [['0001-01-01T00:00:00Z', '2026-06-10T10:00:00Z'], /between/],
    [['2010-01-01T00:00:00Z', '2026-01-01T00:00:00Z'], /longer than 10 years/],
    [['2026-06-10T10:00:00Z', '2026-06-10T10:00:00Z'], /an hour at least/],
    [['2026-06-10T10:00:00Z', '2026-06-10T12:00:00+02:00'], /an hour at least/],
    [['2026-06-10T10:00:00Z', '2026-06-10T09:59:59Z'], /an hour at least/],
  ])('%j is refused', (asked, message) => {
    expect(() => resolveRange(asked, moment(BERLIN, '2026-06-10T12:00:00Z'))).toThrow(
      expect.objectContaining({ name: 'FieldError', field: 'date_range', message: expect.stringMatching(message) }),
    );
  });
});

describe('a range of two times', () => {
  const LATER = '2026-12-31T00:00:00Z';
  const KATHMANDU = 'Asia/Kathmandu';
  const LORD_HOWE = 'Australia/Lord_Howe';

  test.each<[string, string, [string, string], string, string]>([
    [
      'an end on the hour is left out',
      BERLIN,
      ['2026-06-09T10:00:00+02:00', '2026-06-09T11:00:00+02:00'],
      '10:00:00+02:00',
      '10:59:59+02:00',
    ],
    [
      'the last second of an hour is not',
      BERLIN,
      ['2026-06-09T10:00:00+02:00', '2026-06-09T10:59:59+02:00'],
      '10:00:00+02:00',
      '10:59:59+02:00',
    ],
    [
      'with any part of it',
      BERLIN,
      ['2026-06-09T10:00:00.000+02:00', '2026-06-09T10:59:59.999+02:00'],
      '10:00:00+02:00',
      '10:59:59+02:00',
    ],
    ['without seconds', BERLIN, ['2026-06-09T08:00Z', '2026-06-09T09:00Z'], '10:00:00+02:00', '10:59:59+02:00'],
    [
      'in another zone’s time',
      KATHMANDU,
      ['2026-06-09T08:15:00+02:00', '2026-06-09T07:15:00Z'],
      '12:00:00+05:45',
      '12:59:59+05:45',
    ],
    [
      'an hour of a quarter',
      'Pacific/Chatham',
      ['2026-06-09T10:15:00Z', '2026-06-09T11:14:59Z'],
      '23:00:00+12:45',
      '23:59:59+12:45',
    ],
    [
      'up to the hour that is left out in spring',
      BERLIN,
      ['2026-03-29T01:00:00+01:00', '2026-03-29T03:00:00+02:00'],
      '01:00:00+01:00',
      '01:59:59+01:00',
    ],
    [
      'over the hour that comes twice',
      BERLIN,
      ['2026-10-25T02:00:00+02:00', '2026-10-25T03:00:00+01:00'],
      '02:00:00+02:00',
      '02:59:59+01:00',
    ],
    [
      'the last one at its first offset',
      BERLIN,
      ['2026-10-25T03:00:00+02:00', '2026-10-25T03:00:00+01:00'],
      '02:00:00+01:00',
      '02:59:59+01:00',
    ],
    [
      'the hour before half of it comes twice',
      LORD_HOWE,
      ['2026-04-05T01:00:00+11:00', '2026-04-05T02:00:00+11:00'],
      '01:00:00+11:00',
      '01:59:59+11:00',
    ],
    [
      'the half hour',
      LORD_HOWE,
      ['2026-04-05T01:30:00+10:30', '2026-04-05T02:00:00+10:30'],
      '01:30:00+10:30',
      '01:59:59+10:30',
    ],
    [
      'half an hour is left out',
      LORD_HOWE,
      ['2026-10-04T02:30:00+11:00', '2026-10-04T03:00:00+11:00'],
      '02:30:00+11:00',
      '02:59:59+11:00',
    ],
    [
      'an hour that ends in its middle',
      'Asia/Pyongyang',
      ['2018-05-04T23:00:00+08:30', '2018-05-05T01:00:00+09:00'],
      '23:00:00+08:30',
      '00:59:59+09:00',
    ],
  ])('%s (%s)', (_name, name, asked, first, last) => {
    expect(times(asked, moment(name, LATER)).map((time) => time.slice(11))).toEqual([first, last]);
  });

  test.each<[string, string, [string, string], 0 | 1, string]>([
    [
      'minutes at the beginning',
      BERLIN,
      ['2026-06-09T10:30:00+02:00', '2026-06-09T12:00:00+02:00'],
      0,
      '2026-06-09T10:00:00+02:00',
    ],
    [
      'minutes at the end',
      BERLIN,
      ['2026-06-09T10:00:00+02:00', '2026-06-09T12:30:00+02:00'],
      1,
      '2026-06-09T12:00:00+02:00 or 2026-06-09T12:59:59+02:00',
    ],
    [
      'the middle of an hour, by which rows call the half after it',
      LORD_HOWE,
      ['2026-04-05T01:30:00+11:00', '2026-04-05T02:00:00+10:30'],
      0,
      '2026-04-05T01:00:00+11:00',
    ],
    [
      '… as an end',
      LORD_HOWE,
      ['2026-04-05T01:00:00+11:00', '2026-04-05T01:30:00+11:00'],
      1,
      '2026-04-05T01:00:00+11:00 or 2026-04-05T01:59:59+11:00',
    ],
    ['… in spring', LORD_HOWE, ['2027-10-02T15:00:00Z', '2027-10-02T16:00:00Z'], 0, '2027-10-03T01:00:00+10:30'],
    ['both', BERLIN, ['2026-06-09T10:01:00+02:00', '2026-06-09T12:30:00+02:00'], 0, '2026-06-09T10:00:00+02:00'],
    ['seconds', BERLIN, ['2026-06-09T10:00:01+02:00', '2026-06-09T12:00:00+02:00'], 0, '2026-06-09T10:00:00+02:00'],
    [
      'a part of a second',
      BERLIN,
      ['2026-06-09T10:00:00.001+02:00', '2026-06-09T12:00:00+02:00'],
      0,
      '2026-06-09T10:00:00+02:00',
    ],
    [
      'less than can be told',
      BERLIN,
      ['2026-06-09T10:00:00+02:00', '2026-06-09T12:00:00.0001+02:00'],
      1,
      '2026-06-09T12:00:00+02:00 or 2026-06-09T12:59:59+02:00',
    ],
    [
      'a last second to begin with',
      BERLIN,
      ['2026-06-09T09:59:59+02:00', '2026-06-09T12:00:00+02:00'],
      0,
      '2026-06-09T09:00:00+02:00',
    ],
    [
      'the second before the last',
      BERLIN,
      ['2026-06-09T09:00:00+02:00', '2026-06-09T11:59:58+02:00'],
      1,
      '2026-06-09T11:00:00+02:00 or 2026-06-09T11:59:59+02:00',
    ],
    [
      'full hours of another zone',
      KATHMANDU,
      ['2026-06-09T10:00:00Z', '2026-06-09T11:00:00Z'],
      0,
      '2026-06-09T15:00:00+05:45',
    ],
    [
      'the end of another zone’s hour',
      KATHMANDU,
      ['2026-06-09T10:15:00Z', '2026-06-09T11:59:59Z'],
      1,
      '2026-06-09T17:00:00+05:45 or 2026-06-09T17:59:59+05:45',
    ],
    [
      'minutes in a range that is backward too',
      BERLIN,
      ['2026-06-09T10:00:00Z', '2026-06-09T08:30:00Z'],
      1,
      '2026-06-09T10:00:00+02:00 or 2026-06-09T10:59:59+02:00',
    ],
  ])('is refused for %s', (_name, name, asked, index, such) => {
    expect(() => resolveRange(asked, moment(name, LATER))).toThrow(
      expect.objectContaining({
        name: 'FieldError',
        field: `date_range[${index}]`,
        code: 'not_a_full_hour',
        message: expect.stringContaining(`, such as ${such}`),
      }),
    );
  });

  /** A day before and after each change of clocks, and plain ones. */
  test.each<[string, string, string]>([
    [BERLIN, '2026-03-28', '2026-03-30'],
    [BERLIN, '2026-10-24', '2026-10-26'],
    ['America/Los_Angeles', '2026-10-31', '2026-11-02'],
    ['America/St_Johns', '2026-03-07', '2026-03-09'],
    [KATHMANDU, '2026-06-09', '2026-06-10'],
    ['Pacific/Chatham', '2026-04-04', '2026-04-06'],
    ['Pacific/Chatham', '2026-09-26', '2026-09-28'],
    [LORD_HOWE, '2026-04-04', '2026-04-06'],
    [LORD_HOWE, '2026-10-03', '2026-10-05'],
    ['Asia/Pyongyang', '2018-05-03', '2018-05-06'],
    ['America/Havana', '2026-03-07', '2026-03-09'],
    ['Africa/Cairo', '2026-04-23', '2026-04-25'],
    ['Pacific/Apia', '2011-12-28', '2011-12-31'],
  ])('adjoins the next one in %s from %s to %s', (name, from, to) => {
    const at = moment(name, LATER);
    const whole = resolveRange([from, to], at);
    const labels = labelsOf('time:hour', whole, at.zone, at.now);
    const { to: end } = boundsOf(whole, at.zone);
    const ends = [...labels.slice(1), at.zone.format(end * 1000)];
    const parts = labels.map((label, index) => resolveRange([label, ends[index] ?? ''], at));
    const bounds = parts.map((part) => boundsOf(part, at.zone));
    expect(bounds[0]?.from).toBe(boundsOf(whole, at.zone).from);
    expect(bounds.slice(1).map(({ from }) => from)).toEqual(bounds.slice(0, -1).map(({ to }) => to));
    expect(bounds.at(-1)?.to).toBe(end);
    for (const [index, part] of parts.entries()) {
      // Its own hour alone, also as rows have it, and the same when it is sent back. Its name says when it begins.
      expect(Date.parse(labels[index] ?? '') / 1000).toBe(bounds[index]?.from);
      expect(hourBucketLabel(at.zone.hourStart((bounds[index]?.to ?? 0) * 1000 - 1), at.zone)).toBe(labels[index]);
      expect(labelsOf('time:hour', part, at.zone, at.now)).toEqual([labels[index]]);
      const { from: first, to: last } = boundsOf(part, at.zone);
      expect(resolveRange([at.zone.format(first * 1000), at.zone.format((last - 1) * 1000)], at)).toEqual(part);
      const hour = at.zone.hourStart((bounds[index]?.from ?? 0) * 1000);
      const holding = parts.filter(({ first, last, hours }) => {
        const day = at.zone.day((bounds[index]?.from ?? 0) * 1000);
        if (day < first || day > last) return false;
        return !hours || ((day > first || hour >= hours.least) && (day < last || hour <= hours.most));
      });
      expect(holding).toEqual([part]);
    }
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
    'the day before a day that is over',
    'yesterday',
    BERLIN,
    '2026-03-30T12:00:00+02:00',
    '2026-03-28T00:00:00+01:00',
    '2026-03-28T23:59:59+01:00',
  ],
  [
    'the whole of the week before the last one',
    'last_week',
    BERLIN,
    '2026-06-10T15:30:00+02:00',
    '2026-05-25T00:00:00+02:00',
    '2026-05-31T23:59:59+02:00',
  ],
  [
    'the whole of a month that is longer than the last one',
    'last_month',
    BERLIN,
    '2026-03-10T15:30:00+01:00',
    '2026-01-01T00:00:00+01:00',
    '2026-01-31T23:59:59+01:00',
  ],
  [
    'the whole of the year before the last one',
    'last_year',
    BERLIN,
    '2026-03-10T15:30:00+01:00',
    '2024-01-01T00:00:00+01:00',
    '2024-12-31T23:59:59+01:00',
  ],
  [
    'as many months before, to the same day',
    '6mo',
    BERLIN,
    '2026-08-31T15:30:00+02:00',
    '2025-09-01T00:00:00+02:00',
    '2026-02-28T15:59:59+01:00',
  ],
  [
    'as many months before, a year',
    '12mo',
    BERLIN,
    '2026-06-10T15:30:00+02:00',
    '2024-07-01T00:00:00+02:00',
    '2025-06-10T15:59:59+02:00',
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
    ['2026-06-09T10:00:00+02:00', '2026-06-09T12:00:00+02:00'],
    BERLIN,
    '2026-06-10T15:30:00+02:00',
    '2026-06-09T08:00:00+02:00',
    '2026-06-09T09:59:59+02:00',
  ],
  [
    'hours under way',
    ['2026-06-10T14:00:00+02:00', '2026-06-10T20:00:00+02:00'],
    BERLIN,
    '2026-06-10T15:30:00+02:00',
    '2026-06-10T08:00:00+02:00',
    '2026-06-10T09:59:59+02:00',
  ],
])('the period before: %s', (_name, asked, name, now, first, last) => {
  const at = moment(name, now);
  expect(ends(periodBefore(asked, resolveRange(asked, at), at), at)).toEqual([first, last]);
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
    ['Australia/Lord_Howe', '2026-04-05', 25, '2026-04-05T01:00:00+11:00', '2026-04-05T01:30:00+10:30'],
    ['Australia/Lord_Howe', '2026-10-04', 24, '2026-10-04T01:00:00+10:30', '2026-10-04T02:30:00+11:00'],
    ['Asia/Pyongyang', '2015-08-14', 25, '2015-08-14T23:00:00+09:00', '2015-08-14T23:30:00+08:30'],
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

test.each<[DateRange, string]>([
  ['day', 'time:hour'],
  ['yesterday', 'time:hour'],
  ['24h', 'time:hour'],
  [['2026-06-09', '2026-06-10'], 'time:hour'],
  // 49 hours of two days.
  [['2026-10-25', '2026-10-26'], 'time:hour'],
  [['2026-06-08T12:00:00+02:00', '2026-06-10T12:00:00+02:00'], 'time:hour'],
  [['2026-06-08T12:00:00+02:00', '2026-06-10T13:00:00+02:00'], 'time:day'],
  [['2026-06-08', '2026-06-10'], 'time:day'],
  ['7d', 'time:day'],
  ['last_week', 'time:day'],
  ['91d', 'time:day'],
  [['2026-01-01', '2026-04-10'], 'time:day'],
  [['2026-01-01', '2026-04-11'], 'time:week'],
  ['6mo', 'time:week'],
  ['12mo', 'time:week'],
  ['last_year', 'time:week'],
  [['2025-01-01', '2026-02-04'], 'time:week'],
  [['2025-01-01', '2026-02-05'], 'time:month'],
])('the time of %j is by %s', (asked, step) => {
  expect(stepOf(resolveRange(asked, moment(BERLIN, '2026-12-31T12:00:00+01:00')))).toBe(step);
});
