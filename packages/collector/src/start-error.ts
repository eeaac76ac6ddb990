/** Ends the start: the sentence says what is wrong. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
