import { expect, test } from 'vitest';
import { partsOf } from './cut.tsx';

test.each([
  ['/short', ['', '/short']],
  ['/a/long/path/of-a-page', ['/a/long/', 'path/of-a-page']],
  // Fourteen from the end is the second half of a character, a mark on one, or one of several that are joined.
  ['shown whole: 🎉2345678901234', ['shown whole: ', '🎉2345678901234']],
  ['shown whole: a\u03083456789012345', ['shown whole: ', 'a\u03083456789012345']],
  ['shown whole: 👩\u200d👩34567890123', ['shown whole: ', '👩\u200d👩34567890123']],
  // A word from right to left.
  ['/blog/שלוםשלום/234567', ['/blog/', 'שלוםשלום/234567']],
])('%s is cut between characters', (value, parts) => {
  expect(partsOf(value)).toEqual(parts);
});
