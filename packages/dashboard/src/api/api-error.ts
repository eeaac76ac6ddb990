/** A request that failed: refused by the collector, or it could not be reached (status 0). */
export class ApiError extends Error {
  readonly status: number;
  /** Field of the request that is wrong; empty if it is none. */
  readonly field: string;
  /** Kind of the refusal; empty: what answered was no collector. */
  readonly code: string;
  /** The least or the most that there may be, where the code says that it is less or more. */
  readonly limit: number | undefined;

  constructor(status: number, field: string, message: string, code = '', limit?: number) {
    super(message);
    this.status = status;
    this.field = field;
    this.code = code;
    this.limit = limit;
  }

  /** The same of another field. */
  at(field: string): ApiError {
    return new ApiError(this.status, field, this.message, this.code, this.limit);
  }

  /** It may go well a moment later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || (this.status >= 500 && !this.damaged);
  }

  /** There is too much to do: what is asked for may be there in a moment, or take as long again. */
  get busy(): boolean {
    return this.code === 'busy' || this.code === 'too_many_requests';
  }

  /** What is asked for is stored, and cannot be read until somebody repairs it. */
  get damaged(): boolean {
    return this.code === 'damaged';
  }
}
