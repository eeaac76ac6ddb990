import { expect, test } from 'vitest';
import { nearest } from './slip.ts';

test.each([
  ['sitte list', 'site list'],
  ['site lsit', 'site list'],
  ['site-list', 'site list'],
  ['SITE LIST', 'site list'],
  ['timezome', 'timezone'],
  ['time-zone', 'timezone'],
  ['tiemzone', 'timezone'],
  ['nam', 'name'],
  ['names', 'name'],
  ['shoe', undefined],
  ['', undefined],
])('%j is a slip of %j', (word, meant) => {
  expect(nearest(word, ['site list', 'timezone', 'name', 'from'])).toBe(meant);
});
