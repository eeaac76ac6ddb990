import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorOf, type Log } from '../lib/logger.ts';
import { MAX_BODY_BYTES } from '../server/request-body.ts';
import { type Endpoint, OPEN_TO_ALL, OPEN_WITHOUT_SUMMARY, refuse, refuseUnread } from '../server/respond.ts';
import type { ReceivedBeacon } from './beacon.ts';
import type { MayRead } from './may-read.ts';
import type { Outcome } from './pipeline.ts';
import type { ProxyHint } from './proxy-hint.ts';
import { headerOf, proxyFault, type ReceiveOptions, readBody, senderOf } from './receive.ts';

const ACCEPTED_TYPES = /^(?:text\/plain|application\/json)\s*(?:;|$)/i;

/** What {@link createBeaconEndpoint} needs. */
export interface BeaconEndpointDeps extends ReceiveOptions {
  readonly run: (received: ReceivedBeacon) => Promise<Outcome>;
  readonly mayRead: MayRead;
  /** Notes what became of a beacon. */
  readonly became: (outcome: Outcome) => void;
  /** Notes a request that was refused before there was a beacon to read. */
  readonly refusedRequest: (status: number) => void;
  readonly proxyHint: ProxyHint;
  readonly log: Log;
  readonly now: () => number;
}

/** Names and values in turn: Node writes such a list as it is. */
const ACCEPTED: readonly string[] = [...Object.entries(OPEN_TO_ALL).flat(), 'content-length', '0'];
const ACCEPTED_WITHOUT_SUMMARY: readonly string[] = [
  ...Object.entries(OPEN_WITHOUT_SUMMARY).flat(),
  'content-length',
  '0',
];

/**
 * The endpoint of beacons: reads, asks the pipeline, and says what became of every item.
 *
 * It speaks to Node directly: through a framework's requests and answers a beacon took half as long again.
 */
export const createBeaconEndpoint = (deps: BeaconEndpointDeps): Endpoint => {
  const { run, mayRead, became, refusedRequest, proxyHint, log, now } = deps;

  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'OPTIONS') return preflight(response);
    if (request.method !== 'POST') return refuse(response, 405, 'method', 'must be POST', { allow: 'POST, OPTIONS' });
    if (!ACCEPTED_TYPES.test(headerOf(request, 'content-type'))) {
      refusedRequest(415);
      return refuseUnread(request, response, 415, 'content-type', 'must be text/plain or application/json');
    }
    const body = await readBody(request, MAX_BODY_BYTES);
    if (body === null) {
      refusedRequest(413);
      return refuseUnread(request, response, 413, 'body', `must be at most ${MAX_BODY_BYTES} bytes`);
    }
    const sender = senderOf(request, deps);
    proxyHint.note(proxyFault(request, sender, deps), now());
    const outcome = await run({ at: now(), sender, body });
    became(outcome);
    if (mayRead(request, outcome)) answer(response, outcome);
    else answerWithoutSummary(response, outcome);
  };

  return async (request, response) => {
    try {
      await take(request, response);
    } catch (error) {
      // A client that goes away in the middle of its request is no failure of ours.
      if (request.errored !== null) return;
      log.error('a request failed', { error: errorOf(error), status: 500 });
      refuse(response, 500, 'request', 'something went wrong here');
    }
  };
};

const preflight = (response: ServerResponse): void => {
  response.writeHead(204, {
    ...OPEN_TO_ALL,
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'content-type',
    'access-control-max-age': '86400',
  });
  response.end();
};

const answer = (response: ServerResponse, outcome: Outcome): void => {
  if (outcome.status === 202) {
    response.writeHead(202, [...ACCEPTED, 'passerby', summary(outcome.dropped, outcome.counted)]).end();
    return;
  }
  if (outcome.status === null) {
    response.destroy();
    return;
  }
  const dropped = summary(outcome.dropped);
  const headers = dropped === '' ? {} : { passerby: dropped };
  if ('retryAfterS' in outcome)
    refuse(response, outcome.status, 'request', outcome.message, {
      ...headers,
      'retry-after': String(outcome.retryAfterS),
    });
  else refuse(response, outcome.status, outcome.field, outcome.message, headers);
};

/**
 * Says nothing of what became of it, nor whether there is such a site: only what the script needs to send it again, and
 * what anybody would be told.
 */
const answerWithoutSummary = (response: ServerResponse, outcome: Outcome): void => {
  const { status, site } = outcome;
  if (status === null || status === 429 || status === 503 || (status === 400 && site === null))
    answer(response, { ...outcome, dropped: {} });
  else response.writeHead(202, [...ACCEPTED_WITHOUT_SUMMARY]).end();
};

/** What became of the items, as in `counted=2, bot=1`. */
export const summary = (dropped: Outcome['dropped'], counted = 0): string => {
  const parts = counted > 0 ? [`counted=${counted}`] : [];
  for (const [reason, count] of Object.entries(dropped)) parts.push(`${reason}=${count}`);
  return parts.join(', ');
};
