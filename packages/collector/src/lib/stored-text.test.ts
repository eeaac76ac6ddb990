import fc from 'fast-check';
import { expect, it } from 'vitest';
import { storedAddress, storedProperty } from './stored-text.ts';

it.each([
  ['/%C3%BCber-uns', '/über-uns'],
  ['/cafe\u0301', '/café'],
  ['/a%2fb', '/a%2Fb'],
  ['bücher.example/gr%C3%B6%C3%9Fe', 'xn--bcher-kva.example/größe'],
  ['xn--bcher-kva.example/größe', 'xn--bcher-kva.example/größe'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['https://BÜCHER.example:8080/%7Ejane', 'https://xn--bcher-kva.example:8080/~jane'],
  ['[ip]/x', '[ip]/x'],
  ['(other)', '(other)'],
  ['', ''],
])('the address %j lies in the store as %j', (address, stored) => {
  expect(storedAddress(address)).toBe(stored);
});

it.each([
  ['https://bücher.example/gr%C3%B6%C3%9Fe', 'https://xn--bcher-kva.example/größe'],
  ['HTTP://bücher.example', 'HTTP://xn--bcher-kva.example'],
  ['/%C3%BC?q=%41', '/ü?q=A'],
  ['//cdn.example/%C3%BC', '//cdn.example/ü'],
  ['/search for caf%C3%A9', '/search for café'],
  ['a%20b', 'a%20b'],
  ['50 %', '50 %'],
  ['bücher.example', 'bücher.example'],
  ['cafe\u0301', 'cafe\u0301'],
  ['mailto:x%40y', 'mailto:x%40y'],
])('the property %j lies in the store as %j', (value, stored) => {
  expect(storedProperty(value)).toBe(stored);
});

it('what lies in the store is itself', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '/',
      '%',
      '%C3%BC',
      '%c3',
      '%2F',
      '?',
      '#',
      '&',
      ' ',
      '%20',
      ':',
      '.',
      'ü',
      '\u0301',
      '\u200d',
      'xn--',
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
  );
  const start = fc.constantFrom('', '/', '//', 'http://', 'HTTPS://', 'bücher.example/', 'https://bücher.example');
  fc.assert(
    fc.property(start, fc.array(piece, { maxLength: 8 }), (begin, pieces) => {
      const stored = storedAddress(begin + pieces.join(''));
      expect(storedAddress(stored)).toBe(stored);
      const property = storedProperty(begin + pieces.join(''));
      expect(storedProperty(property)).toBe(property);
    }),
    { numRuns: 5_000 },
  );
});
