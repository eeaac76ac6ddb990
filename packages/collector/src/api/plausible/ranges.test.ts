import { describe, expect, test } from 'vitest';
import { zone } from '../../lib/time-zone.ts';
import { type AskedRange, comparedWith, echoOf, labelsOf, type Moment, type Span, spanOf, stepOf } from './ranges.ts';

const at = (name: string, now: string): Moment => ({ zone: zone(name), now: Date.parse(now) });
const days = (first: string, last: string): Span => ({ kind: 'days', first, last });

test.each<[AskedRange, string, string, string, string]>([
  // Today is what the site's clock says.
  ['day', 'Pacific/Kiritimati', '2026-05-31T12:00:00Z', '2026-06-01T00:00:00+14:00', '2026-06-01T23:59:59+14:00'],
  ['7d', 'Pacific/Pago_Pago', '2026-06-10T05:00:00Z', '2026-06-02T00:00:00-11:00', '2026-06-08T23:59:59-11:00'],
  ['1d', 'UTC', '2026-03-01T12:00:00Z', '2026-02-28T00:00:00+00:00', '2026-02-28T23:59:59+00:00'],
  ['month', 'UTC', '2028-02-10T12:00:00Z', '2028-02-01T00:00:00+00:00', '2028-02-29T23:59:59+00:00'],
  ['1mo', 'UTC', '2026-03-31T12:00:00Z', '2026-02-01T00:00:00+00:00', '2026-02-28T23:59:59+00:00'],
  ['12mo', 'UTC', '2026-01-01T00:00:00Z', '2025-01-01T00:00:00+00:00', '2025-12-31T23:59:59+00:00'],
  ['day', 'Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-29T00:00:00+01:00', '2026-03-29T23:59:59+02:00'],
  ['24h', 'Asia/Kathmandu', '2026-06-10T09:45:00Z', '2026-06-09T16:00:00+05:45', '2026-06-10T15:59:59+05:45'],
])('%j in %s at %s', (range, name, now, from, to) => {
  const moment = at(name, now);
  expect(echoOf(spanOf(range, moment) as Span, moment)).toEqual([from, to]);
});

test.each<[Span, string]>([
  [days('2026-06-01', '2026-06-02'), 'time:hour'],
  [days('2026-06-01', '2026-06-03'), 'time:day'],
  [days('2026-05-01', '2026-06-10'), 'time:day'],
  [days('2026-05-01', '2026-06-11'), 'time:week'],
  [days('2025-01-01', '2026-01-06'), 'time:week'],
  [days('2025-01-01', '2026-01-07'), 'time:month'],
])('the step of %j is %s', (span, step) => {
  expect(stepOf(span, at('UTC', '2026-06-10T00:00:00Z'))).toBe(step);
});

describe('labels', () => {
  const BERLIN = at('Europe/Berlin', '2026-06-10T00:00:00Z');

  test.each([
    ['2026-03-29', 23, '2026-03-29 03:00:00'],
    ['2026-10-25', 24, '2026-10-25 02:00:00'],
  ])('of the hours of %s are %i', (day, count, third) => {
    const labels = labelsOf('time:hour', days(day, day), BERLIN);
    expect([labels.length, labels[2]]).toEqual([count, third]);
  });

  test('of weeks and months begin with the range, and with the month', () => {
    const span = days('2026-05-14', '2026-06-10');
    expect(labelsOf('time:week', span, BERLIN)).toEqual([
      ...['2026-05-14', '2026-05-18', '2026-05-25', '2026-06-01', '2026-06-08'],
    ]);
    expect(labelsOf('time:month', span, BERLIN)).toEqual(['2026-05-01', '2026-06-01']);
  });
});

test.each<[Span, Parameters<typeof comparedWith>[0], string, string]>([
  [days('2026-06-03', '2026-06-09'), { mode: 'previous_period' }, '2026-05-27', '2026-06-02'],
  // Ten days of June are over or under way.
  [days('2026-06-01', '2026-06-30'), { mode: 'previous_period' }, '2026-05-22', '2026-05-31'],
  [days('2026-06-01', '2026-06-30'), { mode: 'year_over_year' }, '2025-06-01', '2025-06-10'],
  [days('2028-03-01', '2028-03-02'), { mode: 'year_over_year' }, '2027-03-02', '2027-03-03'],
  // From Monday: the Monday after the Saturday with which the days before begin.
  [days('2026-05-11', '2026-06-09'), { mode: 'previous_period', match_day_of_week: true }, '2026-04-13', '2026-05-12'],
  // The Wednesday after would be the day itself: the one before.
  [days('2026-06-10', '2026-06-10'), { mode: 'previous_period', match_day_of_week: true }, '2026-06-03', '2026-06-03'],
  [days('2026-06-10', '2026-06-10'), { mode: 'year_over_year', match_day_of_week: true }, '2025-06-11', '2025-06-11'],
  [
    days('2026-06-10', '2026-06-10'),
    { mode: 'custom', date_range: ['2026-01-01', '2026-01-03'] },
    '2026-01-01',
    '2026-01-03',
  ],
])('%j by %j', (span, comparing, first, last) => {
  expect(comparedWith(comparing, span, at('UTC', '2026-06-10T12:00:00Z'))).toEqual([first, last]);
});
