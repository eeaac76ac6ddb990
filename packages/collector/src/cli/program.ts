import { systemFailure } from '../config/start-error.ts';
import { keepOutOfCoreDumps } from '../lib/core-dump.ts';
import { EXIT_CODES, ExpectedError, type Failure } from '../lib/expected-error.ts';
import { complain } from './output.ts';
import type { Parts } from './parts.ts';
import { run } from './run.ts';

/** What is said of a failure: of one that nobody expected, where it happened. */
interface Told extends Failure {
  readonly message: string;
}

const toldOf = (error: unknown): Told => {
  const expected = error instanceof ExpectedError ? error : systemFailure(error);
  if (expected !== null) return { ...expected.failure, message: expected.message };
  return { kind: 'failed', code: 'internal', message: String(error instanceof Error ? error.stack : error) };
};

/** For people a sentence, for scripts a line of JSON. */
const written = ({ code, field, message }: Told, asJson: boolean): string =>
  asJson ? JSON.stringify({ error: { code, ...(field !== undefined && { field }), message } }) : message;

/** Whether a command line asks for JSON, also one that is otherwise wrong. */
const wantsJson = (args: readonly string[]): boolean => {
  const end = args.indexOf('--');
  return args.slice(0, end < 0 ? undefined : end).includes('--json');
};

/**
 * Runs the command that a command line names. An error is written to the standard error and ends the process with the
 * code of its kind.
 */
export const runProgram = ({ argv, env }: Pick<NodeJS.Process, 'argv' | 'env'>, parts: Parts): void => {
  keepOutOfCoreDumps();
  const args = argv.slice(2);
  run(args, env, parts).catch((error: unknown) => {
    const told = toldOf(error);
    complain(written(told, wantsJson(args)));
    process.exit(EXIT_CODES[told.kind]);
  });
};
