import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { createMutex } from '../lib/mutex.ts';

/** Checks that may wait. The threads that hash also read the files that are served, so that one hash at a time is enough. */
const MOST_WAITING = 16;

/** Too many passwords wait to be checked. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
}

let waiting = 0;
const inTurn = createMutex();

/** scrypt's cost, N = 2^15, r = 8, p = 3: one of the settings OWASP's Password Storage Cheat Sheet names as equal. */
const COST: ScryptOptions = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const HASH_BYTES = 32;

/** @throws BusyError */
const derive = async (password: string, salt: Buffer): Promise<Buffer> => {
  if (waiting >= MOST_WAITING) throw new BusyError('too many sign-ins at once, try again in a moment');
  waiting += 1;
  return inTurn(() => hash(password, salt)).finally(() => {
    waiting -= 1;
  });
};

const hash = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, COST, (error, hash) =>
      error ? reject(error) : resolve(hash),
    );
  });

/** @returns `salt:hash`, both base64 */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(16);
  return `${salt.toString('base64')}:${(await derive(password, salt)).toString('base64')}`;
};

/** Compares in constant time. */
export const isPassword = async (password: string, stored: string): Promise<boolean> => {
  const [salt = '', hash = ''] = stored.split(':');
  const expected = Buffer.from(hash, 'base64');
  const given = await derive(password, Buffer.from(salt, 'base64'));
  return expected.length === given.length && timingSafeEqual(expected, given);
};
