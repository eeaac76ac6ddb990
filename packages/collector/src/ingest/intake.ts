import type { Metrics } from '../metrics.ts';
import type { ClientHint } from './client-hint.ts';
import type { ReceivedBeacon } from './hit.ts';
import type { Outcome } from './pipeline.ts';
import { headerOf, type NodeContext, type ReceiveOptions, readBody, senderOf } from './receive.ts';

/** Browsers send at most this much with `keepalive` (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch). */
const MAX_BODY_BYTES = 64 * 1024;
const ACCEPTED_TYPES = /^(?:text\/plain|application\/json)\s*(?:;|$)/i;

/** What {@link createIntake} needs. */
export interface IntakeDeps extends ReceiveOptions {
  readonly run: (received: ReceivedBeacon) => Promise<Outcome>;
  readonly metrics: Metrics;
  readonly hint: ClientHint;
  readonly now: () => number;
}

/** Pages of any origin, also those that isolate themselves by COEP, may load what carries these headers. */
export const OPEN_TO_ALL = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'passerby, retry-after',
  'cross-origin-resource-policy': 'cross-origin',
} as const;

/**
 * The door for beacons: decodes, asks the pipeline, and says what became of every item.
 *
 * It is one handler that answers with plain `Response`s: middleware and `c.header` make Hono build `Headers` objects,
 * which took longer than all that is done with a beacon.
 */
export const createIntake =
  (deps: IntakeDeps): ((c: NodeContext) => Promise<Response>) =>
  async (c) => {
    if (c.req.method === 'OPTIONS') return preflight();
    if (c.req.method !== 'POST') return refusal(405, 'method', 'must be POST', { allow: 'POST, OPTIONS' });
    const { incoming } = c.env;
    if (!ACCEPTED_TYPES.test(headerOf(incoming, 'content-type'))) {
      deps.metrics.refusedRequest(415);
      return refusal(415, 'content-type', 'must be text/plain or application/json');
    }
    const body = await readBody(c, MAX_BODY_BYTES);
    if (body === null) {
      deps.metrics.refusedRequest(413);
      return refusal(413, 'body', `must be at most ${MAX_BODY_BYTES} bytes`);
    }
    const sender = senderOf(incoming, deps);
    deps.hint.note(sender.address, headerOf(incoming, 'x-forwarded-for') !== '');
    const outcome = await deps.run({ at: deps.now(), sender, body });
    deps.metrics.beacon(outcome);
    return answer(outcome);
  };

const preflight = (): Response =>
  new Response(null, {
    status: 204,
    headers: {
      ...OPEN_TO_ALL,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type',
      'access-control-max-age': '86400',
    },
  });

const answer = (outcome: Outcome): Response => {
  if (outcome.status === 202) return accepted(summary(outcome));
  if ('retryAfterS' in outcome)
    return refusal(outcome.status, 'request', outcome.message, { 'retry-after': String(outcome.retryAfterS) });
  return refusal(outcome.status, outcome.field, outcome.message);
};

/** The usual answer. Its headers are named one by one: a spread gave each object a new shape, which took 6 µs to write out. */
const accepted = (passerby: string): Response =>
  new Response(null, {
    status: 202,
    headers: {
      'access-control-allow-origin': OPEN_TO_ALL['access-control-allow-origin'],
      'access-control-expose-headers': OPEN_TO_ALL['access-control-expose-headers'],
      'cross-origin-resource-policy': OPEN_TO_ALL['cross-origin-resource-policy'],
      'content-length': '0',
      passerby,
    },
  });

/** What became of the items, as in `counted=2, bot=1`. */
const summary = ({ counted, dropped }: Outcome & { status: 202 }): string => {
  const parts = counted > 0 ? [`counted=${counted}`] : [];
  for (const [reason, count] of Object.entries(dropped)) parts.push(`${reason}=${count}`);
  return parts.join(', ');
};

const refusal = (
  status: number,
  field: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  new Response(JSON.stringify({ error: { field, message } }), {
    status,
    headers: { ...OPEN_TO_ALL, 'content-type': 'application/json', ...headers },
  });
