import { ArchiveError } from './backup/archive.ts';
import { run } from './commands/run.ts';
import { complain } from './commands/tell.ts';
import { ConfigError } from './config.ts';
import { keepOutOfCoreDumps } from './core-dump.ts';
import { DataDirError } from './data-dir.ts';
import { EngineError } from './engine/errors.ts';
import { GeoError } from './privacy/geo.ts';
import { StartError, systemFailure } from './start-error.ts';
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

keepOutOfCoreDumps();
/** Of everything else, where it happened. */
const told = (error: unknown): string => {
  if (EXPECTED.some((kind) => error instanceof kind)) return (error as Error).message;
  return systemFailure(error) ?? String(error instanceof Error ? error.stack : error);
};

run(process.argv.slice(2), process.env).catch((error: unknown) => {
  complain(told(error));
  process.exit(1);
});
