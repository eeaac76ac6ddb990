import { expect, it } from 'vitest';
import { createFormat } from './format.ts';
import { chooseLanguage, localesOf, mendLanguage } from './language.ts';

it.each([
  [null, ['de-CH', 'en'], 'de'],
  [null, ['fr-FR', 'de', 'en'], 'de'],
  [null, ['fr'], 'en'],
  [null, [], 'en'],
  [null, ['en_US@posix'], 'en'],
  ['en', ['de'], 'en'],
  ['de', ['en-GB'], 'de'],
  ['xx', ['de'], 'de'],
] as const)('who chose %j and prefers %j reads %s', (chosen, preferred, language) => {
  expect(chooseLanguage(chosen, preferred)).toBe(language);
});

it.each([
  ['de', ['de-CH', 'de', 'en'], ['de-CH', 'de', 'de']],
  ['en', ['de-CH', 'en-GB'], ['en-GB', 'en']],
  ['en', ['en-US@posix'], ['en']],
  ['de', [], ['de']],
] as const)('%s is written for who prefers %j as %j', (language, preferred, locales) => {
  expect(localesOf(language, preferred)).toEqual(locales);
  expect(createFormat(localesOf(language, preferred))).toBeDefined();
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
