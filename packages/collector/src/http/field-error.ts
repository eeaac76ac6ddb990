import type { ErrorCode } from './error-codes.ts';

/**
 * A request that cannot be answered because one of its fields is wrong: the caller's fault, a 400.
 * @example throw new FieldError('filters[0][1]', 'must be one of event:page, visit:country')
 */
export class FieldError extends Error {
  /** Path of the field, as in `filters[0][1]`; empty: the request as a whole. */
  readonly field: string;
  readonly code: ErrorCode;
  /** The least or the most that there may be, where the code says that it is less or more. */
  readonly limit: number | undefined;

  constructor(field: string, message: string, code: ErrorCode = 'invalid', limit?: number) {
    super(message);
    this.name = 'FieldError';
    this.field = field;
    this.code = code;
    this.limit = limit;
  }

  /** The same of a field of something that stands somewhere in the request. @example error.in('questions[3]') */
  in(place: string): FieldError {
    const field = this.field === '' || this.field === 'body' ? place : `${place}.${this.field}`;
    return new FieldError(field, this.message, this.code, this.limit);
  }
}
