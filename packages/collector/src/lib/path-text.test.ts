import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuMs } from '../../../../test/support/cpu.ts';
import { pathText, unescapedPath } from './path-text.ts';

describe('a path in its own letters', () => {
  it.each([
    ['/%C3%BCber-uns/gr%c3%b6%C3%9Fe', '/über-uns/größe'],
    ['/%D8%B3%D9%84%D8%A7%D9%85-%D8%AF%D9%86%DB%8C%D8%A7', '/سلام-دنیا'],
    ['/%E6%97%A5%E6%9C%AC%E8%AA%9E/%E8%A3%BD%E5%93%81', '/日本語/製品'],
    ['/caf%C3%A9', '/café'],
    ['/cafe%CC%81', '/café'],
    ['/cafe\u0301', '/café'],
    ['/caf%65%cc%81', '/café'],
    ['/%D0%BE-%D0%BD%D0%B0%D1%81', '/о-нас'],
    ['/%E0%B9%80%E0%B8%81%E0%B8%B5%E0%B9%88%E0%B8%A2%E0%B8%A7', '/เกี่ยว'],
    ['/%F0%9F%8E%89-2', '/🎉-2'],
    ['/%F0%9F%91%A9%E2%80%8D%F0%9F%92%BB/%E2%9D%A4%EF%B8%8F', '/👩‍💻/❤️'],
    ['/%D7%A9%D7%9C%D7%95%D7%9D/abc', '/שלום/abc'],
    ['/%D9%85%DB%8C%E2%80%8C%D8%B1%D9%88%D9%85', '/می\u200cروم'],
    ['/%E0%A4%95%E0%A5%8D%E2%80%8D%E0%A4%B7', '/क्\u200dष'],
    ['/Bose%E2%80%93Einstein/%E2%82%AC5', '/Bose–Einstein/€5'],
    ['/%E3%81%93%E3%82%8C%E3%81%AF%E4%BD%95%EF%BC%9F', '/これは何？'],
    ['/%7Ejane/%41%2D%2e%5f', '/~jane/A-._'],
    ['/wiki/AT%26T_%28x%29', '/wiki/AT&T_(x)'],
    ['/a%20b', '/a b'],
    ['/search?q=rote%20schuhe+x&p=%C3%A9%26%3D%2B', '/search?q=rote+schuhe+x&p=é%26%3D%2B'],
    ['/app#/%C3%BCber', '/app#/über'],
    ['', ''],
  ])('%s: %s', (path, text) => {
    expect(pathText(path)).toBe(text);
  });

  it.each([
    ['an escaped slash, question mark, hash and percent sign', '/a%2fb%3fc%23d%25e', '/a%2Fb%3Fc%23d%25e'],
    ['an escaped backslash', '/a%5cb', '/a%5Cb'],
    ['an escape of an escape', '/a%2541%25%34%31', '/a%2541%2541'],
    ['control characters', '/a%00%0ab%7f%c2%85', '/a%00%0Ab%7F%C2%85'],
    ['what turns the order round', '/a%E2%80%AEb%e2%81%a6c', '/a%E2%80%AEb%E2%81%A6c'],
    ['what has no width', '/a%E2%80%8Bb%E2%80%8Dc%C2%ADd%EF%BB%BF', '/a%E2%80%8Bb%E2%80%8Dc%C2%ADd%EF%BB%BF'],
    ['a letter that is not seen', '/a%E3%85%A4b%E2%A0%80', '/a%E3%85%A4b%E2%A0%80'],
    ['spaces beside a step, the end or another', '/%20a%20/%20%20b%20', '/%20a%20/%20%20b%20'],
    ['other spaces', '/a%C2%A0b%E3%80%80c%E2%80%A8', '/a%C2%A0b%E3%80%80c%E2%80%A8'],
    ['a mark without a letter', '/%CC%B8a%2F%CC%81', '/%CC%B8a%2F%CC%81'],
    ['a mark behind an escape that ends with a letter', '/%fe%cc%81', '/%FE%CC%81'],
    ['slashes that are none', '/a%E2%81%84b%E2%88%95c%EF%BC%8F', '/a%E2%81%84b%E2%88%95c%EF%BC%8F'],
    ['another encoding', '/%e9t%E9', '/%E9t%E9'],
    ['half a character', '/%C3/%e2%82/x%F0%9F%98', '/%C3/%E2%82/x%F0%9F%98'],
    ['half of a pair', '/%ED%A0%80', '/%ED%A0%80'],
    ['a longer way to write a slash', '/%C0%AF%E0%80%AF', '/%C0%AF%E0%80%AF'],
    ['more than there is', '/%F4%90%80%80', '/%F4%90%80%80'],
    ['private characters and none at all', '/%EE%80%80%EF%BF%BE', '/%EE%80%80%EF%BF%BE'],
    ['no escape', '/100%/%zz/%4', '/100%/%zz/%4'],
    ['what would become an escape', '/%%34%31%4%31', '/%2541%2541'],
  ])('%s: stays escaped', (_, path, text) => {
    expect(pathText(path)).toBe(text);
  });

  it('has nothing left of half a pair', () => {
    expect(pathText('/a\ud800b')).toBe('/a%EF%BF%BDb');
  });
});

const piece = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('%', '%2', '%2F', '%25', '%c3', '%a9', '%41', '%34', ' ', '%20', '/', '?', '#', '&', '%26', '+'),
  fc.constantFrom(
    '\u0301',
    '%CC%81',
    '\u0338',
    'e',
    'E',
    '%FE',
    '\u200c',
    '\u200d',
    '\ufe0f',
    '\u20e3',
    '1',
    'م',
    '👩',
  ),
  fc.string().map((text) => encodeURIComponent(text.toWellFormed())),
  fc
    .uint8Array({ maxLength: 4 })
    .map((bytes) => Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')),
);
const path = fc.array(piece).map((pieces) => `/${pieces.join('')}`);

describe('of any path', () => {
  it('nothing changes when it is read once more', () => {
    fc.assert(
      fc.property(path, (given) => {
        const text = pathText(given);
        expect(pathText(text)).toBe(text);
        expect(unescapedPath(text)).toBe(unescapedPath(given));
        expect(text).toBe(text.normalize());
        expect(text).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Cs}]|%(?:[a-f][\da-fA-F]|[\dA-F][a-f])/u);
      }),
      { numRuns: 2000 },
    );
  });

  it('the steps are those that it had', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true }), path, (base, more) => {
        if (!URL.canParse(base + more)) return;
        const { pathname } = new URL(base + more);
        const text = pathText(pathname);
        expect(text.split('/')).toHaveLength(pathname.split('/').length);
        expect(pathText(new URL(`https://example.com${text}`).pathname)).toBe(text);
      }),
    );
  });

  it('is the same, however browsers and programs write it', () => {
    const inSmallLetters = (text: string): string => text.replace(/%[\dA-F]{2}/g, (escaped) => escaped.toLowerCase());
    fc.assert(
      fc.property(path, (given) => {
        const text = pathText(given);
        const spellings = [text, text.normalize('NFD')].flatMap((one) =>
          [/[^!#-;=?-_a-z|~]/gu, /[^\w!#%&'()*+./=?~-]/gu].map((signs) => one.replace(signs, encodeURIComponent)),
        );
        for (const spelling of [...spellings, ...spellings.map(inSmallLetters)]) expect(pathText(spelling)).toBe(text);
      }),
    );
  });
});

it('is read in time that grows with the text', () => {
  const took = (text: string): number => cpuMs(() => pathText(text));
  for (const part of ['%', '%C3', '%2F', '%CC%81', '\u0301', '\u200d', '\ufe0f', ' ', '%20', '?', '#', '%41', '%%34'])
    expect(took(`/${part.repeat(65_536 / part.length)}`)).toBeLessThan(2000);
});
