import { HTTPException } from 'hono/http-exception';
import { expect, test } from 'vitest';
import { SignInBusyError } from '../accounts/password.ts';
import { ApiError } from '../http/api-error.ts';
import { FieldError } from '../http/field-error.ts';
import { DomainTakenError } from '../sites/site-store.ts';
import { StaleError, UnreadError } from '../store/collection.ts';
import { StoreError } from '../store/store-error.ts';
import { errorResponseOf, levelOf } from './error-response.ts';

const DAMAGE = { table: 'sums', part: '2026_1_1_0' };

test.each([
  ['a field that is wrong', new FieldError('metrics', 'must be …'), 400, 'invalid', null],
  ['a domain that is taken', new DomainTakenError('x.example'), 409, 'domain_taken', null],
  ['a change that came too late', new StaleError('x'), 409, 'changed_meanwhile', null],
  ['too many sign-ins', new SignInBusyError(), 429, 'busy', null],
  ['a refusal', new ApiError(409, 'last_owner', 'request', 'x'), 409, 'last_owner', null],
  ['a live view without room', new ApiError(503, 'busy', 'site', 'x'), 503, 'busy', null],
  ['a client that is unknown', new HTTPException(401, { message: 'x' }), 401, 'not_signed_in', null],
  ['a store that was not read yet', new UnreadError(), 503, 'store_away', 'warn'],
  ['a store that is away', new StoreError('x', 'unknown', null, ''), 503, 'store_away', 'warn'],
  ['a store with too much to do', new StoreError('x', 'unknown', 202, ''), 503, 'store_away', 'warn'],
  ['damage, which is told where it is met', new StoreError('x', 'unknown', 40, '', DAMAGE), 500, 'damaged', null],
  ['a statement of ours that is wrong', new StoreError('x', 'refused', 62, ''), 500, 'internal', 'error'],
  ['a mistake of ours', new TypeError('x'), 500, 'internal', 'error'],
])('%s', (_what, error, status, code, level) => {
  const told = errorResponseOf(error);
  expect([told.status, told.code, levelOf(error)]).toEqual([status, code, level]);
});

test('a limit is told where there is one', () => {
  expect(errorResponseOf(new FieldError('name', 'x', 'too_long', 100))).toHaveProperty('limit', 100);
  expect(errorResponseOf(new FieldError('name', 'x', 'missing'))).not.toHaveProperty('limit');
});
