/* The networks of https://www.iana.org/assignments/iana-ipv4-special-registry, and multicast. */

/** This host, private networks, link-local, carrier-grade NAT, those within providers, those never given out. */
export const PRIVATE_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '240.0.0.0/4',
] as const;

/** Those for documentation, for services of the network itself, and for many at once. */
export const RESERVED_IPV4 = [
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.175.48.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
] as const;
