/** How a process ends that did not do what it was told, so that scripts can tell. 0: it did. */
export const EXIT_CODES = {
  /** Refused, or it could not be done; also whatever nobody foresaw. */
  failed: 1,
  /** Called wrongly: an argument or a setting. */
  usage: 2,
  /** No collector is there to ask. */
  no_collector: 3,
  /** One runs where none may. */
  in_use: 3,
  /** It was looked, and something is wrong. */
  unsound: 4,
  /** This user may not. */
  forbidden: 5,
} as const;

/** A kind of failure. */
export type FailureKind = keyof typeof EXIT_CODES;

/** What programs are told of a failure besides its sentence. */
export interface Failure {
  readonly kind: FailureKind;
  /** More exact than its kind: one of the API's, as a rule. */
  readonly code: string;
  /** The argument or the setting that is wrong. */
  readonly field?: string;
}

/**
 * Ends the process with its message, which is all that whoever started it needs: one sentence on what is wrong, and what
 * to do. Of every other error they are shown where it happened.
 */
export class ExpectedError extends Error {
  override readonly name: string = 'ExpectedError';
  readonly failure: Failure;

  constructor(message: string, { kind = 'failed', code = kind, field }: Partial<Failure> = {}) {
    super(message);
    this.failure = { kind, code, ...(field !== undefined && { field }) };
  }
}
