import { describe, expect, it } from 'vitest';
import { createPasswords, PASSWORD_COST, SignInBusyError } from './password.ts';
import { CHEAP } from './testing.ts';

const PASSWORD = 'correct horse battery';
/** As passwords were stored before their cost was. */
const UNWRITTEN = 'ABEiM0RVZneImaq7zN3u/w==:8NyWN9kGw00CYFuH+cfLK4uucRsEafzZ3qzXxI6Z/YY=';
/** Of {@link PASSWORD}, made by Python's hashlib.scrypt. */
const ELSEWHERE = '$scrypt$ln=15,r=8,p=3$ABEiM0RVZneImaq7zN3u/w$8NyWN9kGw00CYFuH+cfLK4uucRsEafzZ3qzXxI6Z/YY';

describe('a stored password', () => {
  it('carries its cost, as a PHC string', async () => {
    expect(await createPasswords().hash(PASSWORD)).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(await createPasswords(CHEAP).hash(PASSWORD)).toMatch(/^\$scrypt\$ln=1,r=8,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  });

  it('has a salt of its own', async () => {
    const passwords = createPasswords(CHEAP);
    expect(await passwords.hash(PASSWORD)).not.toBe(await passwords.hash(PASSWORD));
  });

  it('is right for that password alone', async () => {
    const passwords = createPasswords(CHEAP);
    const stored = await passwords.hash(PASSWORD);
    const given = [PASSWORD, `${PASSWORD} `, '', stored];
    expect(await Promise.all(given.map((password) => passwords.isRight(password, stored)))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('is the same however its letters are composed', async () => {
    const passwords = createPasswords(CHEAP);
    expect(await passwords.isRight('pa\u0308sswort', await passwords.hash('p\u00e4sswort'))).toBe(true);
  });

  it.each([
    ['at another cost', ELSEWHERE],
    ['before its cost was stored', UNWRITTEN],
  ])('is known if it was hashed %s', async (_when, stored) => {
    const passwords = createPasswords(CHEAP);
    expect(await passwords.isRight(PASSWORD, stored)).toBe(true);
    expect(await passwords.isRight('another password', stored)).toBe(false);
  });

  it.each([undefined, '', 'x', ':', '$scrypt$ln=1,r=8,p=1$AAAA$', '$argon2id$v=19$m=1,t=1,p=1$AAAA$AAAA'])(
    'is nobody\u2019s if it is %s',
    async (stored) => {
      expect(await createPasswords(CHEAP).isRight(PASSWORD, stored)).toBe(false);
    },
  );

  it('cannot make the collector take any amount of memory', async () => {
    const hungry = ELSEWHERE.replace('ln=15', 'ln=24');
    await expect(createPasswords(CHEAP).isRight(PASSWORD, hungry)).rejects.toThrow(/memory/i);
  });
});

it('is to be hashed anew when the cost has changed, or was not stored', async () => {
  const stored = await createPasswords(CHEAP).hash(PASSWORD);
  expect([CHEAP, { ...CHEAP, p: 2 }].map((cost) => createPasswords(cost).isCurrent(stored))).toEqual([true, false]);
  expect(createPasswords(PASSWORD_COST).isCurrent(UNWRITTEN)).toBe(false);
});

it('lets few wait, and two collectors do not wait for each other', async () => {
  const [busy, other] = [createPasswords(CHEAP), createPasswords(CHEAP)];
  const jobs = Array.from({ length: 17 }, () => busy.hash(PASSWORD));
  const elsewhere = other.hash(PASSWORD);
  const ends = await Promise.allSettled(jobs);
  expect(ends.map(({ status }) => status)).toEqual([...Array(16).fill('fulfilled'), 'rejected']);
  expect(ends[16]).toMatchObject({ reason: expect.any(SignInBusyError) });
  await expect(elsewhere).resolves.toMatch(/^\$scrypt/);
});
