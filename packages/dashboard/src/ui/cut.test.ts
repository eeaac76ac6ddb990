import { expect, test } from 'vitest';
import { directionOf, partsOf } from './cut.tsx';

test.each([
  ['/short', ['', '/short']],
  ['/a/long/path/of-a-page', ['/a/long/', 'path/of-a-page']],
  // Fourteen from the end is the second half of a character, a mark on one, or one of several that are joined.
  ['shown whole: 🎉2345678901234', ['shown whole: ', '🎉2345678901234']],
  ['shown whole: a\u03083456789012345', ['shown whole: ', 'a\u03083456789012345']],
  ['shown whole: 👩\u200d👩34567890123', ['shown whole: ', '👩\u200d👩34567890123']],
  // A word from right to left.
  ['/blog/שלוםשלום/234567', ['/blog/', 'שלוםשלום/234567']],
  // Several in a step of an address, which would change places; in a title they do not.
  ['/a\u200e/\u200eשלום עולם-שלום\u200e/\u200eab', ['/a\u200e/\u200e', 'שלום עולם-שלום\u200e/\u200eab']],
  // Before them there is next to nothing.
  ['\u200e/\u200eשלום עולם-שלום\u200e/\u200eab', ['', '\u200e/\u200eשלום עולם-שלום\u200e/\u200eab']],
  ['שלום שלום שלום 34567890123', ['שלום שלום ', 'שלום 34567890123']],
])('%s is cut between characters', (value, parts) => {
  expect(partsOf(value)).toEqual(parts);
});

test.each([
  ['שלום עולם', 'rtl'],
  ['«سلام» دنیا', 'rtl'],
  ['سلام / دنیا', 'rtl'],
  ['about שלום', undefined],
  ['/שלום', undefined],
  ['مثال.إختبار', undefined],
  // As `shownPath` writes paths with a space.
  ['\u200e/\u200eשלום עולם', undefined],
  ['مثال.إختبار\u200e/\u200eسلام دنیا', undefined],
])('%s is written %s', (value, direction) => {
  expect(directionOf(value)).toBe(direction);
});
