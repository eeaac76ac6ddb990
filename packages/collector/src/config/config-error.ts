import { ExpectedError } from '../lib/expected-error.ts';

/** A variable of the environment is wrong. The message names it and says what is allowed, never what it was set to. */
export class ConfigError extends ExpectedError {
  override readonly name = 'ConfigError';

  constructor(field: string, problem: string, kind: 'usage' | 'forbidden' = 'usage') {
    super(`${field}: ${problem}`, { kind, field, code: kind === 'usage' ? 'invalid' : kind });
  }
}
