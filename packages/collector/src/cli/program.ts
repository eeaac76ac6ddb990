import { systemFailure } from '../config/start-error.ts';
import { keepOutOfCoreDumps } from '../lib/core-dump.ts';
import { ExpectedError } from '../lib/expected-error.ts';
import { complain } from './output.ts';
import type { Parts } from './parts.ts';
import { run } from './run.ts';

/** What is said of a failure: of one that nobody expected, where it happened. */
const told = (error: unknown): string => {
  if (error instanceof ExpectedError) return error.message;
  return systemFailure(error) ?? String(error instanceof Error ? error.stack : error);
};

/** Runs what the command line of this process names; what fails ends the process with code 1, and is told. */
export const runProgram = (parts: Parts): void => {
  keepOutOfCoreDumps();
  run(process.argv.slice(2), process.env, parts).catch((error: unknown) => {
    complain(told(error));
    process.exit(1);
  });
};
