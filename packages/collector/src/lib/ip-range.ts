const V6_RANGE_LENGTH = '2001:0db8:0000'.length;
const V6_SITE_LENGTH = '2001:0db8:0000:00'.length;

/**
 * What one customer of a provider has at most: an IPv4 address, or an IPv6 network of 48 bits (RFC 6177).
 *
 * @param address normalised
 */
export const customerOf = (address: string): string =>
  address.includes(':') ? address.slice(0, V6_RANGE_LENGTH) : address;

/**
 * The networks that one customer may have, the smallest first: of IPv6 those of 64, 56 and 48 bits. Of IPv4 there is the
 * address alone: its neighbours are other people.
 *
 * @param network as `networkOf` writes it
 */
export const networksOf = (network: string): readonly string[] =>
  network.includes(':') ? [network, network.slice(0, V6_SITE_LENGTH), network.slice(0, V6_RANGE_LENGTH)] : [network];

/**
 * The range of addresses to which a network belongs, as providers hand them out: of IPv4 the first 24 bits, of IPv6 the
 * first 48. Whoever can send from many addresses has them in few ranges.
 *
 * @param network as `networkOf` writes it
 * @example ipRangeOf('192.0.2.1') === '192.0.2'
 * @example ipRangeOf('2001:0db8:0000:0001::/64') === '2001:0db8:0000'
 */
export const ipRangeOf = (network: string): string =>
  network.includes(':') ? network.slice(0, V6_RANGE_LENGTH) : network.slice(0, network.lastIndexOf('.'));
