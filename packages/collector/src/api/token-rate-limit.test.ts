import { expect, test } from 'vitest';
import { RateLimit } from './token-rate-limit.ts';

const MINUTE = 60_000;

/** How many of so many requests at a moment are let through. */
const letThrough = (limit: RateLimit, count: number, name: string, now: number): number =>
  Array.from({ length: count }, () => limit.take(name, now)).filter(({ wait }) => wait === 0).length;

test('a name has so many requests a minute, and others have theirs', () => {
  const limit = new RateLimit(5);
  expect([letThrough(limit, 7, 'a', 0), letThrough(limit, 7, 'b', 0)]).toEqual([5, 5]);
  expect([limit.take('a', MINUTE - 20_000).wait, limit.take('a', MINUTE - 1).wait]).toEqual([20, 1]);
  expect(letThrough(limit, 7, 'a', MINUTE)).toBe(5);
});

test('a clock that goes back keeps nobody out', () => {
  const limit = new RateLimit(5);
  letThrough(limit, 7, 'a', 60 * MINUTE);
  expect(letThrough(limit, 7, 'a', 0)).toBe(5);
});

test('what is left is told, and when there are all again', () => {
  const limit = new RateLimit(2);
  const told = (now: number) => limit.headers('token', limit.take('a', now)).ratelimit;
  expect([told(0), told(500), told(MINUTE - 1), told(MINUTE)]).toEqual([
    '"token";r=1;t=60',
    '"token";r=0;t=60',
    '"token";r=0;t=1',
    '"token";r=1;t=60',
  ]);
  expect(limit.headers('token', limit.take('a', MINUTE))['ratelimit-policy']).toBe('"token";q=2;w=60');
});
