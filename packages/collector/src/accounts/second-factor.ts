import { z } from 'zod';
import { secretBytes } from '../lib/system.ts';
import { isEqual, sha256 } from './secret.ts';
import { newTotpSecret, toBase32, totpStep } from './totp.ts';

/** Of an account, as stored. The secret must be readable: codes are made from it. */
export const secondFactor = z.object({
  secret: z.string(),
  /** False until a first code has shown that the app has the secret. */
  isOn: z.boolean(),
  /** Codes up to this step are used up. */
  lastStep: z.int(),
  /** Hashes of the recovery codes that are left. */
  recovery: z.array(z.string()),
});

export type SecondFactor = z.infer<typeof secondFactor>;

const RECOVERY_CODES = 10;
const RECOVERY_BYTES = 10;

/** A factor that is not on yet. */
export const newFactor = (): SecondFactor => ({ secret: newTotpSecret(), isOn: false, lastStep: 0, recovery: [] });

/** Codes for those who lose their phone: 80 random bits, as `abcd-efgh-ijkl-mnop`. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, () =>
    (toBase32(secretBytes(RECOVERY_BYTES)).toLowerCase().match(/.{4}/g) ?? []).join('-'),
  );

/** What is kept of a recovery code, however it is typed. */
export const recoveryHash = (code: string): string => sha256(code.toLowerCase().replace(/[^a-z2-7]/g, ''));

/**
 * Uses up a code, which is good once.
 * @param code six digits, or a recovery code
 * @param now Unix milliseconds
 * @returns the factor as it is then; undefined: the code is not good
 */
export const useCode = (factor: SecondFactor, code: string, now: number): SecondFactor | undefined => {
  const digits = code.replace(/\s/g, '');
  if (/^\d{6}$/.test(digits)) {
    const lastStep = totpStep(factor.secret, digits, factor.lastStep, now);
    return lastStep === undefined ? undefined : { ...factor, lastStep };
  }
  const hash = recoveryHash(code);
  const recovery = factor.recovery.filter((kept) => !isEqual(kept, hash));
  return recovery.length === factor.recovery.length ? undefined : { ...factor, recovery };
};
