import { expect, test } from 'vitest';
import { cleanLine, cleanLines, isSeen } from './clean-text.ts';

test.each<[text: string, line: string, lines: string]>([
  ['', '', ''],
  ['Pricing — Example', 'Pricing — Example', 'Pricing — Example'],
  ['a\0b\u001b[31m\u007f\u009f', 'ab[31m', 'ab[31m'],
  ['\u202edetrever\u202c \u2066a\u2069 \u200e\u200f\u061c', 'detrever a ', 'detrever a '],
  ['a\r\nb\rc\u2028d\te', 'a b c d e', 'a\nb\nc\nd\te'],
  // Of an emoji, and of words in Persian and Hindi.
  ['👩‍👩‍👧 می‌خواهم क्‍ष', '👩‍👩‍👧 می‌خواهم क्‍ष', '👩‍👩‍👧 می‌خواهم क्‍ष'],
])('%j', (text, line, lines) => {
  expect(cleanLine(text)).toBe(line);
  expect(cleanLines(text)).toBe(lines);
});

test.each<[text: string, expected: boolean]>([
  ['', false],
  [' \u00a0\u2003', false],
  ['\u200b\u2060\ufe0f\u00ad', false],
  ['\u3164\u2800', false],
  [' a', true],
  ['\u200d👍', true],
  ['.', true],
])('of %j something is seen: %s', (text, expected) => {
  expect(isSeen(text)).toBe(expected);
});
