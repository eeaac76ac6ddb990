import { crc32 } from 'node:zlib';

/** Chooses a collector for a client. @param up numbers of those that are up, in ascending order; not empty */
export type Balancer = (address: string, up: readonly number[]) => number;

/** Makes one, as it begins to work. */
export type BalancerKind = 'consistent' | 'modulo' | 'round robin';

/** As balancers do it. */
export const createBalancer = (kind: BalancerKind): Balancer => {
  if (kind === 'modulo') return modulo;
  return kind === 'consistent' ? createRing((collector) => `127.0.0.1:${4400 + collector}`) : createRoundRobin();
};

/** HAProxy's `balance source` without `hash-type consistent`, nginx's `hash` without `consistent`: whoever leaves or joins moves nearly everybody. */
const modulo: Balancer = (address, up) => {
  const number = address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
  return up[number % up.length] ?? 0;
};

const createRoundRobin = (): Balancer => {
  let next = 0;
  return (_, up) => up[next++ % up.length] ?? 0;
};

/** Points of a server on nginx's ring. */
const POINTS = 160;

interface Point {
  readonly hash: number;
  readonly collector: number;
}

/**
 * nginx's `hash $remote_addr consistent`, to the bit (src/http/modules/ngx_http_upstream_hash_module.c): each server has
 * 160 points on a ring, and a client goes to the next one after its hash. HAProxy with `hash-type consistent`, Envoy's
 * ring and Caddy differ in their hashes alone: whoever leaves or joins moves its own clients only.
 *
 * @param nameOf name of a collector as nginx's configuration has it, `host:port`
 */
export const createRing = (nameOf: (collector: number) => string): Balancer => {
  const rings = new Map<string, readonly Point[]>();
  const ringOf = (up: readonly number[]): readonly Point[] => {
    const key = up.join();
    const ring = rings.get(key) ?? up.flatMap((collector) => pointsOf(collector, nameOf(collector))).sort(byHash);
    rings.set(key, ring);
    return ring;
  };
  return (address, up) => {
    const ring = ringOf(up);
    return ring[firstFrom(ring, crc32(address)) % ring.length]?.collector ?? 0;
  };
};

const byHash = (a: Point, b: Point): number => a.hash - b.hash;

const pointsOf = (collector: number, name: string): Point[] => {
  const base = crc32(name.replace(':', '\0'));
  const previous = Buffer.alloc(4);
  return Array.from({ length: POINTS }, () => {
    const hash = crc32(previous, base);
    previous.writeUInt32LE(hash);
    return { hash, collector };
  });
};

/** Index of the first point at a hash or after it. */
const firstFrom = (ring: readonly Point[], hash: number): number => {
  let [low, high] = [0, ring.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ring[middle]?.hash ?? 0) < hash) low = middle + 1;
    else high = middle;
  }
  return low;
};
