import { expect, it } from 'vitest';
import { createFormat } from './format.ts';
import { mendLanguage, writable } from './language.ts';

it.each([
  [
    ['de-CH', 'de'],
    ['de-CH', 'de', 'en'],
  ],
  [['en-US@posix'], ['en']],
  [[], ['en']],
])('of the languages %j it writes %j', (languages, written) => {
  expect(writable(languages)).toEqual(written);
  expect(createFormat(written)).toBeDefined();
});

it.each([
  ['de-CH', 'de-CH'],
  ['en-US@posix', 'en'],
  ['', 'en'],
])('the language %s is mended to %s', (language, mended) => {
  const navigator = { language };
  mendLanguage(navigator);
  expect(navigator.language).toBe(mended);
});
