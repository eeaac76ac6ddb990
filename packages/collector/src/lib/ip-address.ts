import { isIPv4, isIPv6 } from 'node:net';
import { PRIVATE_IPV4 } from './special-networks.ts';

/** Tells whether a normalised address is one of the operator's own proxies. */
export type TrustedProxies = (address: string) => boolean;

/** What a request says of where it came from. */
export interface Hops {
  /** Address of the connection's other end. */
  readonly socket: string;
  /** Value of the header that the operator named as the client's address; null: none is named. */
  readonly header: string | null;
  /** `X-Forwarded-For`; empty if there is none. */
  readonly forwardedFor: string;
  readonly trusted: TrustedProxies;
}

/** Stands for an address that nobody knows, such as that of a Unix socket. */
export const UNSPECIFIED = '0.0.0.0';

/**
 * Address of the client, normalised. It is the socket's, unless a trusted proxy is at the other end: then what that
 * proxy says. Every proxy appends to `X-Forwarded-For`, so the list is read from its right and only as far as those
 * who wrote it are trusted; what stands further left anyone may have made up. Where an entry makes no sense, the last
 * one that did is the answer.
 */
export const clientAddress = ({ socket, header, forwardedFor, trusted }: Hops): string => {
  const peer = normaliseAddress(socket) ?? UNSPECIFIED;
  if (!trusted(peer)) return peer;
  return header === null ? rightmostUntrusted(forwardedFor, peer, trusted) : (readAddress(header) ?? peer);
};

const rightmostUntrusted = (list: string, peer: string, trusted: TrustedProxies): string => {
  let nearest = peer;
  for (let end = list.length; end >= 0; ) {
    const comma = end === 0 ? -1 : list.lastIndexOf(',', end - 1);
    const entry = list.slice(comma + 1, end).trim();
    end = comma;
    if (entry === '') continue;
    const address = readAddress(entry);
    if (address === null) return nearest;
    if (!trusted(address)) return address;
    nearest = address;
  }
  return nearest;
};

/** `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:4711`. */
const ENTRY = /^(?:\[([^\]]{2,64})\](?::\d{1,5})?|(\d[\d.]{6,14}):\d{1,5}|(\S{2,64}))$/;

/** An address as proxies write it, with a port or without; null: it is none. */
export const readAddress = (text: string): string | null => {
  if (isIPv4(text)) return text;
  const match = ENTRY.exec(text.trim());
  return normaliseAddress(match?.[1] ?? match?.[2] ?? match?.[3] ?? '');
};

const MAPPED = /^0000:0000:0000:0000:0000:ffff:(..)(..):(..)(..)$/;

/**
 * One spelling for each address: IPv4 as it is, also out of `::ffff:192.0.2.1`; IPv6 in lower case, without zone,
 * written out as eight groups of four digits. Null: it is no address.
 *
 * @example normaliseAddress('2001:DB8::1%eth0') === '2001:0db8:0000:0000:0000:0000:0000:0001'
 */
export const normaliseAddress = (address: string): string | null => {
  if (isIPv4(address)) return address;
  // How Node names an IPv4 client of a server that listens on `::`: not worth writing out first.
  if (address.startsWith('::ffff:') && isIPv4(address.slice(7))) return address.slice(7);
  if (!isIPv6(address)) return null;
  const full = expand(address);
  const mapped = MAPPED.exec(full);
  return mapped === null
    ? full
    : mapped
        .slice(1)
        .map((byte) => Number.parseInt(byte, 16))
        .join('.');
};

/** Writes out the groups of a valid IPv6 address. */
const expand = (address: string): string => {
  const [bare = ''] = address.toLowerCase().split('%');
  const [left = [], right] = dottedToGroups(bare)
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = right === undefined ? [] : Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...zeros, ...(right ?? [])].map((group) => group.padStart(4, '0')).join(':');
};

/** `::ffff:192.0.2.1` as `::ffff:c000:0201`. */
const dottedToGroups = (address: string): string =>
  address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => {
    const [a, b, c, d] = bytes.slice(0, 4).map((byte) => Number(byte).toString(16).padStart(2, '0'));
    return `${a}${b}:${c}${d}`;
  });

const V6_NETWORK_LENGTH = '2001:0db8:0000:0000'.length;

/**
 * The part of a normalised address that stands for a client: IPv4 whole; of IPv6 the first 64 bits, since a device
 * changes the others by itself (RFC 8981).
 */
export const networkOf = (address: string): string =>
  address.includes(':') ? `${address.slice(0, V6_NETWORK_LENGTH)}::/64` : address;

/** Networks that serve nobody but their own, link-local addresses, and this host (RFC 6890). */
const PRIVATE_IPV6 = /^(?:f[cd]|fe[89ab]|(?:0000:){7}000[01]$)/;

/** True for a normalised address that no visitor from the internet can have. */
export const isPrivate = (address: string): boolean => {
  if (address.includes(':')) return PRIVATE_IPV6.test(address);
  const number = numberOf(address);
  return privateRanges.some(({ first, last }) => first <= number && number <= last);
};

/**
 * Reads a list of addresses and networks, separated by commas or spaces.
 *
 * @example parseTrusted('10.0.0.0/8, ::1')('10.1.2.3') === true
 * @throws Error naming the entry that is neither
 */
export const parseTrusted = (list: string): TrustedProxies => {
  const entries = list.split(/[\s,]+/).filter((entry) => entry !== '');
  if (entries.length === 0) return () => false;
  const networks = entries.map((entry) => contains(parseNetwork(entry)));
  return (address) => networks.some((holds) => holds(address));
};

/**
 * True for the addresses of a network: `BlockList` of node:net makes a native object for every address it checks, which
 * took a tenth of the time spent on a beacon.
 */
const contains = ({ address, prefix }: Network): TrustedProxies => {
  if (address.includes(':')) return containsIPv6(address, prefix);
  const hosts = 2 ** (32 - prefix);
  const network = Math.floor(numberOf(address) / hosts);
  return (other) => !other.includes(':') && Math.floor(numberOf(other) / hosts) === network;
};

/** The 32 bits of an IPv4 address as a number. */
const numberOf = (address: string): number => {
  let [number, byte] = [0, 0];
  // By hand: to split it took longer than all the rest that is done with an address.
  for (let at = 0; at < address.length; at++) {
    const digit = address.charCodeAt(at) - 0x30;
    if (digit >= 0) byte = byte * 10 + digit;
    else [number, byte] = [number * 256 + byte, 0];
  }
  return number * 256 + byte;
};

const containsIPv6 = (address: string, prefix: number): TrustedProxies => {
  const network = bitsOf(address).slice(0, prefix);
  return (other) => other.includes(':') && bitsOf(other).startsWith(network);
};

/** The 128 bits of an IPv6 address, written out. */
const bitsOf = (address: string): string =>
  address
    .split(':')
    .map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0'))
    .join('');

/** A normalised address and how many of its first bits count. */
interface Network {
  readonly address: string;
  readonly prefix: number;
}

const NETWORK = /^([^/]+)(?:\/(\d{1,3}))?$/;

const parseNetwork = (entry: string): Network => {
  const [, written = '', bits] = NETWORK.exec(entry) ?? [];
  const address = normaliseAddress(written);
  if (address !== null) {
    const most = address.includes(':') ? 128 : 32;
    // The 96 bits before an IPv4 address that is written as IPv6.
    const mappedBits = most === 32 && written.includes(':') ? 96 : 0;
    const prefix = bits === undefined ? most : Number(bits) - mappedBits;
    if (prefix >= 0 && prefix <= most) return { address, prefix };
  }
  throw new Error(
    `${JSON.stringify(entry)} is neither an address nor a network such as 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32`,
  );
};

const privateRanges = PRIVATE_IPV4.map((network) => {
  const { address, prefix } = parseNetwork(network);
  const first = numberOf(address);
  return { first, last: first + 2 ** (32 - prefix) - 1 };
});
