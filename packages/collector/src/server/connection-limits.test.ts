import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { type TrustedProxies, UNSPECIFIED } from '../lib/ip-address.ts';
import { ConnectionLimits } from './connection-limits.ts';

const room = (isProxy: TrustedProxies = () => false): ConnectionLimits =>
  new ConnectionLimits({ connections: 8, requests: 8, ahead: 8, share: 0.5, exchangeMs: 1000, isProxy });

/** A connection from an address. */
const from = (address: string): Socket => Object.defineProperty(new Socket(), 'remoteAddress', { value: address });

test.each([
  ['an IPv6 network of 48 bits has one share of the connections', (n: number) => `2001:db8:1:${n}::1`, false],
  ['an IPv4 address has one', () => '192.0.2.1', false],
  ['neighbours have one each', (n: number) => `192.0.2.${n}`, true],
])('%s', (_who, address, hasMore) => {
  const collector = room();
  for (let n = 0; n < 4; n++) expect(collector.enter(from(address(n)))).toBe(true);
  expect(collector.enter(from(address(4)))).toBe(hasMore);
  expect(collector.enter(from('2001:db8:2::1'))).toBe(true);
});

test('a Unix socket has no address, and no share where a proxy is behind it', () => {
  for (const [isProxy, hasMore] of [
    [(address: string) => address === UNSPECIFIED, true] as const,
    [() => false, false] as const,
  ]) {
    const collector = room(isProxy);
    for (let n = 0; n < 4; n++) expect(collector.enter(new Socket())).toBe(true);
    expect(collector.enter(new Socket())).toBe(hasMore);
  }
});
