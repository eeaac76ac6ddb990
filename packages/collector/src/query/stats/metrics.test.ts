import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countOf, metricValue } from './metrics.ts';

it('reads revenue to the cent, also sums that no number of thousandths holds', () => {
  const cents = fc.bigInt(1n, 7n * 10n ** 15n);
  fc.assert(
    fc.property(cents, (amount) => {
      const written = `${amount / 100n}.${`${amount % 100n}`.padStart(2, '0')}`;
      expect(countOf('revenue', `${amount * 10n}`).toFixed(2)).toBe(written);
      expect(countOf('revenue', `${amount * -10n}`).toFixed(2)).toBe(`-${written}`);
    }),
    { numRuns: 2000 },
  );
  expect(countOf('revenue', '12500')).toBe(12.5);
  expect(countOf('revenue', '-3333')).toBe(-3.333);
  expect(countOf('events', '9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
});

it('divides by what it is a number of, rounds halves up, and is nothing where there is nothing to divide by', () => {
  expect(metricValue('views_per_visit', { views: 201, visits: 200 })).toBe(1.01);
  expect(metricValue('bounce_rate', { bounces: 1, entries: 16 })).toBe(6.3);
  expect(metricValue('visit_duration', { seconds: 5, entries: 2 })).toBe(3);
  expect(metricValue('exit_rate', { exits: 1, views: 8 })).toBe(12.5);
  expect(metricValue('time_on_page', { engaged: 4_500, views: 3 })).toBe(2);
  expect(metricValue('scroll_depth', { scroll: 145, views: 2 })).toBe(73);
  expect(metricValue('visits_per_visitor', { visits: 9, visitors: 8 })).toBe(1.13);
  expect(metricValue('events_per_visitor', { events: 1, visitors: 200 })).toBe(0.01);
  expect(metricValue('percentage', { visitors: 1, everybody: 3 })).toBe(33.3);
  expect(metricValue('revenue_per_visitor', { revenue: 12.345, visitors: 2 })).toBe(6.173);
  expect(metricValue('revenue_per_visitor', { revenue: -0.001, visitors: 2 })).toBe(0);
  expect(metricValue('bounce_rate', { bounces: 0, entries: 0 })).toBeNull();
  expect(metricValue('time_on_page', { engaged: 1_000 })).toBeNull();
  expect(metricValue('percentage', { visitors: 1 })).toBeNull();
  expect(metricValue('pageviews', { views: 0, visits: 0 })).toBe(0);
});
