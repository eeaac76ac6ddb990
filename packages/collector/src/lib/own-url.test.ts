import { expect, test } from 'vitest';
import { ownUrl, shownUrl } from './own-url.ts';

test.each([
  ['0.0.0.0', 'http://127.0.0.1:4321'],
  ['::', 'http://[::1]:4321'],
  ['127.0.0.1', 'http://127.0.0.1:4321'],
  ['2001:db8::7', 'http://[2001:db8::7]:4321'],
  ['passerby.internal', 'http://passerby.internal:4321'],
])('what listens on %s is found at %s', (host, url) => {
  expect(ownUrl(host, 4321)).toBe(url);
});

test.each([
  ['0.0.0.0', 'http://localhost:4321'],
  ['::', 'http://localhost:4321'],
  ['127.0.0.1', 'http://localhost:4321'],
  ['::1', 'http://localhost:4321'],
  ['localhost', 'http://localhost:4321'],
  ['127.0.0.9', 'http://127.0.0.9:4321'],
  ['192.168.1.5', 'http://192.168.1.5:4321'],
  ['fd00::5', 'http://[fd00::5]:4321'],
  ['stats.lan', 'http://stats.lan:4321'],
])('a server on %s is shown as %s', (host, url) => {
  expect(shownUrl(host, 4321)).toBe(url);
});
