import { expect, test } from 'vitest';
import { newFactor, newRecoveryCodes, recoveryHash, useCode } from './second-factor.ts';
import { totpCode } from './totp.ts';

const NOW = Date.UTC(2026, 5, 1, 12);
const codes = newRecoveryCodes();
const FACTOR = { ...newFactor(), isOn: true, recovery: codes.map(recoveryHash) };
const CODE = totpCode(FACTOR.secret, NOW / 30_000);

test('recovery codes are ten, different, and hard to guess', () => {
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^[a-z2-7]{4}(?:-[a-z2-7]{4}){3}$/);
});

test.each([
  ['the code', CODE, { lastStep: NOW / 30_000 }],
  ['the code with a space', `${CODE.slice(0, 3)} ${CODE.slice(3)}`, { lastStep: NOW / 30_000 }],
  ['a recovery code', codes[3] ?? '', { recovery: codes.filter((_, n) => n !== 3).map(recoveryHash) }],
  [
    'a recovery code as it was written down',
    ` ${codes[3]?.toUpperCase().replaceAll('-', ' ')} `,
    { recovery: codes.filter((_, n) => n !== 3).map(recoveryHash) },
  ],
])('%s is used up', (_what, code, change) => {
  const used = useCode(FACTOR, code, NOW);
  expect(used).toEqual({ ...FACTOR, ...change });
  expect(used && useCode(used, code, NOW)).toBeUndefined();
});

test.each(['', '000000x', 'abcd-efgh-ijkl-mnop', '-', CODE.slice(1), `${CODE}0`])('“%s” is not good', (code) => {
  expect(useCode(FACTOR, code, NOW)).toBeUndefined();
});
