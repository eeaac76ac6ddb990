import type { IncomingMessage } from 'node:http';
import { clientAddress, normaliseAddress, type TrustedProxies, UNSPECIFIED } from '../lib/ip-address.ts';
import { type ProxyFault, proxyFaultOf } from '../lib/proxy-fault.ts';
import { ownPiece } from '../server/request-body.ts';
import type { Sender } from './beacon.ts';

/** How the client's address is told from its proxies'. */
export interface ReceiveOptions {
  readonly trusted: TrustedProxies;
  /** Header with the client's address, set by a trusted proxy; null: X-Forwarded-For. */
  readonly clientHeader: string | null;
}

/** A header of the request, empty if there is none. */
export const headerOf = ({ headers }: IncomingMessage, name: string): string => {
  const value = headers[name];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
};

const decoder = new TextDecoder();

/**
 * Reads the body. What is announced to be too long is not read at all, what turns out to be is kept no further.
 * @returns null if it has more bytes than allowed
 * @throws Error if the client goes away
 */
export const readBody = (request: IncomingMessage, most: number): Promise<string | null> =>
  new Promise((resolve, reject) => {
    if (Number(headerOf(request, 'content-length')) > most) return resolve(null);
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= most) chunks.push(ownPiece(chunk, chunks.length === 0));
      else resolve(null);
    });
    request.on('end', () => resolve(decoder.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))));
    request.on('error', reject);
  });

/** What the request says of its client. */
export const senderOf = (request: IncomingMessage, { trusted, clientHeader }: ReceiveOptions): Sender => {
  const { headers, socket } = request;
  return {
    address: clientAddress({
      socket: socket.remoteAddress ?? '',
      header: clientHeader === null ? null : headerOf(request, clientHeader),
      forwardedFor: headerOf(request, 'x-forwarded-for'),
      trusted,
    }),
    agent: headers['user-agent'] ?? '',
    hints: {
      brands: headerOf(request, 'sec-ch-ua'),
      mobile: headerOf(request, 'sec-ch-ua-mobile'),
      platform: headerOf(request, 'sec-ch-ua-platform'),
    },
    languages: headers['accept-language'] ?? '',
    gpc: headers['sec-gpc'] === '1',
    dnt: headers.dnt === '1',
    prefetch: isAhead(headers['sec-purpose']) || isAhead(headers.purpose) || isAhead(headers['x-moz']),
  };
};

/** What the request tells of proxies that are set up wrongly. */
export const proxyFault = (
  request: IncomingMessage,
  { address }: Sender,
  { trusted, clientHeader }: ReceiveOptions,
): ProxyFault | null =>
  proxyFaultOf({
    peer: normaliseAddress(request.socket.remoteAddress ?? '') ?? UNSPECIFIED,
    client: address,
    trusted,
    clientHeader,
    header: (name) => headerOf(request, name),
  });

const AHEAD = /\b(?:prefetch|prerender|preview)\b/;

const isAhead = (purpose: string | string[] | undefined): boolean =>
  purpose !== undefined && AHEAD.test(String(purpose));
