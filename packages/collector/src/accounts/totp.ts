import { createHmac } from 'node:crypto';
import { secretBytes } from '../lib/system.ts';

/** What authenticator apps take without being told: SHA-1, 30 seconds, 6 digits (https://www.rfc-editor.org/rfc/rfc6238). */
const STEP_S = 30;
const DIGITS = 6;
/** As long as the hash: https://www.rfc-editor.org/rfc/rfc4226#section-4 */
const SECRET_BYTES = 20;
/** Steps before and after, for clocks that are wrong. */
const DRIFT = 1;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A random secret, in base32. */
export const newTotpSecret = (): string => toBase32(secretBytes(SECRET_BYTES));

/** The address that an authenticator app reads from a QR code. */
export const totpUri = (secret: string, email: string): string =>
  `otpauth://totp/Passerby:${encodeURIComponent(email)}?secret=${secret}&issuer=Passerby`;

/** The code of a step, which is the number of half minutes since 1970. */
export const totpCode = (secret: string, step: number): string => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const number = hash.readUInt32BE((hash.at(-1) ?? 0) & 15) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
};

/**
 * The step whose code this is, one before and after included.
 * @param after steps up to this one are used up
 * @param now Unix milliseconds
 */
export const totpStep = (secret: string, code: string, after: number, now: number): number | undefined => {
  const step = Math.floor(now / 1000 / STEP_S);
  const steps = Array.from({ length: 2 * DRIFT + 1 }, (_, n) => step - DRIFT + n);
  return steps.find((step) => step > after && totpCode(secret, step) === code);
};

/** Base32 without padding: https://www.rfc-editor.org/rfc/rfc4648#section-6 */
export const toBase32 = (bytes: Uint8Array): string => {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
};

const fromBase32 = (text: string): Buffer => {
  const bits = Array.from(text, (letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
};
