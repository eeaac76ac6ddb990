import { expect, it, test } from 'vitest';
import { isSecretKey } from './scrub-keys.ts';
import { scrubProps } from './scrub-props.ts';

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
  ['/caf%C3%A9/jane%40example.org', '/caf%C3%A9/[email]'],
  ['/5 of 5', '/5 of 5'],
  ['see https://shop.example/reset/x7k2m9', 'see https://shop.example/reset/x7k2m9'],
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
