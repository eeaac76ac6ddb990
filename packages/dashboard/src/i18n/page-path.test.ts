import { describe, expect, it } from 'vitest';
import { plainPath, shownPath, storedPath } from './page-path.ts';

describe('a path is shown in its own letters', () => {
  it.each([
    ['/%C3%BCber-uns', '/über-uns'],
    ['/%c3%bcber', '/über'],
    ['/u%CC%88ber', '/u\u0308ber'],
    ['/%E4%BC%9A%E7%A4%BE/%D0%BE', '/会社/о'],
    ['/%F0%9F%8E%89-2', '/🎉-2'],
    ['/about', '/about'],
    ['', ''],
  ])('%s', (path, shown) => {
    expect(shownPath(path)).toBe(shown);
    expect(storedPath(shown).toLowerCase()).toBe(path.toLowerCase());
  });
});

describe('what could be taken for something else stays as it is', () => {
  it.each([
    ['an escaped slash', '/a%2Fb'],
    ['an escaped percent sign', '/100%25'],
    ['an escaped space', '/a%20b'],
    ['an escaped letter of ASCII', '/%61'],
    ['a space without a break', '/a%C2%A0b'],
    ['a space of no width', '/a%E2%80%8Bb'],
    ['a letter that is not seen', '/a%E3%85%A4b'],
    ['an order turned round', '/a%E2%80%AEb'],
    ['a slash that is none', '/a%E2%81%84b%E2%88%95c'],
    ['a dot that is none', '/a%E3%80%82b'],
    ['a mark without a letter', '/%CC%B8a'],
    ['half a character', '/%C3'],
    ['half of a pair', '/%ED%A0%80'],
    ['a longer way to write a slash', '/%C0%AF'],
    ['no escape', '/100%'],
  ])('%s', (_, path) => {
    expect(shownPath(path)).toBe(path);
  });
});

it('steps from right to left stay in the order of the path', () => {
  const path = `/${encodeURIComponent('שלום')}/${encodeURIComponent('עולם')}%20a-1`;
  expect(shownPath(path)).toBe('\u200e/\u200eשלום\u200e/\u200eעולם\u200e%20\u200ea-1');
  expect(plainPath(path)).toBe('/שלום/עולם%20a-1');
  expect(storedPath(shownPath(path))).toBe(path);
});
