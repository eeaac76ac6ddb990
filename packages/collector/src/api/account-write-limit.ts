import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Caller } from '../accounts/caller.ts';
import { ApiError } from '../http/api-error.ts';
import { KeyedConcurrency } from '../lib/keyed-concurrency.ts';
import { accountOf } from '../query/admission/asker.ts';

/** Changes of an account, also by its tokens, under way: they are written one after the other, and all who sign in wait behind. */
const MOST = 20;

/** Questions that are too long for an address. */
const QUESTIONS: ReadonlySet<string> = new Set(['/api/query', '/api/v2/query']);

/** What changes nothing (https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1). */
export const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** A middleware behind one that knows the caller: answers 429 to who changes too much at once. Who runs the collector may. */
export const createChanging = (): MiddlewareHandler<{ Variables: { caller: Caller } }> => {
  const underWay = new KeyedConcurrency();
  return createMiddleware<{ Variables: { caller: Caller } }>(async (c, next) => {
    const { caller } = c.var;
    const isQuestion = SAFE_METHODS.includes(c.req.method) || QUESTIONS.has(c.req.path);
    if (isQuestion || caller.kind === 'operator') return next();
    const name = accountOf(caller);
    if (!underWay.begin(name, MOST))
      throw new ApiError(
        429,
        'too_many_requests',
        'request',
        `at most ${MOST} changes of yours at a time: wait for an answer`,
      );
    try {
      await next();
    } finally {
      underWay.end(name);
    }
  });
};
