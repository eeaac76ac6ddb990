import { createMiddleware } from 'hono/factory';
import { ApiError } from './api-error.ts';

/** The type and its parameters (https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1). */
const JSON_TYPE = /^application\/json[ \t]*(?:;[ \t]*[\w!#$%&'*+.^`|~-]+=(?:[\w!#$%&'*+.^`|~-]+|"[^"]*")[ \t]*)*$/i;

/**
 * Refuses a body that does not say it is JSON. It would not be read and so taken for an empty change; and a browser asks
 * before a page of another site may send this type, but not before it sends text.
 */
export const jsonOnly = createMiddleware(async (c, next) => {
  const type = c.req.header('content-type');
  const hasBody = c.req.header('transfer-encoding') !== undefined || Number(c.req.header('content-length') ?? 0) > 0;
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD' && (type === undefined ? hasBody : !JSON_TYPE.test(type)))
    throw new ApiError(415, 'not_json', 'content-type', 'send Content-Type: application/json');
  await next();
});
