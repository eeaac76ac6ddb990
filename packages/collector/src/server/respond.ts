import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { codeOfStatus } from '../http/error-codes.ts';
import { discardBody } from './request-body.ts';

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
  response.end(writeHead(response, status, field, message, headers));
};

/**
 * Says no without wanting the rest of the request, and closes the connection.
 *
 * Who closes on bytes that it has not read resets the connection, and a proxy that still passes the body on makes 502 of
 * whatever was answered. So the answer goes out at once, and what still comes is thrown away, within bounds
 * (https://www.rfc-editor.org/rfc/rfc9112#section-9.6).
 * @example refuseUnread(request, response, 413, 'body', 'must be at most 65536 bytes')
 */
export const refuseUnread = (
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  field: string,
  message: string,
  headers: OutgoingHttpHeaders = {},
): void => {
  response.write(writeHead(response, status, field, message, { ...headers, connection: 'close' }));
  discardBody(request, () => response.end());
};

/** @returns the body, which has to follow */
const writeHead = (
  response: ServerResponse,
  status: number,
  field: string,
  message: string,
  headers: OutgoingHttpHeaders,
): string => {
  const body = JSON.stringify({ error: { code: codeOfStatus(status), field, message } });
  response.writeHead(status, {
    ...OPEN_TO_ALL,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  return body;
};
