import { lookup } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPublic } from './public-address.ts';

/**
 * The one place where the collector asks somebody else than its store, and only for a page that the owner of a
 * registered site points at. The address that was found to be public is the one that is connected to: a name that
 * answers differently the second time gains nothing. Nothing of the page is kept.
 */

/** Why there is no page. */
export type NoPage = 'unreachable' | 'forbidden_address' | 'redirected_away' | 'too_large';

/** A page as a visitor's browser would get it. */
export interface FetchedPage {
  readonly status: number;
  /** Address of the page after redirects. */
  readonly url: URL;
  readonly type: string;
  /** `Content-Security-Policy`; null: none. */
  readonly csp: string | null;
  readonly html: string;
}

/** What is asked of the world around. */
export interface FetchPageDeps {
  /** Finds the addresses of a host. */
  readonly resolve: typeof lookup;
  readonly isPublic: (address: string) => boolean;
  /** Ports that may be connected to. */
  readonly isPort: (port: number) => boolean;
}

const REAL: FetchPageDeps = { resolve: lookup, isPublic, isPort: (port) => port === 80 || port === 443 };

const MAX_BYTES = 1024 * 1024;
const MAX_REDIRECTS = 3;
const TIMEOUT_MS = 5000;

/** Fetches a page of one of these hosts. */
export type FetchPage = (url: URL, isOwn: (hostname: string) => boolean) => Promise<FetchedPage | NoPage>;

/** Makes {@link FetchPage}. @param deps the real world, if missing */
export const createFetchPage = (deps: FetchPageDeps = REAL): FetchPage => {
  const lookUp = createLookUp(deps);

  return async (from, isOwn) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    let url = from;
    try {
      for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
        if (!isOwn(url.hostname) || !/^https?:$/.test(url.protocol)) return 'redirected_away';
        if (!isAllowed(url, deps)) return 'forbidden_address';
        const response = await get(url, lookUp, signal);
        const next = redirectOf(response, url);
        if (next === null) return await pageOf(response, url);
        response.destroy();
        url = next;
      }
      return 'redirected_away';
    } catch (error) {
      return error instanceof ForbiddenAddress ? 'forbidden_address' : 'unreachable';
    }
  };
};

class ForbiddenAddress extends Error {}

const isAllowed = ({ protocol, port, hostname }: URL, { isPort, isPublic }: FetchPageDeps): boolean => {
  // An address in place of a name is connected to without being looked up.
  const literal = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  const isAddress = hostname.startsWith('[') || /^[\d.]+$/.test(hostname);
  return isPort(Number(port || (protocol === 'https:' ? 443 : 80))) && (!isAddress || isPublic(literal));
};

/** Looks a host up as the socket asks for it, and lets it have public addresses only. */
const createLookUp =
  ({ resolve, isPublic }: FetchPageDeps): LookupFunction =>
  (hostname, options, found) =>
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return found(error, []);
      const allowed = addresses.filter(({ address }) => isPublic(address));
      const [first] = allowed;
      if (first === undefined) return found(new ForbiddenAddress(), []);
      return options.all ? found(null, allowed) : found(null, first.address, first.family);
    });

const get = (url: URL, lookup: LookupFunction, signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    // A connection of its own: one that is kept open may have been made to another address.
    const headers = { accept: 'text/html', 'user-agent': 'Passerby (checks its own script tag)', connection: 'close' };
    request(url, { agent: false, lookup, headers, signal, maxHeaderSize: 16_384 }, resolve).once('error', reject).end();
  });

const redirectOf = ({ statusCode = 0, headers: { location } }: IncomingMessage, from: URL): URL | null =>
  statusCode >= 300 && statusCode < 400 && location !== undefined && URL.canParse(location, from.href)
    ? new URL(location, from)
    : null;

const pageOf = async (response: IncomingMessage, url: URL): Promise<FetchedPage | NoPage> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) return 'too_large';
    chunks.push(chunk);
  }
  const { 'content-type': type = '', 'content-security-policy': csp = null } = response.headers;
  return {
    status: response.statusCode ?? 0,
    url,
    type,
    csp: typeof csp === 'string' ? csp : null,
    html: Buffer.concat(chunks).toString(),
  };
};
