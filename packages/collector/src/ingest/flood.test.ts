import { describe, expect, it } from 'vitest';
import { FloodGate, WINDOW_MS } from './flood.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 2, 10, 12);
const CLIENT = '192.0.2.1';
const OTHER = '2001:0db8:0000:0001::/64';

/** A gate for three items a client, and one that was asked three times already. */
const gate = (): FloodGate => new FloodGate(3);
const shut = (): FloodGate => {
  const flood = gate();
  for (let i = 0; i < 3; i++) expect(flood.wait(CLIENT, NOW)).toBe(0);
  return flood;
};

describe('FloodGate', () => {
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

  it('lets all in where there is no limit', () => {
    const flood = new FloodGate(0);
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
    const flood = new FloodGate(1000, new Int32Array([3, 4]));
    for (let i = 0; i < 200_000; i++) flood.wait(`2001:0db8:f:${i}::/64`, NOW);
    for (let i = 0; i < 1000; i++) flood.charge(`2001:0db8:${i}::/64`, 1000);
    const real = Array.from({ length: 50_000 }, (_, i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`);
    expect(real.filter((network) => flood.wait(network, NOW) > 0)).toEqual([]);
  });
});
