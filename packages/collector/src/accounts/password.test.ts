import { scryptSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { createPasswords } from './password.ts';
import { CHEAP } from './testing.ts';

const PASSWORD = 'a long enough password';

test('a hash of the product costs what OWASP asks for: scrypt with N = 2^15, r = 8, p = 3', async () => {
  const [salt = '', hash = ''] = (await createPasswords().hash(PASSWORD)).split(':');
  const maxmem = 64 * 1024 * 1024;
  const expected = scryptSync(PASSWORD, Buffer.from(salt, 'base64'), 32, { N: 2 ** 15, r: 8, p: 3, maxmem });
  expect(hash).toBe(expected.toString('base64'));
});

test('a password is right if it is the one that was hashed, however its letters are composed', async () => {
  const passwords = createPasswords(CHEAP);
  const stored = await passwords.hash('sch\u00f6n und lang genug');
  expect(await passwords.isRight('scho\u0308n und lang genug', stored)).toBe(true);
  expect(await passwords.isRight('schon und lang genug', stored)).toBe(false);
  expect(await passwords.hash('sch\u00f6n und lang genug')).not.toBe(stored);
  expect(await passwords.isRight('', ':')).toBe(false);
});

test('of many passwords at once, so many wait that nobody else does for long; the rest is refused', async () => {
  const passwords = createPasswords(CHEAP);
  const all = await Promise.allSettled(Array.from({ length: 20 }, () => passwords.hash(PASSWORD)));
  expect(all.map(({ status }) => status)).toEqual([...Array(16).fill('fulfilled'), ...Array(4).fill('rejected')]);
  expect(all.at(-1)).toMatchObject({ reason: { name: 'BusyError' } });
  expect(await passwords.hash(PASSWORD)).toContain(':');
});
