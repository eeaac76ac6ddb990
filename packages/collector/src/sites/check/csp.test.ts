import { expect, it } from 'vitest';
import { blockedBy } from './csp.ts';

const PAGE = new URL('https://example.com/');
const OWN = new URL('https://stats.example.com/p.js');

it.each<[policy: string, blocked: string | null]>([
  ["default-src 'self'", "default-src 'self'"],
  ["img-src 'none'", null],
  ["script-src 'self' https://stats.example.com", null],
  ["default-src *; script-src 'self'", "script-src 'self'"],
  ["script-src https:; connect-src 'self'", "connect-src 'self'"],
  ['default-src stats.example.com', null],
  ['default-src *.example.com', null],
  ['default-src http://stats.example.com', null],
  ['default-src http:', 'default-src http:'],
  ['default-src https://stats.example.com:8443', 'default-src https://stats.example.com:8443'],
  ["script-src 'nonce-abc'; connect-src https:", null],
  ["script-src 'none'; script-src-elem https:", null],
  ["default-src 'none'", "default-src 'none'"],
  ['', null],
])('%j: %j', (policy, blocked) => {
  expect(blockedBy(policy, PAGE, OWN)).toBe(blocked);
});

it('a page may load from itself what lies beside it', () => {
  expect(blockedBy("default-src 'self'", PAGE, new URL('https://example.com/p.js'))).toBeNull();
});
