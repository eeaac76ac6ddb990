import type { Environment } from '../config/environment.ts';
import { StartError, systemFailure } from '../config/start-error.ts';
import { keepOutOfCoreDumps } from '../lib/core-dump.ts';
import { EXIT_CODES, ExpectedError, type Failure } from '../lib/expected-error.ts';
import { StoreError } from '../store/store-error.ts';
import { complain } from './output.ts';
import type { Parts } from './parts.ts';
import { run } from './run.ts';

/** What is said of a failure: of one that nobody expected, where it happened. */
interface Told extends Failure {
  readonly message: string;
}

const toldOf = (error: unknown): Told => {
  const expected = error instanceof ExpectedError ? error : (systemFailure(error) ?? storeFailure(error));
  if (expected !== null) return { ...expected.failure, message: expected.message };
  return { kind: 'failed', code: 'internal', message: String(error instanceof Error ? error.stack : error) };
};

/** ClickHouse's code: the disk is full. */
const NO_ROOM = 243;

/** One sentence on a store that does nothing for anybody now; null: it is not that. What is wrong in itself is ours. */
const storeFailure = (error: unknown): StartError | null => {
  if (!(error instanceof StoreError) || error.outcome !== 'unknown') return null;
  const says = error.code === NO_ROOM ? 'has no room: give its disk some' : 'does not answer, or not now';
  return new StartError(`The store ${says} (${error.message}).`, { code: 'store_away' });
};

/** For people a sentence, for scripts a line of JSON. */
const written = ({ code, field, message }: Told, asJson: boolean): string =>
  asJson ? JSON.stringify({ error: { code, ...(field !== undefined && { field }), message } }) : message;

/** Whether a command line asks for JSON, also one that is otherwise wrong. */
const wantsJson = (args: readonly string[]): boolean => {
  const end = args.indexOf('--');
  return args.slice(0, end < 0 ? undefined : end).includes('--json');
};

/** Runs the command that some arguments name. An error is told on the standard error; resolves to the code of its kind, or 0. */
export const exitCodeOf = async (args: readonly string[], env: Environment, parts: Parts): Promise<number> => {
  try {
    await run(args, env, parts);
    return 0;
  } catch (error) {
    const told = toldOf(error);
    complain(written(told, wantsJson(args)));
    return EXIT_CODES[told.kind];
  }
};

/** Runs the command of a command line, and ends the process if it failed. */
export const runProgram = ({ argv, env }: Pick<NodeJS.Process, 'argv' | 'env'>, parts: Parts): void => {
  keepOutOfCoreDumps();
  void exitCodeOf(argv.slice(2), env, parts).then((code) => {
    if (code !== 0) process.exit(code);
  });
};
