import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { hasBody, readWhole } from './request-body.ts';
import type { Endpoint } from './respond.ts';

/**
 * Everything over one port: beacons go straight to their endpoints, the rest through the app.
 * @param endpoints by their paths
 * @param watch is told of each request
 */
export const createDispatch = (
  endpoints: ReadonlyMap<string, Endpoint>,
  app: Hono,
  watch: (path: string, response: ServerResponse) => void,
): RequestListener => {
  const rest = withBody(getRequestListener(app.fetch));
  return (request, response) => {
    const path = pathOf(request);
    watch(path, response);
    return (endpoints.get(path) ?? rest)(request, response);
  };
};

/**
 * Reads the body before the app is asked, so that nothing of it is left unread when it is refused. `rawBody` is where Hono's
 * listener looks for it. What is not whole is longer than the app takes.
 */
const withBody =
  (listener: RequestListener): RequestListener =>
  async (request, response) => {
    if (!hasBody(request)) return listener(request, response);
    const body = await readWhole(request);
    if (body === null) return;
    if (!body.isWhole) response.setHeader('connection', 'close');
    listener(Object.assign(request, { rawBody: body.bytes }), response);
  };

/** The path of the request's target, which may be a whole address (https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2). */
const pathOf = ({ url = '' }: IncomingMessage): string => {
  if (!url.startsWith('/')) return URL.canParse(url) ? new URL(url).pathname : '';
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
};
