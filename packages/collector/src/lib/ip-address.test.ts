import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { clientAddress, isPrivate, networkOf, normaliseAddress, parseTrusted } from './ip-address.ts';

const trusted = parseTrusted('10.0.0.0/8, ::1 2001:db8:aaaa::/48');

const client = (socket: string, forwardedFor = '', header: string | null = null): string =>
  clientAddress({ socket, header, forwardedFor, trusted });

describe('clientAddress', () => {
  test.each([
    ['no proxy', '192.0.2.1', '', '192.0.2.1'],
    ['IPv4 on an IPv6 socket', '::ffff:192.0.2.1', '', '192.0.2.1'],
    ['a stranger cannot speak for others', '192.0.2.1', '198.51.100.7', '192.0.2.1'],
    ['a trusted proxy can', '10.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['a trusted proxy on an IPv6 socket', '::ffff:10.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['a chain of trusted proxies', '10.0.0.1', '198.51.100.7, 10.0.0.3,10.0.0.2', '198.51.100.7'],
    ['what the client made up stands further left', '10.0.0.1', '1.1.1.1, 198.51.100.7, 10.0.0.2', '198.51.100.7'],
    ['an IPv6 client', '::1', '2001:DB8::7', '2001:0db8:0000:0000:0000:0000:0000:0007'],
    ['an IPv6 proxy behind a proxy', '::1', '198.51.100.7, 2001:db8:aaaa::5', '198.51.100.7'],
    ['a port', '10.0.0.1', '198.51.100.7:4711', '198.51.100.7'],
    ['a port after IPv6', '10.0.0.1', '[2001:db8::7]:80', '2001:0db8:0000:0000:0000:0000:0000:0007'],
    ['brackets alone', '10.0.0.1', '[2001:db8::7]', '2001:0db8:0000:0000:0000:0000:0000:0007'],
    ['empty entries', '10.0.0.1', ' , 198.51.100.7, ,', '198.51.100.7'],
    ['no entry at all', '10.0.0.1', '', '10.0.0.1'],
    ['only commas', '10.0.0.1', ',,,', '10.0.0.1'],
    ['a word', '10.0.0.1', 'unknown', '10.0.0.1'],
    ['a word hides nothing further left', '10.0.0.1', '198.51.100.7, unknown, 10.0.0.2', '10.0.0.2'],
    ['an address out of range', '10.0.0.1', '198.51.100.777', '10.0.0.1'],
    ['all of them trusted: the furthest', '10.0.0.1', '10.9.9.9, 10.0.0.2', '10.9.9.9'],
    ['a Unix socket', '', '198.51.100.7', '0.0.0.0'],
  ])('%s', (_, socket, forwardedFor, expected) => {
    expect(client(socket, forwardedFor)).toBe(expected);
  });

  test.each([
    ['names the client', '10.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['is not believed from a stranger', '192.0.2.1', '198.51.100.7', '192.0.2.1'],
    ['missing: the proxy itself, not what the client forwarded', '10.0.0.1', '', '10.0.0.1'],
    ['garbage', '10.0.0.1', 'a, b', '10.0.0.1'],
  ])('a named header: %s', (_, socket, header, expected) => {
    expect(client(socket, '1.1.1.1', header)).toBe(expected);
  });

  it('always answers with an address, whatever it is told, also at length', () => {
    const piece = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.string(),
      fc.constantFrom('10.0.0.1', '[', ']:', ',', ' ', '%', '::'),
    );
    const list = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(','));
    fc.assert(
      fc.property(
        fc.constantFrom('10.0.0.1', '::1', 'x'),
        list,
        fc.option(piece, { nil: null }),
        (socket, forwarded, header) => {
          const address = client(socket, forwarded, header);
          expect(normaliseAddress(address)).toBe(address);
        },
      ),
    );
    expect(client('10.0.0.1', `${'1.1.1.1,'.repeat(20_000)}198.51.100.7`)).toBe('198.51.100.7');
    expect(client('10.0.0.1', 'x'.repeat(100_000))).toBe('10.0.0.1');
  });
});

describe('normaliseAddress', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:0201', '192.0.2.1'],
    ['::', '0000:0000:0000:0000:0000:0000:0000:0000'],
    ['1::', '0001:0000:0000:0000:0000:0000:0000:0000'],
    ['fe80::1%eth0', 'fe80:0000:0000:0000:0000:0000:0000:0001'],
    ['64:ff9b::192.0.2.1', '0064:ff9b:0000:0000:0000:0000:c000:0201'],
    ['2001:DB8:1:2:3:4:5:6', '2001:0db8:0001:0002:0003:0004:0005:0006'],
    ['01.2.3.4', null],
    ['1.2.3', null],
    ['1::2::3', null],
    ['[::1]', null],
    ['', null],
  ])('%s → %s', (address, expected) => {
    expect(normaliseAddress(address)).toBe(expected);
  });

  it('spells every IPv6 address in one way', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const normal = normaliseAddress(address) ?? '';
        expect(normaliseAddress(normal.toUpperCase())).toBe(normal);
        if (normal.includes(':'))
          expect(new URL(`http://[${normal}]`).hostname).toBe(new URL(`http://[${address}]`).hostname);
      }),
    );
  });
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['2001:0db8:0001:0002:0003:0004:0005:0006', '2001:0db8:0001:0002::/64'],
])('networkOf %s', (address, expected) => {
  expect(networkOf(address)).toBe(expected);
});

test.each([
  ['127.0.0.1', true],
  ['10.255.0.1', true],
  ['172.16.0.1', true],
  ['172.31.255.255', true],
  ['192.168.1.1', true],
  ['169.254.169.254', true],
  ['100.64.0.1', true],
  ['100.127.255.255', true],
  ['0.0.0.0', true],
  ['192.0.0.1', true],
  ['198.18.0.1', true],
  ['198.19.255.255', true],
  ['240.0.0.1', true],
  ['255.255.255.255', true],
  ['192.0.1.0', false],
  ['198.20.0.0', false],
  ['198.51.100.1', false],
  ['239.255.255.255', false],
  ['::1', true],
  ['fd12:3456::1', true],
  ['fe80::1', true],
  ['febf::1', true],
  ['8.8.8.8', false],
  ['172.15.0.1', false],
  ['172.32.0.1', false],
  ['100.63.0.1', false],
  ['100.128.0.1', false],
  ['101.0.0.1', false],
  ['192.169.0.1', false],
  ['2001:db8::1', false],
  ['fec0::1', false],
  ['::2', false],
])('isPrivate %s: %s', (address, expected) => {
  expect(isPrivate(normaliseAddress(address) ?? '')).toBe(expected);
});

describe('parseTrusted', () => {
  test.each([
    ['', '10.0.0.1', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3', '10.1.2.4', false],
    ['10.1.2.3/8', '10.200.0.1', true],
    ['0.0.0.0/0', '8.8.8.8', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['::ffff:10.0.0.0/104', '10.7.7.7', true],
    ['::ffff:10.0.0.0/104', '11.7.7.7', false],
    ['fd00::/8\n\t10.0.0.0/8', 'fd12::1', true],
    ['fd00::/8', 'fe00::1', false],
    ['2001:db8::/127', '2001:db8::1', true],
    ['2001:db8::/127', '2001:db8::2', false],
  ])('%j: %s is %s', (list, address, expected) => {
    expect(parseTrusted(list)(normaliseAddress(address) ?? '')).toBe(expected);
  });

  test.each([
    '10.0.0.0/33',
    '10.0.0/8',
    'proxy.local',
    '::1/129',
    '10.0.0.0/x',
    '10.0.0.0/',
    '::ffff:10.0.0.0/95',
    '/8',
  ])('names %j', (entry) => {
    expect(() => parseTrusted(`127.0.0.1, ${entry}, ::1`)).toThrow(`${JSON.stringify(entry)} is neither`);
  });
});
