import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { createMutex } from '../lib/mutex.ts';

/** Checks that may wait. The threads that hash also read the files that are served, so that one hash at a time is enough. */
const MOST_WAITING = 16;

/** Too many passwords wait to be checked. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
}

/** What a hash costs: scrypt's N, r and p. */
export type PasswordCost = Required<Pick<ScryptOptions, 'N' | 'r' | 'p'>>;

/** One of the settings that OWASP's Password Storage Cheat Sheet names as equal. */
export const PASSWORD_COST: PasswordCost = { N: 2 ** 15, r: 8, p: 3 };
const MAX_MEMORY = 64 * 1024 * 1024;
const HASH_BYTES = 32;

/** Hashes passwords, one at a time, and compares them. */
export interface Passwords {
  /**
   * @returns `salt:hash`, both base64
   * @throws BusyError
   */
  readonly hash: (password: string) => Promise<string>;
  /**
   * Compares with what {@link hash} made, in constant time.
   * @throws BusyError
   */
  readonly isRight: (password: string, stored: string) => Promise<boolean>;
}

export const createPasswords = (cost = PASSWORD_COST): Passwords => {
  const inTurn = createMutex();
  let waiting = 0;
  const derive = async (password: string, salt: Buffer): Promise<Buffer> => {
    if (waiting >= MOST_WAITING) throw new BusyError('too many sign-ins at once, try again in a moment');
    waiting += 1;
    return inTurn(() => scryptOf(password, salt, cost)).finally(() => {
      waiting -= 1;
    });
  };
  return {
    async hash(password) {
      const salt = randomBytes(16);
      return `${salt.toString('base64')}:${(await derive(password, salt)).toString('base64')}`;
    },
    async isRight(password, stored) {
      const [salt = '', hash = ''] = stored.split(':');
      const expected = Buffer.from(hash, 'base64');
      const given = await derive(password, Buffer.from(salt, 'base64'));
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
  };
};

const scryptOf = (password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, { ...cost, maxmem: MAX_MEMORY }, (error, hash) =>
      error ? reject(error) : resolve(hash),
    );
  });
