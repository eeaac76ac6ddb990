import { createHash } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { looksRandom } from './random.ts';

/** The same bytes on every run: what is measured here is a share, not luck. */
const bytes = (seed: number, length: number): Buffer =>
  createHash('shake256', { outputLength: length }).update(String(seed)).digest();

const spell = (alphabet: string, seed: number, length: number): string =>
  [...bytes(seed, length * 2)]
    .filter((byte) => byte < 256 - (256 % alphabet.length))
    .map((byte) => alphabet[byte % alphabet.length])
    .join('')
    .slice(0, length);

const SMALL = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const ALL = `${SMALL}${SMALL.toUpperCase()}${DIGITS}`;

describe('random text', () => {
  test.each<[string, (seed: number) => string]>([
    ['base64url of 128 bits', (seed) => bytes(seed, 16).toString('base64url')],
    ['base64url of 256 bits', (seed) => bytes(seed, 32).toString('base64url')],
    ['hexadecimal of 96 bits', (seed) => bytes(seed, 12).toString('hex')],
    ['hexadecimal of 256 bits', (seed) => bytes(seed, 32).toString('hex')],
    ['20 letters and digits', (seed) => spell(ALL, seed, 20)],
    ['25 small letters and digits', (seed) => spell(SMALL + DIGITS, seed, 25)],
    ['21 characters of nanoid', (seed) => spell(`${ALL}_-`, seed, 21)],
    ['ULID', (seed) => `01${spell('0123456789ABCDEFGHJKMNPQRSTVWXYZ', seed, 24)}`],
    ['24 small letters', (seed) => spell(SMALL, seed, 24)],
  ])('%s: found in at least 99 of 100', (_, make) => {
    const missed = Array.from({ length: 5000 }, (_unused, seed) => make(seed)).filter((run) => !looksRandom(run));
    expect(missed.length).toBeLessThan(50);
  });
});

describe('words', () => {
  test.each([
    'internationalization-and-localization',
    'donaudampfschifffahrtsgesellschaft',
    'Rechtsschutzversicherungsgesellschaften',
    'przepisy-na-szybki-obiad-2024',
    'novosti-segodnya-v-rossii',
    'hyvinkaankaupunginkirjasto',
    'nguyen-thi-minh-khai-quan-1-thanh-pho-ho-chi-minh',
    'nvidia-rtx4090-vs-amd-rx7900xtx',
    'iphone-15-pro-max-256gb-titan-blau',
    '2024-06-10-release-notes-v2-14-3',
    'getElementsByClassNameAndTagName2',
    'SyntaxHighlighterTypeScript',
    'WebGL2RenderingContext',
    'PAYMENT_METHOD_NOT_SUPPORTED',
    'aaaaaaaaaaaaaaaaaaaaaaaa',
    '123456789012345678901234',
    '------------------------',
  ])('%s', (run) => {
    expect(looksRandom(run)).toBe(false);
  });

  it('takes at most 1 in 100 of the long names of the standard library for random', () => {
    const names = Object.getOwnPropertyNames(globalThis).flatMap((name) => {
      const value: unknown = Reflect.get(globalThis, name);
      const prototype = typeof value === 'function' ? (value.prototype as object | undefined) : undefined;
      return [
        name,
        ...(prototype === undefined ? [] : Object.getOwnPropertyNames(prototype).map((own) => `${name}_${own}`)),
      ];
    });
    const long = names.filter((name) => /^\w{20,}$/.test(name));
    expect(long.length).toBeGreaterThan(200);
    expect(long.filter(looksRandom).length).toBeLessThan(long.length / 100);
  });
});
