import type { Context } from 'hono';
import type { PublicUrl } from '../lib/public-url.ts';

/** Where browsers find this collector. Every address that it writes anywhere begins with it. */
export interface Address {
  /** The path below which it is, without a slash at the end; empty: it has the whole host. */
  readonly base: string;
  /** What addresses begin with as is set; null: nothing is, and each request says it. */
  readonly set: string | null;
  /** What addresses begin with, without a slash at the end: as is set, or as the request's browser calls it. */
  of(c: Context): string;
  /** True if the browser of a request speaks TLS: a proxy says so, or the address that is set and was asked for. */
  isSecure(c: Context): boolean;
}

/** What proxies tell of the request that they pass on. Who asks directly sends none of it. */
const PASSED_ON = ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'via'];

/**
 * @param set by the owner; null: each request says it
 * @example createAddress({ origin: 'https://example.com', base: '/stats' }).of(c) === 'https://example.com/stats'
 */
export const createAddress = (set: PublicUrl | null): Address => {
  const isSecure = (c: Context): boolean =>
    new URL(c.req.url).protocol === 'https:' ||
    c.req.header('x-forwarded-proto') === 'https' ||
    (set?.origin.startsWith('https:') === true && isMeant(c, set.origin));
  const own = set && set.origin + set.base;
  return {
    base: set?.base ?? '',
    set: own,
    isSecure,
    of: (c) => own ?? `${isSecure(c) ? 'https' : 'http'}://${hostOf(c)}`,
  };
};

const hostOf = (c: Context): string => new URL(c.req.url).host;

/**
 * Whether a request was made to an address, although the proxy may have left out what was asked for. Who is at the
 * collector's machine and asks it directly may do so without TLS, where browsers keep no cookie that is `Secure`.
 */
const isMeant = (c: Context, origin: string): boolean =>
  PASSED_ON.some((name) => c.req.header(name) !== undefined) || new URL(`https://${hostOf(c)}`).origin === origin;
