import { expect, it } from 'vitest';
import { createInterner } from './intern.ts';

it.each([
  ['a text', 'ümlaut \ud800 "quoted"'],
  ['an object', { source: 'Google', referrer: '' }],
  ['what is long', 'long'.repeat(1000)],
])('hands out an equal copy of %s', (_what, value) => {
  expect(createInterner()(value)).toEqual(value);
});

it('hands out one copy for all that say the same, and not the first of them', () => {
  const share = createInterner();
  const values = [1, 2, 3].map(() => ({ source: 'Google' }));
  const [first, ...others] = values.map((value) => share(value));
  for (const other of others) expect(other).toBe(first);
  for (const value of values) expect(value).not.toBe(first);
});

it('is bounded', () => {
  const share = createInterner();
  const first = share({ number: 0 });
  for (let number = 1; number <= 10_000; number++) share({ number });
  expect(share({ number: 0 })).not.toBe(first);
});
