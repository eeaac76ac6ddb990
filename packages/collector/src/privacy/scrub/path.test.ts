import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { scrubHost, scrubPath } from './path.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';

describe('what stays', () => {
  test.each([
    '/',
    '/pricing',
    '/pricing/',
    '/news/4711',
    '/news/1718000000000/comments',
    '/2024/06/10/how-to-count-without-cookies',
    '/docs/v1.2.3/index.html',
    '/café/münchen',
    '/%E9t%E9',
    '/a b%2Fc%3Fd%23e%25f',
    '/سلام-دنیا',
    '/日本語/製品',
    '/a%0Ab%E2%80%AEc',
    '/100%',
    '/@jane',
    '/wiki/Mozilla/5.0/notes',
    '/wiki/Donaudampfschifffahrtsgesellschaft',
    '/c++/std::vector',
    '/reset-password',
    '/reset/',
    '/verify/email',
    '/invite/2024',
    '//double//slash',
    '/app#/settings/profile',
    '/app#!/settings',
  ])('%s', (path) => {
    expect(scrubPath(path)).toBe(path);
  });
});

describe('escapes that are not needed go', () => {
  test.each([
    ['/caf%C3%A9/m%c3%bcnchen', '/café/münchen'],
    ['/cafe%CC%81', '/café'],
    ['/%D8%B3%D9%84%D8%A7%D9%85', '/سلام'],
    ['/%7Ejane/%41%20b', '/~jane/A b'],
    ['/a%2fb%3fc', '/a%2Fb%3Fc'],
    ['/app#/%C3%BCber', '/app#/über'],
  ])('%s: %s', (path, kept) => {
    expect(scrubPath(path)).toBe(kept);
  });
});

describe('what goes', () => {
  test.each([
    ['nothing at all', '', '/'],
    ['no slash at the beginning', 'a/b', '/a/b'],
    ['query', '/a?token=1#x', '/a'],
    ['place on the page', '/a#top', '/a'],
    ['query of a route', '/a?b=1#/route/?c=1', '/a#/route/'],
    ['e-mail address', '/u/jane@example.com/edit', '/u/[email]/edit'],
    ['e-mail address, escaped', '/u/jane%40example.com', '/u/[email]'],
    ['e-mail address, escaped twice', '/u/jane%2540example.com', '/u/[email]'],
    ['e-mail address, every character escaped', '/%6A%61%6E%65%40%65%78%2E%64%65', '/[email]'],
    ['e-mail address in a route', '/#/u/jane@example.com?x=1', '/#/u/[email]'],
    ['what stands around it is escaped again', '/f%C3%BCr%20jane%40example.com', '/für [email]'],
    ['who signs in at an address', '/web/https://jane:hunter2@db/x', '/web/https://db/x'],
    ['user agent', '/ua/Mozilla/5.0%20(X11;%20Linux%20x86_64)%20Gecko/20100101%20Firefox/128.0', '/ua/[agent]'],
    ['address of the internet', '/from/198.51.100.7', '/from/[ip]'],
    ['address of the internet, version 6', '/from/2001:db8::7', '/from/[ip]'],
    ['UUID', '/doc/550e8400-e29b-41d4-a716-446655440000/edit', '/doc/[id]/edit'],
    ['JWT', `/login/${JWT}`, '/login/[token]'],
    ['random text', '/s/V1StGXR8Z5jdHi6BmyTq7', '/s/[token]'],
    ['hash', '/f/d41d8cd98f00b204e9800998ecf8427e', '/f/[token]'],
    ['short secret after a step that has one', '/reset/x7k2m9', '/reset/[token]'],
    ['the same after an invitation', '/de/Invite/abc-123', '/de/Invite/[token]'],
    ['key and value', '/page&password=hunter2', '/page&password=[removed]'],
    ['session in a parameter', '/a;jsessionid=0AB1C/b', '/a/b'],
    ['phone number', '/call/+491701234567', '/call/[phone]'],
    ['e-mail address in other forms', '/u/jane%EF%BC%A0example.com/jane%E2%80%8B%40example.com', '/u/[email]/[email]'],
    [
      'e-mail address in escapes of a program',
      '/u/jane%5Cu0040example.com/%5Cud800%20jane%40example.com',
      '/u/[email]/%EF%BF%BD [email]',
    ],
    ['address of the internet between hyphens', '/from/203-0-113-77/203_0_113_77', '/from/[ip]/[ip]'],
    ['short secret after an escaped step', '/%72eset/x7k2m9', '/reset/[token]'],
    ['what would begin a query', '/a%3Fb%23c%2fd%20jane%40example.com', '/a%3Fb%23c%2Fd [email]'],
    ['session in an escaped parameter', '/a%3Bjsessionid%3D0AB1C/b', '/a/b'],
    ['e-mail address with control characters', '/u/jane%00%40exa%E2%80%AEmple.com', '/u/[email]'],
  ])('%s: %s', (_, path, expected) => {
    expect(scrubPath(path)).toBe(expected);
  });

  it('what is too long', () => {
    expect(scrubPath(`/${'ab/'.repeat(2000)}`)).toHaveLength(2000);
  });

  it('and no escape, character or mark is cut in half', () => {
    for (let length = 1980; length <= 2000; length++)
      for (const end of ['%C3%BC', '%F0%9F%98%80', 'jane%40example.com', '%E9']) {
        const kept = scrubPath(`/${'a/'.repeat(1100).slice(0, length - 1)}${end.repeat(10)}`);
        expect(kept.length).toBeLessThanOrEqual(2000);
        expect(kept.length).toBeGreaterThan(1980);
        expect(kept).not.toMatch(/%[0-9A-F]?$|%C3$|%F0(?:%..){0,2}$|\[[a-z]*$/);
      }
  });

  it('what the cut would hide', () => {
    expect(scrubPath(`/${'a/'.repeat(995)}jane@example.com`)).not.toContain('jane');
  });
});

it('finds random secrets in random steps, however they are escaped', () => {
  const secret = fc.oneof(
    fc.uuid(),
    fc.emailAddress().filter((address) => /^[\w.+-]+@/.test(address)),
    fc.ipV4(),
    fc.uint8Array({ minLength: 16, maxLength: 16 }).map((array) => Buffer.from(array).toString('hex')),
  );
  const escaping = fc.constantFrom<(text: string) => string>(
    (text) => text,
    encodeURIComponent,
    (text) => encodeURIComponent(encodeURIComponent(text)),
    (text) => [...text].map((char) => `%${char.charCodeAt(0).toString(16)}`).join(''),
  );
  const step = fc.constantFrom('', 'a', 'news', '4711', 'caf%C3%A9', '#');
  fc.assert(
    fc.property(fc.array(step), secret, escaping, fc.array(step), (before, hidden, escaped, after) => {
      const kept = scrubPath(`/${[...before, escaped(hidden), ...after].join('/')}`);
      expect(kept).not.toContain(hidden);
      expect(kept).not.toContain(escaped(hidden));
    }),
    { numRuns: 500 },
  );
});

it('answers every path of an address with one that starts with a slash and has no query', () => {
  fc.assert(
    fc.property(fc.webPath({ size: 'medium' }), fc.string(), (path, more) => {
      const url = new URL(`https://example.com/${path}${more}`);
      const kept = scrubPath(url.pathname + url.hash);
      expect(kept).toMatch(/^\/[^\p{Cc}?]*$/u);
      // What was scrubbed may be read as a key, or before an `@`: `a@::` is `a@[ip]`, and that `[email]`. Then it stays.
      const again = scrubPath(kept);
      expect(scrubPath(again)).toBe(again);
    }),
  );
});

test.each([
  ['www.example.com', 'www.example.com'],
  ['localhost', 'localhost'],
  ['xn--mnchen-3ya.de', 'xn--mnchen-3ya.de'],
  ['198.51.100.7', '[ip]'],
  ['[2001:db8::7]', '[ip]'],
  ['0a1b2c3d4e5f60718293.tunnel.example', '[token].tunnel.example'],
])('scrubHost %s → %s', (host, expected) => {
  expect(scrubHost(host)).toBe(expected);
});
