import { describe, expect, it } from 'vitest';
import { de } from './de.ts';
import { en } from './en.ts';

/** Messages by their path. Those with gaps are filled: with something that is not one. */
const flatten = (texts: object, at = ''): [path: string, text: string][] =>
  Object.entries(texts).flatMap(([key, value]): [string, string][] => {
    if (typeof value === 'object') return flatten(value, `${at}${key}.`);
    return [[at + key, typeof value === 'function' ? String(value('2', '2', '2')) : value]];
  });

describe.each([
  ['English', en],
  ['German', de],
])('%s', (_, texts) => {
  const all = flatten(texts);

  it('says something everywhere, without raising its voice', () => {
    expect(all.filter(([, text]) => text.trim() === '' || /!|undefined|NaN/.test(text))).toEqual([]);
  });
});

it('the German texts are German', () => {
  const english = new Map(flatten(en));
  const same = flatten(de).filter(([path, text]) => / .+ /.test(text) && english.get(path) === text);
  expect(same).toEqual([]);
});
