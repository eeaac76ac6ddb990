import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import type { Metrics } from '../metrics.ts';
import type { ClientHint } from './client-hint.ts';
import type { ReceivedBeacon } from './hit.ts';
import type { Outcome } from './pipeline.ts';
import { type ReceiveOptions, receive } from './receive.ts';

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

/** The door for beacons: decodes, asks the pipeline, and says what became of every item. */
export const createIntake = (deps: IntakeDeps): Hono => {
  const answer = (c: Context, outcome: Outcome): Response => {
    deps.metrics.beacon(outcome);
    if (outcome.status === 202) {
      c.header('passerby', summary(outcome));
      return c.body(null, 202);
    }
    if ('retryAfterS' in outcome) c.header('retry-after', String(outcome.retryAfterS));
    const field = 'field' in outcome ? outcome.field : 'request';
    return c.json({ error: { field, message: outcome.message } }, outcome.status);
  };

  return new Hono()
    .use(openToAll, limitBody)
    .post('/', async (c) => {
      if (!ACCEPTED_TYPES.test(c.req.header('content-type') ?? ''))
        return c.json(refusal('content-type', 'must be text/plain or application/json'), 415);
      const received = await receive(c, deps.now(), deps);
      deps.hint.note(received.sender.address, c.req.header('x-forwarded-for') !== undefined);
      return answer(c, await deps.run(received));
    })
    .options('/', (c) => {
      c.header('access-control-allow-methods', 'POST');
      c.header('access-control-allow-headers', 'content-type');
      c.header('access-control-max-age', '86400');
      return c.body(null, 204);
    })
    .all('/', (c) => {
      c.header('allow', 'POST, OPTIONS');
      return c.json(refusal('method', 'must be POST'), 405);
    });
};

/**
 * Pages of any origin, also those that isolate themselves by COEP, may load this. The headers are set before there is
 * an answer: setting them afterwards makes Hono build it twice, which costs more than all the rest of the intake.
 */
export const openToAll = createMiddleware(async (c, next) => {
  c.header('access-control-allow-origin', '*');
  c.header('access-control-expose-headers', 'passerby, retry-after');
  c.header('cross-origin-resource-policy', 'cross-origin');
  await next();
});

const tooLarge = (c: Context) => c.json(refusal('body', `must be at most ${MAX_BODY_BYTES} bytes`), 413);
const limitStream = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge });

/** Believes a length that was announced, for Node reads no further; measures a body that comes in chunks. */
const limitBody = createMiddleware(async (c, next) => {
  const announced = c.req.header('content-length');
  if (announced === undefined) return limitStream(c, next);
  if (Number(announced) > MAX_BODY_BYTES) return tooLarge(c);
  return next();
});

const summary = ({ counted, dropped }: Outcome & { status: 202 }): string =>
  Object.entries({ ...(counted > 0 ? { counted } : {}), ...dropped })
    .map(([what, count]) => `${what}=${count}`)
    .join(', ');

const refusal = (field: string, message: string) => ({ error: { field, message } });
