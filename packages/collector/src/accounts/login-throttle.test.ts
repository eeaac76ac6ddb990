import { describe, expect, test } from 'vitest';
import { LoginThrottle } from './login-throttle.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 5, 1, 12);
const OWNER = 'owner@site.example';
const HOME = '198.51.100.7';

/** Attempts at one moment, as one after the other; resolves to how many were let through. */
const letThrough = (
  attempts: LoginThrottle,
  count: number,
  { client = HOME, email = OWNER, at = START }: { client?: string; email?: string; at?: number } = {},
): number =>
  Array.from({ length: count }, () => attempts.begin({ client, email }, at)).filter((wait) => wait === 0).length;

describe('sign-in attempts', () => {
  test('of one client are ten in ten minutes, then it is told how long to wait', () => {
    const attempts = new LoginThrottle();
    expect(letThrough(attempts, 12)).toBe(10);
    expect(attempts.begin({ client: HOME, email: OWNER }, START + 4 * MINUTE)).toBe(6 * 60);
    expect(attempts.begin({ client: HOME, email: OWNER }, START + 10 * MINUTE - 1)).toBe(1);
    expect(letThrough(attempts, 12, { at: START + 10 * MINUTE })).toBe(10);
  });

  test('that a stranger makes stop the stranger, whatever the e-mail, and not the owner', () => {
    const attempts = new LoginThrottle();
    expect(letThrough(attempts, 10, { client: '203.0.113.9' })).toBe(10);
    expect(letThrough(attempts, 1, { client: '203.0.113.9', email: 'other@site.example' })).toBe(0);
    expect(letThrough(attempts, 10)).toBe(10);
  });

  test.each([
    ['an IPv4 address', '203.0.113.9', '203.0.113.10', true],
    [
      'IPv6 networks of one customer',
      '2001:0db8:0001:0000:0000:0000:0000:0001',
      '2001:0db8:0001:ffff:0000:0000:0000:0002',
      false,
    ],
    ['IPv6 customers', '2001:0db8:0001:0000:0000:0000:0000:0001', '2001:0db8:0002:0000:0000:0000:0000:0001', true],
  ])('are told apart by %s', (_what, one, other, isApart) => {
    const attempts = new LoginThrottle();
    letThrough(attempts, 10, { client: one });
    expect(letThrough(attempts, 1, { client: other })).toBe(Number(isApart));
  });

  test.each(['10.0.0.1', '172.17.0.1', '127.0.0.1', 'fd00:0000:0000:0000:0000:0000:0000:0001'])(
    'from %s, which may be a proxy that stands for everybody, are counted for each e-mail apart',
    (client) => {
      const attempts = new LoginThrottle();
      expect(letThrough(attempts, 12, { client, email: 'made-up@site.example' })).toBe(10);
      expect(letThrough(attempts, 12, { client })).toBe(10);
    },
  );

  test('from many addresses for one account are fewer from each, and the owner still gets in', () => {
    const attempts = new LoginThrottle();
    const guess = (n: number): number => letThrough(attempts, 12, { client: `203.0.113.${n}` });
    const from = Array.from({ length: 50 }, (_, n) => guess(n));
    expect([from.slice(0, 10), from.slice(10)]).toEqual([Array(10).fill(10), Array(40).fill(3)]);
    expect(letThrough(attempts, 3)).toBe(3);
    expect(letThrough(attempts, 12, { client: '203.0.113.200', email: 'another@site.example' })).toBe(10);
  });

  test('for one account are the same however its e-mail is spelled', () => {
    const attempts = new LoginThrottle();
    for (let n = 0; n < 10; n++)
      letThrough(attempts, 10, { client: `203.0.113.${n}`, email: n % 2 === 0 ? OWNER : OWNER.toUpperCase() });
    expect(letThrough(attempts, 12)).toBe(3);
  });

  test('begin anew once the password was right', () => {
    const attempts = new LoginThrottle();
    letThrough(attempts, 9);
    attempts.succeeded({ client: HOME, email: OWNER });
    expect(letThrough(attempts, 12)).toBe(10);
  });

  test('at other accounts are not forgotten because one’s own password was right', () => {
    const attempts = new LoginThrottle();
    const own = { client: HOME, email: 'guest@site.example' };
    for (let n = 0; n < 4; n++) {
      expect(letThrough(attempts, 2)).toBe(2);
      expect(attempts.begin(own, START)).toBe(0);
      attempts.succeeded(own);
    }
    expect([letThrough(attempts, 3), letThrough(attempts, 1, own)]).toEqual([2, 0]);
  });

  test('at the second factor of an account are ten in ten minutes, from wherever', () => {
    const attempts = new LoginThrottle();
    const waits = Array.from({ length: 12 }, (_, n) =>
      attempts.beginCode(n % 2 === 0 ? OWNER : OWNER.toUpperCase(), START),
    );
    expect(waits).toEqual([...Array(10).fill(0), 600, 600]);
    expect([attempts.beginCode('other@site.example', START), letThrough(attempts, 1)]).toEqual([0, 1]);
    attempts.codeSucceeded(OWNER);
    expect(attempts.beginCode(OWNER, START)).toBe(0);
    expect(attempts.beginCode(OWNER, START + 10 * MINUTE)).toBe(0);
  });

  test('are forgotten when nobody comes any more, and when the clock goes back', () => {
    const attempts = new LoginThrottle();
    letThrough(attempts, 10);
    attempts.forget(START + 9 * MINUTE);
    expect(letThrough(attempts, 1, { at: START + 9 * MINUTE })).toBe(0);
    attempts.forget(START - 60 * MINUTE);
    expect(letThrough(attempts, 12, { at: START - 60 * MINUTE })).toBe(10);
  });

  test('of ever more made-up clients push out the oldest: memory has an end', () => {
    const attempts = new LoginThrottle();
    letThrough(attempts, 10);
    const client = (n: number): string => `203.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
    for (let n = 0; n < 51_000; n++) attempts.begin({ client: client(n), email: `${n}@site.example` }, START);
    expect([letThrough(attempts, 12), letThrough(attempts, 12, { client: client(50_999) })]).toEqual([10, 9]);
  });
});
