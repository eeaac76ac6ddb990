import { expect, test } from 'vitest';
import { changeOf } from './result.ts';

test.each<[number | null, number | null, number | null]>([
  [5, 4, 25],
  [4, 5, -20],
  [4, 4, 0],
  [0, 4, -100],
  [1, 3, -66.7],
  [2, 3, -33.3],
  [10_005, 10_000, 0.1],
  [10_004, 10_000, 0],
  [9_996, 10_000, 0],
  // After refunds: a share of what is owed is no number.
  [-5, 4, -225],
  [-5, -10, null],
  [5, -10, null],
  [5, 0, null],
  [0, 0, null],
  [null, 4, null],
  [5, null, null],
])('%d after %d is a change of %d', (value, earlier, change) => {
  expect(changeOf(value, earlier)).toBe(change);
});
