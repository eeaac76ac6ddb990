import { isPrivate, readAddress, type TrustedProxies } from './ip-address.ts';

/**
 * What can be wrong between a collector and its proxies, so that many visitors are counted as one:
 *
 * - `private_clients`: clients have addresses of a private network; a proxy there is not trusted.
 * - `unnamed_proxy`: clients have the addresses of a proxy or CDN that is not trusted, and that says so.
 * - `no_client_address`: a trusted proxy does not say which client it stands for.
 */
export const PROXY_FAULTS = ['private_clients', 'unnamed_proxy', 'no_client_address'] as const;
export type ProxyFault = (typeof PROXY_FAULTS)[number];

/** Headers in which CDNs, balancers and proxies name the client, beside `X-Forwarded-For`. */
const CLIENT_HEADERS = [
  'cf-connecting-ip',
  'true-client-ip',
  'fastly-client-ip',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-original-forwarded-for',
  'x-azure-clientip',
  'x-envoy-external-address',
  'x-vercel-forwarded-for',
  'x-nf-client-connection-ip',
  'x-appengine-user-ip',
  'x-sucuri-clientip',
  'cloudfront-viewer-address',
  'do-connecting-ip',
  'fly-client-ip',
  'incap-client-ip',
  'ali-cdn-real-ip',
] as const;

/** A request, and what was made of it. */
export interface Passed {
  /** Address of the connection's other end, normalised. */
  readonly peer: string;
  /** What is taken for the client's address. */
  readonly client: string;
  readonly trusted: TrustedProxies;
  /** The header that has the client's address, in lower case; null: `X-Forwarded-For`. */
  readonly clientHeader: string | null;
  /** Value of a header, by its name in lower case; empty if there is none. */
  readonly header: (name: string) => string;
}

/** What a request tells of how its proxies are set up; null: nothing is wrong with it. */
export const proxyFaultOf = (passed: Passed): ProxyFault | null => {
  const { peer, client, trusted, clientHeader, header } = passed;
  if (trusted(peer) && readAddress(nearest(header(clientHeader ?? 'x-forwarded-for'))) === null)
    return 'no_client_address';
  const isForwarded = header('x-forwarded-for') !== '';
  if (isPrivate(client)) return isForwarded || namesAnother(passed) ? 'private_clients' : null;
  return namesAnother(passed) ? 'unnamed_proxy' : null;
};

/** Some header names an address of the internet that is neither the client's nor that of a trusted proxy. */
const namesAnother = ({ client, trusted, clientHeader, header }: Passed): boolean => {
  const isAnother = (written: string): boolean => {
    const address = written === '' ? null : readAddress(written.trim());
    return address !== null && address !== client && !isPrivate(address) && !trusted(address);
  };
  // Who wrote the header that was chosen may well have left others as they were.
  if (clientHeader === null && isAnother(farthest(header('x-forwarded-for')))) return true;
  return (
    isAnother(forwardedFor(header('forwarded'))) || CLIENT_HEADERS.some((name) => isAnother(farthest(header(name))))
  );
};

/** The first of a list: who stands at its far end. */
const farthest = (list: string): string => {
  const comma = list.indexOf(',');
  return comma === -1 ? list : list.slice(0, comma);
};

/** The last of a list: what the nearest proxy said. */
const nearest = (list: string): string => list.slice(list.lastIndexOf(',') + 1).trim();

/** The first client of `Forwarded` (https://www.rfc-editor.org/rfc/rfc7239#section-4). */
const forwardedFor = (value: string): string => (value === '' ? '' : (/\bfor="?([^;,"\s]+)/i.exec(value)?.[1] ?? ''));
