import { setMaxListeners } from 'node:events';
import type { Socket } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Caller } from '../../accounts/caller.ts';
import { ApiError } from '../../http/api-error.ts';
import { KeyedConcurrency } from '../../lib/keyed-concurrency.ts';
import { createUnreadAnswers } from './unread-answers.ts';

/** Who waits for an answer. */
export interface Asker {
  /** Whose turn it is when it is asked: an account, also by its tokens, or who else asks. */
  readonly account: string;
  /** Nobody waits any more. Its reason is what is answered if somebody does. */
  readonly signal: AbortSignal;
  /** Throws if they leave so much unread that nothing more is to be found out for them; missing: they read. */
  readonly expectRead?: () => void;
  /** Says that the request has so many questions: they count as if each came by itself. Throws if that is too many. */
  readonly asks?: (questions: number) => void;
}

/** A middleware behind one that knows the caller; answers 429 to who has too many questions under way. */
export type AskerMiddleware = MiddlewareHandler<{ Variables: { caller: Caller; asker: Asker } }>;

/**
 * Questions of a token, or of an account by its sessions, under way: a few run, the others wait. A screen of the dashboard
 * asks about 15, and over HTTP/2 several tabs ask at once.
 */
const MOST = { token: 40, operator: 40, account: 100 } as const;
/** A question has so many milliseconds: longer than a statement may take, and shorter than the server gives an exchange. */
const PATIENCE_MS = 50_000;

/** Whose turn it is. */
export const accountOf = (caller: Caller): string => {
  switch (caller.kind) {
    case 'account':
      return `account ${caller.account.id}`;
    case 'token':
      return caller.owner === null ? `token ${caller.id}` : `account ${caller.owner}`;
    case 'operator':
      return 'operator';
  }
};

/**
 * Nobody asks yet.
 * @param ending is given when nobody is to wait any longer: they are answered 503
 */
export const createAskerMiddleware = (ending: AbortSignal): AskerMiddleware => {
  const underWay = new KeyedConcurrency();
  const waiting = new Set<AbortController>();
  // One listener for all: a signal that outlives its requests is not to be among those of each.
  ending.addEventListener('abort', () => {
    for (const over of waiting) over.abort(isEnding());
  });
  const unread = createUnreadAnswers();
  return createMiddleware<{ Variables: { caller: Caller; asker: Asker } }>(async (c, next) => {
    const { caller } = c.var;
    const name = caller.kind === 'token' ? `token ${caller.id}` : accountOf(caller);
    const [account, most] = [accountOf(caller), MOST[caller.kind]];
    const expectRead = (): void => {
      if (!unread.isFull(account)) return;
      throw new ApiError(
        429,
        'too_many_requests',
        'request',
        'answers of yours wait to be read: read them before you ask on',
      );
    };
    let begun = 0;
    const asks = (questions: number): void => {
      if (!underWay.begin(name, most, questions - begun))
        throw new ApiError(
          429,
          'too_many_requests',
          'request',
          `at most ${most} questions of yours at a time: wait for an answer`,
        );
      begun = questions;
    };
    if (ending.aborted) throw isEnding();
    expectRead();
    asks(1);
    const { incoming, outgoing } = (c.env ?? {}) as Partial<HttpBindings>;
    if (outgoing !== undefined) unread.watch(account, outgoing);
    const patience = createPatience(waiting);
    const signals = [c.req.raw.signal, patience.signal, ...(incoming ? [endOf(incoming.socket)] : [])];
    const signal = AbortSignal.any(signals);
    // Each of the questions of a request listens to it, and each of their statements.
    setMaxListeners(0, signal);
    c.set('asker', { account, signal, expectRead, asks });
    try {
      await next();
    } finally {
      patience.end();
      underWay.end(name, begun);
    }
  });
};

const isEnding = (): ApiError => new ApiError(503, 'busy', 'request', 'the collector ends, try again in a moment');

/** Ends by itself, or with all that wait, and tells why. */
const createPatience = (waiting: Set<AbortController>): { signal: AbortSignal; end: () => void } => {
  const over = new AbortController();
  waiting.add(over);
  const timer = setTimeout(
    () => over.abort(new ApiError(503, 'busy', 'store', 'too much is being asked, try again in a moment')),
    PATIENCE_MS,
  );
  const end = (): void => {
    clearTimeout(timer);
    waiting.delete(over);
  };
  return { signal: over.signal, end };
};

/** Of connections that questions have come by: all that are sent ahead on one listen to it together. */
const ends = new WeakMap<Socket, AbortSignal>();

/** Is given with the connection's end. The request's own signal does not tell of that while it waits behind another one. */
const endOf = (socket: Socket): AbortSignal => {
  const known = ends.get(socket);
  if (known !== undefined) return known;
  const closed = new AbortController();
  socket.once('close', () => closed.abort());
  ends.set(socket, closed.signal);
  return closed.signal;
};
