import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorOf } from '../lib/logger.ts';
import { type Endpoint, OPEN_TO_ALL, OPEN_WITHOUT_SUMMARY, refuse } from '../server/respond.ts';
import type { ReceivedBeacon } from './beacon.ts';
import { type BeaconEndpointDeps, summary } from './beacon-endpoint.ts';
import type { Outcome } from './pipeline.ts';
import { headerOf, proxyFault, senderOf } from './receive.ts';

/** The smallest image of one transparent pixel: 43 bytes. */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64');

const HEADERS = {
  'content-type': 'image/gif',
  'content-length': PIXEL.length,
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

/** Path of the image beside the intake's. */
export const pixelPath = (intakePath: string): string => `${intakePath}.gif`;

/**
 * The endpoint for pages without JavaScript and for e-mails: an image whose address is the beacon. Whatever comes of it is
 * told in the header `passerby` to whom it may be told, as an image is what was asked for. `HEAD` counts nothing.
 */
export const createPixelEndpoint = (deps: Omit<BeaconEndpointDeps, 'refusedRequest'>): Endpoint => {
  const { run, mayRead, became, proxyHint, log, now } = deps;

  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'HEAD') return send(response, '');
    if (request.method !== 'GET') return refuse(response, 405, 'method', 'must be GET', { allow: 'GET, HEAD' });
    const sender = senderOf(request, deps);
    proxyHint.note(proxyFault(request, sender, deps), now());
    const outcome = await run({ at: now(), sender, body: beaconOf(request), via: 'image' });
    became(outcome);
    if (outcome.status === null) response.destroy();
    else send(response, mayRead(request, outcome) ? pixelSummary(outcome) : null);
  };

  return async (request, response) => {
    try {
      await take(request, response);
    } catch (error) {
      log.error('an image failed', { error: errorOf(error) });
      send(response, '');
    }
  };
};

/** @param became null: whoever asks may not read it */
const send = (response: ServerResponse, became: string | null): void => {
  const open = became === null ? OPEN_WITHOUT_SUMMARY : OPEN_TO_ALL;
  response.writeHead(200, became ? { ...HEADERS, ...open, passerby: became } : { ...HEADERS, ...open });
  response.end(response.req.method === 'HEAD' ? undefined : PIXEL);
};

const pixelSummary = (outcome: Outcome): string => {
  const counted = outcome.status === 202 ? outcome.counted : 0;
  return summary(outcome.dropped, counted) || `refused=${outcome.status}`;
};

/** The beacon that the image's address stands for: `o` names an e-mail, else it is a view of the page `u`. */
const beaconOf = (request: IncomingMessage): ReceivedBeacon['body'] => {
  const { url = '' } = request;
  const mark = url.indexOf('?');
  const given = new URLSearchParams(mark < 0 ? '' : url.slice(mark));
  const read = (name: string): string | undefined => given.get(name) ?? undefined;
  const opened = read('o');
  if (opened !== undefined) return JSON.stringify({ s: read('s'), i: [{ k: 'open', n: opened }] });
  const page = read('u') || headerOf(request, 'referer');
  return JSON.stringify({ s: read('s'), u: page, t: read('t'), r: read('r'), i: [{ k: 'view' }] });
};
