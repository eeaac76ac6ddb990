import type { ErrorCode } from './error-codes.ts';

/**
 * A request that is understood and refused.
 * @example throw new ApiError(409, 'email_taken', 'email', 'has an account already')
 */
export class ApiError extends Error {
  override readonly name: string = 'ApiError';
  readonly status: 401 | 403 | 404 | 405 | 409 | 415 | 429 | 503;
  readonly code: ErrorCode;
  /** Path of the field that it is about; `request`: none of them. */
  readonly field: string;

  constructor(status: ApiError['status'], code: ErrorCode, field: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}
