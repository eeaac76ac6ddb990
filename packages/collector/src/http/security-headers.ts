import type { MiddlewareHandler } from 'hono';
import { OPEN_TO_ALL } from '../server/respond.ts';
import type { Address } from './address.ts';

type Headers = Readonly<Record<string, string>>;

const policy = (directives: Headers): string =>
  Object.entries(directives)
    .map(([name, values]) => `${name} ${values}`)
    .join('; ');

/** Of every answer; those of a group of routes go before them. What is not said here a browser refuses or does not keep. */
const EVERYWHERE: Headers = {
  'cache-control': 'no-store',
  'content-security-policy': policy({ 'default-src': "'none'", 'frame-ancestors': "'none'" }),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Of pages: nothing but our own files, no inline script or style, no text that becomes markup. */
const PAGES: Headers = {
  'content-security-policy': policy({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self'",
    'connect-src': "'self'",
    'font-src': "'self'",
    'form-action': "'self'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
    'require-trusted-types-for': "'script'",
    'trusted-types': "'none'",
  }),
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** Half a year, for this host alone: https://www.rfc-editor.org/rfc/rfc6797#section-11.4 */
const STRICT_TRANSPORT = `max-age=${180 * 24 * 3600}`;

/** Sets headers that whatever answers may set anew. */
const headers =
  (table: Headers): MiddlewareHandler =>
  async (c, next) => {
    for (const [name, value] of Object.entries(table)) c.header(name, value);
    await next();
  };

export const everywhere = headers(EVERYWHERE);
export const ofPages = headers(PAGES);
/** What any page may load. */
export const ofScript = headers(OPEN_TO_ALL);

/**
 * Keeps an owner's browser to TLS where the visitor's side has it. Not for what visitors load: their browsers would
 * keep it, and nothing is kept on their devices. Nor below a path: the host is then others' too, and theirs to decide.
 */
export const strictTransport =
  ({ base, isSecure }: Address): MiddlewareHandler =>
  async (c, next) => {
    if (base === '' && isSecure(c)) c.header('strict-transport-security', STRICT_TRANSPORT);
    await next();
  };
