import { expect, test } from 'vitest';
import { firstWeekdayOf } from './weekday.ts';

test.each([
  ['en-US', 7],
  ['en', 7],
  ['en-GB', 1],
  ['de', 1],
  ['de-CH', 1],
  ['pt-BR', 7],
  ['ja-JP', 7],
  ['ar-EG', 6],
])('%s: weeks begin on %i', (tag, day) => {
  expect(firstWeekdayOf(tag)).toBe(day);
});
