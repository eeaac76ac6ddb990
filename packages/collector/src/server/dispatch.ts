import type { IncomingMessage, RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Endpoint } from './respond.ts';

/**
 * Everything over one port: beacons go straight to their endpoints, the rest through the app.
 * @param endpoints by their paths
 */
export const createDispatch = (endpoints: ReadonlyMap<string, Endpoint>, app: Hono): RequestListener => {
  const rest = getRequestListener(app.fetch);
  return (request, response) => (endpoints.get(pathOf(request)) ?? rest)(request, response);
};

/** The path of the request's target, which may be a whole address (https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2). */
const pathOf = ({ url = '' }: IncomingMessage): string => {
  if (!url.startsWith('/')) return URL.canParse(url) ? new URL(url).pathname : '';
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
};
