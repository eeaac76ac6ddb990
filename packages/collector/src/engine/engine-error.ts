import { ExpectedError } from '../lib/expected-error.ts';

/**
 * Why the embedded engine cannot be used. `unsupported`: there is no build of it for this platform. `in-use`: the data
 * directory belongs to another collector that is running. `damaged`: a table's files do not say what they should.
 * `failed`: anything else; trying again may help.
 */
export type EngineFailure = 'unsupported' | 'in-use' | 'damaged' | 'failed';

/** The embedded engine did not start. The message is one sentence for whoever runs the collector. */
export class EngineError extends ExpectedError {
  override readonly name = 'EngineError';
  readonly reason: EngineFailure;

  constructor(reason: EngineFailure, message: string) {
    super(message, { kind: reason === 'in-use' ? 'in_use' : 'failed' });
    this.reason = reason;
  }
}
