import { BlockList, isIPv4 } from 'node:net';
import { PRIVATE_IPV4, RESERVED_IPV4 } from '../../lib/special-networks.ts';

/**
 * Of IPv6 only 2000::/3 is given out, and these parts of it are no hosts' own: protocols, among them Teredo and 6to4,
 * which name an IPv4 address inside, and documentation (https://www.iana.org/assignments/iana-ipv6-special-registry).
 */
const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

const listOf = (networks: readonly string[], family: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
};

const special = { ipv4: listOf([...PRIVATE_IPV4, ...RESERVED_IPV4], 'ipv4'), ipv6: listOf(SPECIAL_IPV6, 'ipv6') };
const givenOut = listOf(['2000::/3'], 'ipv6');

/**
 * True for an address that only a host of the public internet can have. In doubt it is false: what is asked for here
 * must not be a machine beside the collector.
 *
 * @param address as `node:dns` writes it
 */
export const isPublic = (address: string): boolean =>
  isIPv4(address)
    ? !special.ipv4.check(address)
    : givenOut.check(address, 'ipv6') && !special.ipv6.check(address, 'ipv6');
