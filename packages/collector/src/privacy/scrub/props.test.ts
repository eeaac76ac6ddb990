import { expect, it, test } from 'vitest';
import { isSecretKey } from './keys.ts';
import { scrubProps } from './props.ts';

test.each([
  'password',
  'userPassword',
  'password_hash',
  'token',
  'access_token',
  'csrfTokenValue',
  'api-key',
  'apiKey',
  'sessionId',
  'PHPSESSID',
  'JSESSIONID',
  'session',
  'email',
  'customerEmail',
  'e-mail',
  'phone',
  'ip',
  'clientIp',
  'remote_ip',
  'user',
  'userId',
  'username',
  'first_name',
  'billing_address',
  'userAgent',
  'IBAN',
  'pin',
])('%s is secret or personal', (name) => {
  expect(isSecretKey(name)).toBe(true);
});

test.each([
  ['https://shop.example', 'https://shop.example'],
  ['https://shop.example/', 'https://shop.example/'],
  ['https://shop.example/books/4711?q=1#a', 'https://shop.example/books/4711'],
  ['https://jane:pw@shop.example/reset/x7k2m9', 'https://shop.example/reset/[token]'],
  ['/reset/x7k2m9', '/reset/[token]'],
  ['https://shop.example/a;jsessionid=0AB1C/b', 'https://shop.example/a/b'],
  ['/caf%C3%A9/jane%40example.org', '/café/[email]'],
  ['/5 of 5', '/5 of 5'],
  ['see https://shop.example/reset/x7k2m9', 'see https://shop.example/reset/[token]'],
])('the value %s is kept as %s', (value, kept) => {
  expect(scrubProps({ url: value })).toEqual({ url: kept });
});

test.each([
  'plan',
  'zip',
  'tip',
  'ip_version',
  'user_type',
  'email_provider',
  'spinning',
  'compass',
  'author',
  'authors',
  'session_count',
  'phone_model',
  'status',
  'path',
  'key',
  'code',
  'name',
  'users',
  'description',
])('%s is not', (name) => {
  expect(isSecretKey(name)).toBe(false);
});

it('removes by name and by shape, also in names', () => {
  expect(
    scrubProps({
      plan: 'pro',
      client_ip: 'somewhere',
      note: 'call jane@example.com',
      'jane@example.com': '1',
      count: '3',
    }),
  ).toEqual({ plan: 'pro', client_ip: '[removed]', note: 'call [email]', '[email]': '1', count: '3' });
});

it('finds names that are spelled otherwise, and cleans all', () => {
  expect(
    scrubProps({ 'p%61ssword': 'x', ｐｉｎ: '1', 'to\u200bken': 'y', 'a\0': 'b\u202ec\nd', '\u202e': 'z' }),
  ).toEqual({
    'p%61ssword': '[removed]',
    ｐｉｎ: '[removed]',
    'to\u200bken': '[removed]',
    a: 'bc d',
  });
});

it('keeps names that can be asked for, and loses none of those that become the same', () => {
  const mails = Array.from({ length: 30 }, (_, i) => [`a${i}@b.cc`, String(i)]);
  const kept = scrubProps(Object.fromEntries([...mails, ['a@b.cc '.repeat(9), 'long'], ['c@d.ee '.repeat(9), 'too']]));
  expect(Object.values(kept)).toEqual([...mails.map(([, value]) => value), 'long', 'too']);
  expect(Object.keys(kept).slice(0, 3)).toEqual(['[email]', '[email] (2)', '[email] (3)']);
  for (const name of Object.keys(kept)) expect(name.length).toBeLessThanOrEqual(64);
  expect(Object.keys(kept).slice(-2)).toEqual(['[email] '.repeat(8), `${'[email] '.repeat(7)} (2)`]);
});

it('cuts values, addresses too', () => {
  const { list, url } = scrubProps({ list: 'SKU0001,'.repeat(120), url: `https://shop.example/${'a/'.repeat(400)}` });
  expect(list).toBe('SKU0001,'.repeat(62));
  expect(url).toBe(`https://shop.example/${'a/'.repeat(239)}`);
});
