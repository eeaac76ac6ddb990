import { expect, test } from 'vitest';
import { type Compare, comparisonOf, withWeekdays } from './compare.ts';
import { daysShown, type Period } from './period.ts';

const OWN: Compare = { mode: 'custom', date_range: ['2026-01-01', '2026-01-31'] };
const YEAR: Compare = { mode: 'year_over_year' };

test.each<[Period, Compare, Compare]>([
  ['28d', YEAR, YEAR],
  ['28d', null, null],
  ['all', YEAR, null],
  ['all', { mode: 'previous_period' }, null],
  ['all', OWN, OWN],
])('%s beside %j', (period, compare, asked) => {
  expect(comparisonOf(period, compare)).toEqual(asked);
});

test('the weekdays are part of each choice', () => {
  expect(withWeekdays(YEAR, true)).toEqual({ ...YEAR, match_day_of_week: true });
  expect(withWeekdays({ ...OWN, match_day_of_week: true }, false)).toEqual(OWN);
});

test.each<[Period, readonly [string, string] | null]>([
  ['day', ['2026-03-14', '2026-03-14']],
  ['24h', ['2026-03-13', '2026-03-14']],
  ['month', ['2026-03-01', '2026-03-14']],
  ['year', ['2026-01-01', '2026-03-14']],
  ['last_week', ['2026-03-02', '2026-03-08']],
  ['6mo', ['2025-10-01', '2026-03-14']],
  ['all', null],
  [
    ['2026-02-01', '2026-02-10'],
    ['2026-02-01', '2026-02-10'],
  ],
  [
    ['2026-03-01T10:00:00+01:00', '2026-03-02T12:59:59+01:00'],
    ['2026-03-01', '2026-03-02'],
  ],
])('an own range begins with what is shown: %s', (period, days) => {
  expect(daysShown(period, '2026-03-14')).toEqual(days);
});
