import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import { MAX_BODY_BYTES, readWhole } from './request-body.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const read = (body: PassThrough) => readWhole(body as unknown as IncomingMessage);

test('what is too long costs nothing more for each byte that still comes', async () => {
  const putTogether = vi.spyOn(Buffer, 'concat');
  const body = new PassThrough();
  body.write(Buffer.alloc(2 ** 20));
  for (let sent = 0; sent < 1000; sent++) body.write('x');
  expect(await read(body)).toMatchObject({ isWhole: false, bytes: { length: MAX_BODY_BYTES + 1 } });
  body.end('the rest');
  await vi.waitFor(() => expect(body.readableEnded).toBe(true));
  // Where it was too long, and at its end.
  expect(putTogether.mock.calls.length).toBeLessThan(3);
});

test('what is kept of a body is its own bytes, not the larger pieces of memory in which they came', async () => {
  const kept: Uint8Array[] = [];
  vi.spyOn(Buffer, 'concat').mockImplementation((pieces) => {
    kept.push(...pieces);
    return Buffer.alloc(0);
  });
  const body = new PassThrough();
  const pieces = Array.from({ length: 100 }, () => Buffer.alloc(2 ** 16).subarray(0, 1));
  for (const piece of pieces) body.write(piece);
  body.end();
  await read(body);
  const memory = new Set(kept.map(({ buffer }) => buffer));
  expect([...memory].reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(2 * MAX_BODY_BYTES);
});
