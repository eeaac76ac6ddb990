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

it('divides by the visits, rounds halves up, and is nothing where nobody came', () => {
  expect(metricValue('views_per_visit', { views: 201, visits: 200 })).toBe(1.01);
  expect(metricValue('bounce_rate', { bounces: 1, visits: 16 })).toBe(6.3);
  expect(metricValue('visit_duration', { seconds: 5, visits: 2 })).toBe(3);
  expect(metricValue('bounce_rate', { bounces: 0, visits: 0 })).toBeNull();
  expect(metricValue('pageviews', { views: 0, visits: 0 })).toBe(0);
});
