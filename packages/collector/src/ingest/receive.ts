import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { clientAddress, type TrustedProxies } from '../privacy/client-address.ts';
import type { ReceivedBeacon, Sender } from './hit.ts';

/** How the client's address is told from its proxies'. */
export interface ReceiveOptions {
  readonly trusted: TrustedProxies;
  /** Header with the client's address, set by a trusted proxy; null: X-Forwarded-For. */
  readonly clientHeader: string | null;
}

/** Takes a beacon off the network. */
export const receive = async (c: Context, at: number, options: ReceiveOptions): Promise<ReceivedBeacon> => ({
  at,
  sender: senderOf(c, options),
  body: await c.req.text(),
});

const senderOf = (c: Context, { trusted, clientHeader }: ReceiveOptions): Sender => {
  const header = (name: string): string => c.req.header(name) ?? '';
  return {
    address: clientAddress({
      socket: getConnInfo(c).remote.address ?? '',
      header: clientHeader === null ? null : header(clientHeader),
      forwardedFor: header('x-forwarded-for'),
      trusted,
    }),
    agent: header('user-agent'),
    languages: header('accept-language'),
    gpc: header('sec-gpc') === '1',
    dnt: header('dnt') === '1',
    prefetch: /\b(?:prefetch|prerender|preview)\b/.test(
      `${header('sec-purpose')} ${header('purpose')} ${header('x-moz')}`,
    ),
  };
};
