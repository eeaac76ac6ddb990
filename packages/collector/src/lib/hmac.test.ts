import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { hmac } from './hmac.ts';

it.each([
  { key: 32, text: '' },
  { key: 32, text: 'plain' },
  { key: 32, text: 'é 日本語 🙂' },
  { key: 32, text: 'x'.repeat(20_000) },
  { key: 0, text: 'plain' },
  { key: 64, text: 'plain' },
])('equals the HMAC of node:crypto: key of $key bytes, $text', ({ key, text }) => {
  const bytes = Buffer.from(Array.from({ length: key }, (_, i) => (i * 37) % 256));
  expect(hmac(bytes, text)).toBe(createHmac('sha256', bytes).update(text).digest('base64'));
});
