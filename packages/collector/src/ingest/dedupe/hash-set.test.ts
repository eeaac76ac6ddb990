import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HashSet } from './hash-set.ts';

/** Few homes, so that most hashes want a slot that is taken, and the last slots, after which the first one comes. */
const hash = fc.tuple(fc.constantFrom(1, 2, 3, 61, 62, 63), fc.nat(5)).map(([home, high]) => home + high * 2 ** 32);
const change = fc.record({ hash, add: fc.boolean() });

it('holds what a Set holds, whatever is added and deleted', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 200, size: 'max' }), (changes) => {
      const [set, expected] = [new HashSet(), new Set<number>()];
      for (const { hash, add } of changes) {
        set[add ? 'add' : 'delete'](hash);
        expected[add ? 'add' : 'delete'](hash);
        expect(set.size).toBe(expected.size);
      }
      for (const { hash } of changes) expect(set.has(hash)).toBe(expected.has(hash));
    }),
  );
});

it('holds 100,000, and tells them from others', () => {
  const set = new HashSet();
  const hashes = Array.from({ length: 100_000 }, (_, i) => (i * 6_700_417_000_013) % Number.MAX_SAFE_INTEGER);
  for (const hash of hashes) set.add(hash);
  expect(set.size).toBe(100_000);
  expect(hashes.every((hash) => set.has(hash))).toBe(true);
  expect(hashes.some((hash) => set.has(hash + 2))).toBe(false);
});
