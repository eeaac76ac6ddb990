import { expect, test } from 'vitest';
import { backoff } from './backoff.ts';

const LIMITS = { first: 100, longest: 5000 };

test('doubles after each failure, up to the longest', () => {
  const failures = [1, 2, 3, 6, 7, 100, 5000];
  expect(failures.map((count) => backoff(count, LIMITS))).toEqual([100, 200, 400, 3200, 5000, 5000, 5000]);
});

test('is spread by half of itself to both sides', () => {
  expect([0, 0.25, 0.5, 1].map((random) => backoff(2, LIMITS, random))).toEqual([100, 150, 200, 300]);
});
