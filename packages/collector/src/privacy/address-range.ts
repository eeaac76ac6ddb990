const V6_RANGE_LENGTH = '2001:0db8:0000'.length;

/**
 * The range of addresses to which a network belongs, as providers hand them out: of IPv4 the first 24 bits, of IPv6 the
 * first 48. Whoever can send from many addresses has them in few ranges.
 *
 * @param network as `networkOf` writes it
 * @example rangeOf('192.0.2.1') === '192.0.2'
 * @example rangeOf('2001:0db8:0000:0001::/64') === '2001:0db8:0000'
 */
export const rangeOf = (network: string): string =>
  network.includes(':') ? network.slice(0, V6_RANGE_LENGTH) : network.slice(0, network.lastIndexOf('.'));
