import { describe, expect, test } from 'vitest';
import { newTotpSecret, toBase32, totpCode, totpStep, totpUri } from './totp.ts';

/** The secret of https://www.rfc-editor.org/rfc/rfc6238#appendix-B */
const SECRET = toBase32(Buffer.from('12345678901234567890'));
const STEP_MS = 30_000;

test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('“%s” is %s in base32 (RFC 4648, without padding)', (text, base32) => {
  expect(toBase32(Buffer.from(text))).toBe(base32);
});

// Of the RFC's eight digits the last six: they are the number's remainder.
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('at second %i the code is %s (RFC 6238)', (second, code) => {
  expect(totpCode(SECRET, Math.floor(second / 30))).toBe(code);
});

describe('a code', () => {
  const NOW = Date.UTC(2026, 5, 1, 12, 0, 10);
  const STEP = Math.floor(NOW / STEP_MS);

  test.each([-2, -1, 0, 1, 2])('of %i steps away is good within one step', (away) => {
    const found = totpStep(SECRET, totpCode(SECRET, STEP + away), 0, NOW);
    expect(found).toBe(Math.abs(away) <= 1 ? STEP + away : undefined);
  });

  test('is good once, and then none before it is', () => {
    const codes = [-1, 0, 1].map((away) => totpCode(SECRET, STEP + away));
    expect(codes.map((code) => totpStep(SECRET, code, STEP, NOW))).toEqual([undefined, undefined, STEP + 1]);
  });

  test.each(['', '12345', '1234567', 'abcdef'])('is not “%s”', (code) => {
    expect(totpStep(SECRET, code, 0, NOW)).toBeUndefined();
  });
});

test('secrets are random, of 160 bits, and apps can read them', () => {
  const secrets = Array.from({ length: 50 }, newTotpSecret);
  expect(new Set(secrets).size).toBe(50);
  for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(totpUri(SECRET, 'ann+x@site.example')).toBe(
    `otpauth://totp/Passerby:ann%2Bx%40site.example?secret=${SECRET}&issuer=Passerby`,
  );
});
