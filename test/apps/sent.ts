import type { RequestListener } from 'node:http';
import type { Beacon } from '@passerby/sdk/wire';
import type { Shown } from './walk.ts';

/** An item as it arrived, with its page. */
export interface Sent extends Shown {
  readonly kind: string;
  readonly referrer: string | undefined;
}

/** In place of a collector: serves the script, and keeps what comes. */
export const createIntake = (script: Buffer): { readonly listener: RequestListener; readonly sent: Sent[] } => {
  const sent: Sent[] = [];
  const listener: RequestListener = async (request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    if (request.method !== 'POST') return response.setHeader('content-type', 'text/javascript').end(script);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    sent.push(...itemsOf(JSON.parse(Buffer.concat(chunks).toString())));
    return response.writeHead(202).end();
  };
  return { listener, sent };
};

/** The collector keeps nothing of a query by itself, so two addresses that differ by it are one page. */
const itemsOf = ({ u, t = '', r, i }: Beacon): Sent[] => {
  const { pathname, hash } = new URL(u);
  return i.map(({ k }) => ({ kind: k, path: pathname + hash, title: t, referrer: r }));
};
