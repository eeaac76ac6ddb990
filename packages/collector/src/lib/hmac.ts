import { hash } from 'node:crypto';

/** Bytes that SHA-256 takes at a time. */
const BLOCK = 64;

/**
 * HMAC-SHA-256, by its definition (RFC 2104, section 2). `createHmac` of node:crypto makes a stream and its native half
 * for every call, which took twice as long as these two hashes. What held the key or the message is overwritten.
 *
 * @param key at most 64 bytes
 * @returns base64
 */
export const hmac = (key: Uint8Array, message: string): string => {
  const inner = padded(key, 0x36, Buffer.byteLength(message));
  inner.write(message, BLOCK);
  const outer = padded(key, 0x5c, 32);
  outer.write(hash('sha256', inner, 'binary'), BLOCK, 'binary');
  const digest = hash('sha256', outer, 'base64');
  inner.fill(0);
  outer.fill(0);
  return digest;
};

/** The key in a whole block, each of its bytes changed by `pad`, with room behind it. */
const padded = (key: Uint8Array, pad: number, room: number): Buffer => {
  const bytes = Buffer.allocUnsafe(BLOCK + room);
  for (let i = 0; i < BLOCK; i++) bytes[i] = (key[i] ?? 0) ^ pad;
  return bytes;
};
