import { createHash, timingSafeEqual } from 'node:crypto';
import { secretBytes } from '../lib/system.ts';

const SECRET_BYTES = 32;

/** A random secret, to be handed out once and kept as {@link sha256}. */
export const newSecret = (): string => secretBytes(SECRET_BYTES).toString('base64url');

/** What is kept of a secret: it is random, so that nothing slower is needed. Hex. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Compares in constant time, whatever the lengths. */
export const isEqual = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
