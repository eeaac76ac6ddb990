import { expect, test } from 'vitest';
import { textWidth } from './text-width.ts';

test.each([
  ['', 0],
  ['/shop', 5],
  ['bücher', 6],
  ['bu\u0308cher', 6],
  ['\u0301', 0],
  ['пример', 6],
  ['日本語', 6],
  ['ｆｕｌｌ', 8],
  ['ｶﾅ', 2],
  ['한국어', 6],
  ['\u1112\u1161\u11ab', 2],
  ['ไทย', 3],
  ['न', 1],
  ['a\u200bb', 2],
  ['😀', 2],
  ['👩‍👩‍👧', 2],
  ['🇩🇪', 2],
  ['👍🏽', 2],
  ['❤️', 2],
  ['©', 1],
  ['–', 1],
  ['�', 1],
  ['𠮷', 2],
])('%j takes %i cells', (text, cells) => {
  expect(textWidth(text)).toBe(cells);
});
