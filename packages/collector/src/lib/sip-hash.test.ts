import { expect, it } from 'vitest';
import { randomSipKey, sipHash, sipHashOfText } from './sip-hash.ts';

/** The key of the authors' test vectors: bytes 0 to 7. */
const KEY = new Int32Array(Uint8Array.from({ length: 8 }, (_, i) => i).buffer);

// Of `vectors_hsip64` (https://github.com/veorq/SipHash/blob/master/vectors.h), for the message 0, 1, 2 …
it.each([
  [0, '218d1f59b9b83cc8'],
  [1, 'be552412f8387315'],
  [2, '064f39ef7c50eb57'],
  [3, 'ce0f1a45f7060679'],
  [4, 'd5e78a175be52ea1'],
  [5, 'cb9d7c3f2f3db580'],
  [6, 'ce3e91358aa2bc25'],
  [7, 'ff202728b07bc684'],
  [8, 'edfee820bce4858c'],
  [62, 'f90b3ab572d46693'],
  [63, '2ea63c71bf326087'],
])('agrees with the vector of its authors for %i bytes', (bytes, vector) => {
  const text = Buffer.from(Array.from({ length: bytes }, (_, i) => i)).toString('latin1');
  const expected = Buffer.from(vector, 'hex');
  const [low, high] = [expected.readUInt32LE(0), expected.readUInt32LE(4)];
  expect(sipHash(KEY, text)).toBe((high >>> 11) * 2 ** 32 + low);
});

it('depends on the key, which is drawn anew each time', () => {
  const hashes = Array.from({ length: 20 }, () => sipHash(randomSipKey(), 'the same'));
  expect(new Set(hashes).size).toBe(20);
});

it('tells texts of any characters apart', () => {
  const wide = Array.from(
    { length: 1000 },
    (_, i) => `/${String.fromCodePoint(0x4e00 + 256 * (i % 40) + i, 0x1f600 + i)}`,
  );
  expect(new Set(wide.map((text) => sipHashOfText(KEY, text))).size).toBe(1000);
  expect(sipHashOfText(KEY, 'café')).toBe(sipHash(KEY, 'café'));
});
