import { expect, test } from 'vitest';
import { RateLimit } from './token-rate-limit.ts';

const MINUTE = 60_000;

/** How many of so many requests at a moment are let through. */
const letThrough = (limit: RateLimit, count: number, name: string, now: number): number =>
  Array.from({ length: count }, () => limit.take(name, now)).filter((wait) => wait === 0).length;

test('a name has so many requests a minute, and others have theirs', () => {
  const limit = new RateLimit(5);
  expect([letThrough(limit, 7, 'a', 0), letThrough(limit, 7, 'b', 0)]).toEqual([5, 5]);
  expect([limit.take('a', MINUTE - 20_000), limit.take('a', MINUTE - 1)]).toEqual([20, 1]);
  expect(letThrough(limit, 7, 'a', MINUTE)).toBe(5);
});

test('a clock that goes back keeps nobody out', () => {
  const limit = new RateLimit(5);
  letThrough(limit, 7, 'a', 60 * MINUTE);
  expect(letThrough(limit, 7, 'a', 0)).toBe(5);
});
