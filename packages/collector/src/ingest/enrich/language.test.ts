import { expect, test } from 'vitest';
import { createLanguageOf } from './language.ts';

const languageOf = createLanguageOf();

test.each([
  ['de', 'de'],
  ['de-CH,de;q=0.9,en;q=0.8', 'de'],
  ['DE-ch', 'de'],
  [' pt_BR', 'pt'],
  ['en;q=0.5', 'en'],
  ['fil-PH', 'fil'],
  ['zh-Hant-TW', 'zh'],
  ['iw', 'he'],
  ['', 'und'],
  ['*', 'und'],
  ['xx-YY', 'und'],
  ['qqq', 'und'],
  ['und', 'und'],
  ['mul', 'und'],
  ['english', 'und'],
  ['jane@example.com', 'und'],
  ['198.51.100.7', 'und'],
  ['x-pig-latin', 'und'],
  [`${'a'.repeat(10_000)},de`, 'und'],
])('%j → %s', (header, expected) => {
  expect(languageOf(header)).toBe(expected);
});
