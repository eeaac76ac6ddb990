import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';

/** A strong entity tag (https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3): equal bytes have the same. */
export const entityTagOf = (bytes: Uint8Array): string =>
  `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;

/** Whether who asks has what a tag stands for. A proxy that compresses by itself makes the tag a weak one. */
export const hasAlready = (c: Context, tag: string): boolean =>
  c.req
    .header('if-none-match')
    ?.split(/\s*,\s*/)
    .some((given) => given === '*' || given.replace(/^W\//, '') === tag) === true;

/**
 * Gives every 200 a tag, and answers 304 to a GET of who has it already. Not Hono's `etag`: it leaves out POST, and on a 304
 * all headers but a few.
 */
export const entityTag = createMiddleware(async (c, next) => {
  await next();
  if (c.res.status !== 200) return;
  const body = new Uint8Array(await c.res.arrayBuffer());
  const tag = entityTagOf(body);
  const isThere = (c.req.method === 'GET' || c.req.method === 'HEAD') && hasAlready(c, tag);
  c.res = isThere ? new Response(null, { status: 304 }) : new Response(body, c.res);
  if (isThere) c.res.headers.delete('content-type');
  c.header('etag', tag);
});
