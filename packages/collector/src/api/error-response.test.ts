import { HTTPException } from 'hono/http-exception';
import { expect, test } from 'vitest';
import { BusyError } from '../accounts/password.ts';
import { ApiError } from '../http/api-error.ts';
import { FieldError } from '../http/field-error.ts';
import { DomainTakenError } from '../sites/site-store.ts';
import { StaleError, UnreadError } from '../store/collection.ts';
import { StoreError } from '../store/store-error.ts';
import { errorResponseOf, levelOf } from './error-response.ts';

const DAMAGE = { table: 'sums', part: '2026_1_1_0' };

test.each([
  ['a field that is wrong', new FieldError('metrics', 'must be …'), 400, null],
  ['a domain that is taken', new DomainTakenError('x.example'), 409, null],
  ['a change that came too late', new StaleError('x'), 409, null],
  ['too many sign-ins', new BusyError('x'), 429, null],
  ['a refusal', new ApiError(409, 'request', 'x'), 409, null],
  ['a live view without room', new ApiError(503, 'site', 'x'), 503, null],
  ['a client that is unknown', new HTTPException(401, { message: 'x' }), 401, null],
  ['a store that was not read yet', new UnreadError(), 503, 'warn'],
  ['a store that is away', new StoreError('x', 'unknown', null, ''), 503, 'warn'],
  ['a store with too much to do', new StoreError('x', 'unknown', 202, ''), 503, 'warn'],
  ['damage, which is told where it is met', new StoreError('x', 'unknown', 40, '', DAMAGE), 500, null],
  ['a statement of ours that is wrong', new StoreError('x', 'refused', 62, ''), 500, 'error'],
  ['a mistake of ours', new TypeError('x'), 500, 'error'],
])('%s', (_what, error, status, level) => {
  expect([errorResponseOf(error).status, levelOf(error)]).toEqual([status, level]);
});
