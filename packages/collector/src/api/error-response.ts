import { HTTPException } from 'hono/http-exception';
import { ApiError } from '../http/api-error.ts';
import { codeOfStatus, type ErrorCode } from '../http/error-codes.ts';
import { FieldError } from '../http/field-error.ts';
import { StaleError, UnreadError } from '../store/collection.ts';
import { StoreError } from '../store/store-error.ts';

/** Status and body of the answer to a request that failed. */
export interface ErrorResponse {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 429 | 500 | 503;
  readonly code: ErrorCode;
  readonly field: string;
  readonly message: string;
  /** See {@link FieldError}. */
  readonly limit?: number;
}

/** Turns an error into what the caller may know. Of one that is ours, nothing but that. */
export const errorResponseOf = (error: Error): ErrorResponse => {
  if (error instanceof FieldError) {
    const { limit } = error;
    return { status: 400, ...saidBy(error), ...(limit !== undefined && { limit }) };
  }
  if (error instanceof ApiError) return { status: error.status, ...saidBy(error) };
  const { message } = error;
  if (error instanceof StaleError) return { status: 409, code: 'changed_meanwhile', field: 'request', message };
  // Thrown where a body is read; Hono has words of its own for it.
  if (error instanceof HTTPException && error.status === 400)
    return { status: 400, code: 'not_json', field: 'body', message: 'must be JSON' };
  if (error instanceof HTTPException)
    return {
      status: clientStatus(error.status),
      code: codeOfStatus(clientStatus(error.status)),
      field: 'request',
      message,
    };
  if (error instanceof UnreadError) return { status: 503, code: 'store_away', field: 'store', message };
  if (error instanceof StoreError && error.damage !== null)
    return { status: 500, code: 'damaged', field: 'store', message: DAMAGED };
  if (error instanceof StoreError && error.outcome === 'unknown')
    return {
      status: 503,
      code: 'store_away',
      field: 'store',
      message: 'statistics are catching up, try again in a moment',
    };
  return { status: 500, code: 'internal', field: 'request', message: 'something went wrong here' };
};

const saidBy = ({ code, field, message }: FieldError | ApiError): Omit<ErrorResponse, 'status'> => ({
  code,
  field,
  message,
});

/** The names of what is damaged are in the log, for whoever can do something about it. */
const DAMAGED =
  'stored data is damaged and cannot be read: whoever runs this collector finds its name in the log, and what to do under "Damage" in docs/backup.md';

const CLIENT_STATUSES = [400, 401, 403, 404, 413, 415, 429] as const;
const clientStatus = (status: number): ErrorResponse['status'] =>
  CLIENT_STATUSES.find((known) => known === status) ?? 500;

/**
 * How bad an error is for whoever runs the collector; null: not worth a word. A refusal is none, whatever its status; what
 * passes by itself, as a store that is away, is a warning; damage is logged where it is met, once.
 */
export const levelOf = (error: Error): 'warn' | 'error' | null => {
  if (error instanceof StoreError) return error.damage !== null ? null : error.outcome === 'unknown' ? 'warn' : 'error';
  if (error instanceof UnreadError) return 'warn';
  return errorResponseOf(error).status === 500 ? 'error' : null;
};
