import type { Context } from 'hono';

/** True if the visitor's side of the connection is TLS, as the proxy in front of us says. */
export const isSecure = (c: Context): boolean =>
  new URL(c.req.url).protocol === 'https:' || c.req.header('x-forwarded-proto') === 'https';

/**
 * How the visitor's browser calls this collector, without a slash at the end. The host was read from the request.
 * @example httpOriginOf(c) === 'https://stats.example.com'
 */
export const httpOriginOf = (c: Context): string => `${isSecure(c) ? 'https' : 'http'}://${new URL(c.req.url).host}`;
