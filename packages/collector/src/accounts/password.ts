import { scrypt, timingSafeEqual } from 'node:crypto';
import { ApiError } from '../http/api-error.ts';
import { createMutex } from '../lib/mutex.ts';
import { secretBytes } from '../lib/system.ts';

/** Too many passwords wait to be checked. */
export class SignInBusyError extends ApiError {
  override readonly name = 'SignInBusyError';

  constructor() {
    super(429, 'busy', 'request', 'too many sign-ins at once, try again in a moment');
  }
}

/** What a hash costs, in scrypt's terms: N = 2^ln. */
export interface PasswordCost {
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

/** Hashes and checks passwords, one at a time. */
export interface Passwords {
  /**
   * A password as it is stored: a PHC string, `$scrypt$ln=15,r=8,p=3$salt$hash`.
   * @throws SignInBusyError
   */
  readonly hash: (password: string) => Promise<string>;
  /**
   * Compares in constant time.
   * @param stored undefined: of nobody; false then, after the same time
   * @throws SignInBusyError
   */
  readonly isRight: (password: string, stored: string | undefined) => Promise<boolean>;
  /** False for what was hashed at another cost, or before it was written down: to be hashed anew. */
  readonly isCurrent: (stored: string) => boolean;
}

/** One of the settings that OWASP's Password Storage Cheat Sheet names as equal. */
export const PASSWORD_COST: PasswordCost = { ln: 15, r: 8, p: 3 };
/** The cost of what was stored as `salt:hash`, without it. */
const UNWRITTEN_COST: PasswordCost = { ln: 15, r: 8, p: 3 };

/** Checks that may wait. The threads that hash also read the files that are served, so that one hash at a time is enough. */
const MAX_WAITING = 16;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Eight times what {@link PASSWORD_COST} needs: no stored hash makes the collector take more. */
const MAX_MEMORY = 256 * 1024 * 1024;

/** A password's hash with all that is needed to make it again. */
interface Hashed {
  readonly cost: PasswordCost;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

const PHC = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,3}),p=(\d{1,3})\$([A-Za-z\d+/]+)\$([A-Za-z\d+/]+)$/;

const parse = (stored: string): Hashed | undefined => {
  const [, ln, r, p, salt, hash] = PHC.exec(stored) ?? [];
  if (salt !== undefined && hash !== undefined)
    return hashed({ ln: Number(ln), r: Number(r), p: Number(p) }, salt, hash);
  const [unwrittenSalt, unwrittenHash] = stored.split(':');
  return unwrittenSalt && unwrittenHash ? hashed(UNWRITTEN_COST, unwrittenSalt, unwrittenHash) : undefined;
};

const hashed = (cost: PasswordCost, salt: string, hash: string): Hashed => ({
  cost,
  salt: Buffer.from(salt, 'base64'),
  hash: Buffer.from(hash, 'base64'),
});

const header = ({ ln, r, p }: PasswordCost): string => `$scrypt$ln=${ln},r=${r},p=${p}$`;

/** Base64 without padding, as PHC strings have it. */
const base64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

const derive = (password: string, salt: Buffer, { ln, r, p }: PasswordCost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { N: 2 ** ln, r, p, maxmem: MAX_MEMORY };
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (error, hash) =>
      error ? reject(error) : resolve(hash),
    );
  });

/** @param cost of what is hashed from now on */
export const createPasswords = (cost: PasswordCost = PASSWORD_COST): Passwords => {
  const inTurn = createMutex();
  let waiting = 0;
  const deriveInTurn = (password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> => {
    if (waiting >= MAX_WAITING) return Promise.reject(new SignInBusyError());
    waiting += 1;
    return inTurn(() => derive(password, salt, cost)).finally(() => {
      waiting -= 1;
    });
  };
  const nobody: Hashed = { cost, salt: Buffer.alloc(SALT_BYTES), hash: Buffer.alloc(HASH_BYTES) };
  return {
    async hash(password) {
      const salt = secretBytes(SALT_BYTES);
      return `${header(cost)}${base64(salt)}$${base64(await deriveInTurn(password, salt, cost))}`;
    },
    async isRight(password, stored) {
      const expected = (stored === undefined ? undefined : parse(stored)) ?? nobody;
      const given = await deriveInTurn(password, expected.salt, expected.cost);
      const isEqual = expected.hash.length === given.length && timingSafeEqual(expected.hash, given);
      return isEqual && expected !== nobody;
    },
    isCurrent: (stored) => stored.startsWith(header(cost)),
  };
};
