import { HTTPException } from 'hono/http-exception';
import { BusyError } from './accounts/password.ts';
import { FieldError } from './field-error.ts';
import { RefusedError } from './refused.ts';
import { DomainTakenError } from './sites/sites.ts';
import { StaleError, UnreadError } from './store/collection.ts';
import { StoreError } from './store/error.ts';

/** What a caller is told of an error. */
export interface Told {
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 429 | 500 | 503;
  readonly field: string;
  readonly message: string;
}

/** Turns an error into what the caller may know. Of one that is ours, nothing but that. */
export const refusalOf = (error: Error): Told => {
  if (error instanceof DomainTakenError) return { status: 409, field: error.field, message: error.message };
  if (error instanceof FieldError) return { status: 400, field: error.field, message: error.message };
  if (error instanceof RefusedError) return { status: error.status, field: error.field, message: error.message };
  if (error instanceof StaleError) return { status: 409, field: 'request', message: error.message };
  if (error instanceof BusyError) return { status: 429, field: 'request', message: error.message };
  if (error instanceof HTTPException) return { status: told(error.status), field: 'request', message: error.message };
  if (error instanceof UnreadError) return { status: 503, field: 'store', message: error.message };
  if (error instanceof StoreError && error.outcome === 'unknown')
    return { status: 503, field: 'store', message: 'statistics are catching up, try again in a moment' };
  return { status: 500, field: 'request', message: 'something went wrong here' };
};

const CLIENT_STATUSES = [400, 401, 403, 404, 413, 415, 429] as const;
const told = (status: number): Told['status'] => CLIENT_STATUSES.find((known) => known === status) ?? 500;
