import { expect, test } from 'vitest';
import { patternSize } from './pattern-size.ts';

test.each([
  ['', 0],
  ['/blog/', 6],
  ['^/blog/.*$', 12],
  [String.raw`\d{4}-\d{2}`, 7],
  ['(ab){3}x', 7],
  ['((ab){10}c){10}', 210],
  ['x{1,50}', 50],
  ['x{50,}', 50],
  ['x{0}', 1],
  ['[a-f0-9]{8}', 24],
  ['[]a]{2}', 6],
  ['[[:alpha:]_]', 3],
  [String.raw`[\]]{2}`, 6],
  [String.raw`\{5}`, 3],
  [String.raw`\p{L}{4}`, 200],
  [String.raw`\pL`, 50],
  [String.raw`\Q(a){9}\E`, 10],
  ['(a{30}', 30],
  ['a){30}', 30],
  ['('.repeat(500), 0],
  ['[a'.repeat(250), 500],
])('%s is as large as %i characters', (pattern, size) => {
  expect(patternSize(pattern)).toBe(size);
});
