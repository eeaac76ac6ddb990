import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { codeOfStatus } from '../http/error-codes.ts';

/** Answers a request of Node's own; never rejects. */
export type Endpoint = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Pages of any origin, also those that isolate themselves by COEP, may load what carries these headers. */
export const OPEN_WITHOUT_SUMMARY = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
} as const;

/** The same, and they may read what became of a beacon. */
export const OPEN_TO_ALL = {
  ...OPEN_WITHOUT_SUMMARY,
  'access-control-expose-headers': 'passerby, retry-after',
} as const;

/**
 * Says no, and why.
 * @param field what is wrong with the request, in the error's body beside the message
 * @example refuse(response, 405, 'method', 'must be POST', { allow: 'POST, OPTIONS' })
 */
export const refuse = (
  response: ServerResponse,
  status: number,
  field: string,
  message: string,
  headers: OutgoingHttpHeaders = {},
): void => {
  const body = JSON.stringify({ error: { code: codeOfStatus(status), field, message } });
  response.writeHead(status, {
    ...OPEN_TO_ALL,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(body);
};
