import { expect, it } from 'vitest';
import { afterFailures } from './use-load.ts';

it('asks ever less while a collector has too much to do', () => {
  expect([1, 2, 3, 4, 5, 6, 2000].map(afterFailures)).toEqual([5000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000]);
});
