import type { IncomingMessage, RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Intake } from '../ingest/beacon-endpoint.ts';

/**
 * Everything over one port: beacons go straight to the intake, the rest through the app.
 * @param intakes by their paths
 */
export const createDispatch = (intakes: ReadonlyMap<string, Intake>, app: Hono): RequestListener => {
  const rest = getRequestListener(app.fetch);
  return (request, response) => (intakes.get(pathOf(request)) ?? rest)(request, response);
};

/** The path of the request's target, which may be a whole address (https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2). */
const pathOf = ({ url = '' }: IncomingMessage): string => {
  if (!url.startsWith('/')) return URL.canParse(url) ? new URL(url).pathname : '';
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
};
