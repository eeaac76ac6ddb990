import type { IncomingMessage } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { clientAddress, type TrustedProxies } from '../privacy/client-address.ts';
import type { Sender } from './hit.ts';

/** How the client's address is told from its proxies'. */
export interface ReceiveOptions {
  readonly trusted: TrustedProxies;
  /** Header with the client's address, set by a trusted proxy; null: X-Forwarded-For. */
  readonly clientHeader: string | null;
}

/** A request on Node's server. */
export type NodeContext = Context<{ Bindings: HttpBindings }>;

/**
 * A header of the request, empty if there is none. Node's own, because it has parsed them already: asking the standard
 * `Headers` for ten of them took as long as reading the beacon.
 */
export const headerOf = ({ headers }: Pick<IncomingMessage, 'headers'>, name: string): string => {
  const value = headers[name];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
};

/**
 * Reads the body. A length that was announced is believed, for Node reads no further; a body that comes in chunks is
 * measured.
 * @returns null if it has more bytes than allowed
 */
export const readBody = async (c: NodeContext, most: number): Promise<string | null> => {
  const announced = headerOf(c.env.incoming, 'content-length');
  if (announced !== '') return Number(announced) > most ? null : c.req.text();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    bytes += chunk.length;
    if (bytes > most) return null;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
};

/** What the request says of its client. */
export const senderOf = (incoming: IncomingMessage, { trusted, clientHeader }: ReceiveOptions): Sender => {
  const { headers, socket } = incoming;
  return {
    address: clientAddress({
      socket: socket.remoteAddress ?? '',
      header: clientHeader === null ? null : headerOf(incoming, clientHeader),
      forwardedFor: headerOf(incoming, 'x-forwarded-for'),
      trusted,
    }),
    agent: headers['user-agent'] ?? '',
    languages: headers['accept-language'] ?? '',
    gpc: headers['sec-gpc'] === '1',
    dnt: headers.dnt === '1',
    prefetch: isAhead(headers['sec-purpose']) || isAhead(headers.purpose) || isAhead(headers['x-moz']),
  };
};

const AHEAD = /\b(?:prefetch|prerender|preview)\b/;

const isAhead = (purpose: string | string[] | undefined): boolean =>
  purpose !== undefined && AHEAD.test(String(purpose));
