import { ArchiveError } from './backup/archive.ts';
import { complain } from './cli/output.ts';
import { run } from './cli/run.ts';
import { ConfigError } from './config/config.ts';
import { DataDirError } from './config/data-dir.ts';
import { StartError, systemFailure } from './config/start-error.ts';
import { EngineError } from './engine/engine-error.ts';
import { keepOutOfCoreDumps } from './lib/core-dump.ts';
import type { Parts } from './parts.ts';
import { GeoError } from './privacy/geo.ts';
import { ClusterError, NewerSchemaError } from './store/migrate.ts';

/** Errors whose message is all that whoever started it needs. */
const EXPECTED = [
  StartError,
  ConfigError,
  DataDirError,
  EngineError,
  GeoError,
  ClusterError,
  NewerSchemaError,
  ArchiveError,
];

/** Of everything else, where it happened. */
const told = (error: unknown): string => {
  if (EXPECTED.some((kind) => error instanceof kind)) return (error as Error).message;
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
