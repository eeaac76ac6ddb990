import { createMiddleware } from 'hono/factory';
import { z } from 'zod';
import { ApiError } from '../../http/api-error.ts';
import { type ErrorResponse, errorResponseOf } from '../error-response.ts';

/** What Plausible's API refuses with. */
export const plausibleRefusal = z
  .strictObject({ error: z.string().describe('The field that is wrong, and one sentence.') })
  .meta({ id: 'PlausibleError' });

/** Statistics of a site that there is not, or not for this token, are refused as if the token were none. */
const IS_OF_STATISTICS = /^\/api\/v(?:1\/stats|2)\//;

/** What was refused because there is no such route; null: nothing was. */
const unrouted = async (response: Response): Promise<Pick<ErrorResponse, 'status' | 'field' | 'message'> | null> => {
  const { status } = response;
  if (status !== 404 && status !== 405) return null;
  const { error } = (await response.clone().json()) as { readonly error: Omit<ErrorResponse, 'status'> };
  return { status, ...error };
};

/** Says refusals as Plausible's API does: a sentence, and 401 for a site that the caller may not see. */
export const inTheirWords = createMiddleware(async (c, next) => {
  await next();
  const { error } = c;
  const refused = error === undefined ? await unrouted(c.res) : errorResponseOf(error);
  if (refused === null) return;
  const { status, field, message } = refused;
  const isUnseen = error instanceof ApiError && status === 404 && IS_OF_STATISTICS.test(c.req.path);
  const { headers } = c.res;
  const sentence = isUnseen
    ? 'the token is wrong, or may not read this site'
    : field === 'request' || field === 'store'
      ? message
      : `${field}: ${message}`;
  c.res = undefined;
  c.res = c.json({ error: sentence }, isUnseen ? 401 : status);
  for (const [name, value] of headers) if (!name.startsWith('content-')) c.res.headers.set(name, value);
});
