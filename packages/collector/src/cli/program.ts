import { systemFailure } from '../config/start-error.ts';
import { keepOutOfCoreDumps } from '../lib/core-dump.ts';
import { ExpectedError } from '../lib/expected-error.ts';
import { complain } from './output.ts';
import type { Parts } from './parts.ts';
import { run } from './run.ts';

/** What is said of a failure: of one that nobody expected, where it happened. */
const describe = (error: unknown): string => {
  if (error instanceof ExpectedError) return error.message;
  return systemFailure(error) ?? String(error instanceof Error ? error.stack : error);
};

/** Runs the command that a command line names. An error is written to the standard error and ends the process with code 1. */
export const runProgram = ({ argv, env }: Pick<NodeJS.Process, 'argv' | 'env'>, parts: Parts): void => {
  keepOutOfCoreDumps();
  run(argv.slice(2), env, parts).catch((error: unknown) => {
    complain(describe(error));
    process.exit(1);
  });
};
