import { fillRandomly } from './system.ts';

/** Key of {@link sipHash}: 64 random bits. */
export type SipKey = Int32Array;

/** Draws a key for as long as the process lives. */
export const randomSipKey = (): SipKey => {
  const key = new Int32Array(2);
  fillRandomly(key);
  return key;
};

/**
 * HalfSipHash-2-4 with 64 bits of output (Aumasson and Bernstein, https://github.com/veorq/SipHash): for tables in memory
 * whose entries strangers choose. Who does not know the key cannot make texts that collide.
 *
 * It is one loop over numbers that stay in registers: with a function for the round it took ten times as long.
 *
 * @param text of Latin-1, as ids and addresses are; of other characters only the lower byte counts
 * @returns 53 of the 64 bits, as many as a number holds
 */
export const sipHash = (key: SipKey, text: string): number => {
  const [k0 = 0, k1 = 0] = key;
  let [v0, v1, v2, v3] = [k0, k1 ^ 0xee, k0 ^ 0x6c796765, k1 ^ 0x74656462];
  let low = 0;
  // Words of four bytes, the last one with the length; after it come two more steps, for the output.
  const last = text.length >> 2;
  for (let step = 0; step <= last + 2; step++) {
    const word = step > last ? 0 : wordAt(text, step * 4);
    v3 ^= word;
    for (let rounds = step > last ? 4 : 2; rounds > 0; rounds--) {
      v0 = (v0 + v1) | 0;
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
      v0 = (v0 << 16) | (v0 >>> 16);
      v2 = (v2 + v3) | 0;
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
      v2 = (v2 << 16) | (v2 >>> 16);
    }
    v0 ^= word;
    if (step === last) v2 ^= 0xee;
    if (step === last + 1) {
      low = v1 ^ v3;
      v1 ^= 0xdd;
    }
  }
  return ((v1 ^ v3) >>> 11) * 2 ** 32 + (low >>> 0);
};

const WIDE = /[\u0100-\uffff]/;

/** {@link sipHash} of any text: one that is not of Latin-1 is hashed as its UTF-8. */
export const sipHashOfText = (key: SipKey, text: string): number =>
  sipHash(key, WIDE.test(text) ? Buffer.from(text).toString('latin1') : text);

/** Four characters; at the end those that are left, and the length. */
const wordAt = (text: string, at: number): number => {
  const end = Math.min(at + 4, text.length);
  let word = end - at < 4 ? text.length << 24 : 0;
  for (let i = at; i < end; i++) word |= (text.charCodeAt(i) & 0xff) << (8 * (i - at));
  return word;
};
