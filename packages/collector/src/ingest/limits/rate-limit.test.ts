import { describe, expect, it } from 'vitest';
import { RateLimiter, WINDOW_MS } from './rate-limit.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 2, 10, 12);
const CLIENT = '192.0.2.1';
const OTHER = '2001:0db8:0000:0001::/64';

const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');

/** A gate for three items a client, and one that was asked three times already. */
const gate = (): RateLimiter => new RateLimiter(3);
const shut = (): RateLimiter => {
  const flood = gate();
  for (let i = 0; i < 3; i++) expect(flood.wait(CLIENT, NOW)).toBe(0);
  return flood;
};

describe('RateLimiter', () => {
  it('lets a client send so much in ten seconds, and tells it how long to wait', () => {
    const flood = shut();
    expect(flood.wait(CLIENT, NOW + 4000)).toBe(6000);
    expect(flood.wait(CLIENT, NOW + WINDOW_MS - 1)).toBe(1);
    expect(flood.wait(CLIENT, NOW + WINDOW_MS)).toBe(0);
  });

  it('makes nobody wait for another', () => {
    expect(shut().wait(OTHER, NOW)).toBe(0);
  });

  it('charges the items of a beacon, if only after it', () => {
    const flood = gate();
    expect(flood.wait(CLIENT, NOW)).toBe(0);
    flood.charge(CLIENT, 99);
    expect(flood.wait(CLIENT, NOW)).toBe(WINDOW_MS);
    expect(flood.wait(OTHER, NOW)).toBe(0);
    expect(flood.wait(CLIENT, NOW + WINDOW_MS)).toBe(0);
  });

  it('charges nothing for who was turned away', () => {
    const flood = shut();
    for (let i = 0; i < 10; i++) flood.wait(CLIENT, NOW);
    expect(flood.wait(CLIENT, NOW + WINDOW_MS)).toBe(0);
  });

  it.each([
    ['/64', 3, 1, () => '2001:0db8:0000:0001::/64'],
    ['/56', 12, 4, (n: number) => `2001:0db8:0000:01${hex(n, 2)}::/64`],
    ['/48', 24, 8, (n: number) => `2001:0db8:0000:${hex(n * 256, 4)}::/64`],
  ])('lets an IPv6 network of %s send %d in all, %d times as much as one of /64', (_length, most, _times, network) => {
    const flood = gate();
    const waits = Array.from({ length: most + 5 }, (_, n) => flood.wait(network(n), NOW));
    expect(waits).toEqual([...Array(most).fill(0), ...Array(5).fill(WINDOW_MS)]);
    expect(flood.wait('2001:0db8:0001:0001::/64', NOW)).toBe(0);
    expect(flood.wait(network(0), NOW + WINDOW_MS)).toBe(0);
  });

  it('lets the neighbours of an IPv4 address in: they are other people', () => {
    const flood = gate();
    for (let n = 0; n < 256; n++) for (let i = 0; i < 3; i++) expect(flood.wait(`192.0.2.${n}`, NOW)).toBe(0);
  });

  it.each([0, -1, -1e9, Number.NaN])('charges nothing for %d units', (units) => {
    const flood = gate();
    for (let i = 0; i < 3; i++) {
      expect(flood.wait(CLIENT, NOW)).toBe(0);
      flood.charge(CLIENT, units);
    }
    expect(flood.wait(CLIENT, NOW)).toBe(WINDOW_MS);
  });

  it('never counts on from the end: whoever is over the limit stays so', () => {
    const flood = shut();
    for (const units of [2 ** 31, 2 ** 31, 2 ** 32 - 1, 2 ** 40, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY]) {
      flood.charge(CLIENT, units);
      expect(flood.wait(CLIENT, NOW)).toBe(WINDOW_MS);
    }
  });

  it('lets all in where there is no limit', () => {
    const flood = new RateLimiter(0);
    flood.charge(CLIENT, 1e9);
    for (let i = 0; i < 10; i++) expect(flood.wait(CLIENT, NOW)).toBe(0);
  });

  it.each([
    ['back', -HOUR],
    ['back by a second after a window began', -1000],
    ['on', HOUR],
  ])('locks nobody out for longer than a window when the clock goes %s', (_how, jump) => {
    const flood = shut();
    const wait = flood.wait(CLIENT, NOW + jump);
    expect(wait).toBeLessThanOrEqual(WINDOW_MS);
    expect(flood.wait(CLIENT, NOW + jump + wait)).toBe(0);
  });

  it('takes nobody for another under a flood from 1,000 networks over the limit and 200,000 below it', () => {
    const flood = new RateLimiter(1000, new Int32Array([3, 4]));
    for (let i = 0; i < 200_000; i++) flood.wait(`2001:0db8:f:${i}::/64`, NOW);
    for (let i = 0; i < 1000; i++) flood.charge(`2001:0db8:${i}::/64`, 1000);
    const real = Array.from({ length: 50_000 }, (_, i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`);
    expect(real.filter((network) => flood.wait(network, NOW) > 0)).toEqual([]);
  });
});
