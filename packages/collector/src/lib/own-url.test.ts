import { expect, test } from 'vitest';
import { ownUrl } from './own-url.ts';

test.each([
  ['0.0.0.0', 'http://127.0.0.1:4321'],
  ['::', 'http://[::1]:4321'],
  ['127.0.0.1', 'http://127.0.0.1:4321'],
  ['2001:db8::7', 'http://[2001:db8::7]:4321'],
  ['passerby.internal', 'http://passerby.internal:4321'],
])('what listens on %s is found at %s', (host, url) => {
  expect(ownUrl(host, 4321)).toBe(url);
});
