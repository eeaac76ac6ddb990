/**
 * Ends the process with its message, which is all that whoever started it needs: one sentence on what is wrong, and what
 * to do. Of every other error they are shown where it happened.
 */
export class ExpectedError extends Error {
  override readonly name: string = 'ExpectedError';
}
