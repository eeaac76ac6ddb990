import { ArchiveError } from './backup/archive.ts';
import { run } from './commands/run.ts';
import { complain } from './commands/tell.ts';
import { ConfigError } from './config.ts';
import { keepOutOfCoreDumps } from './core-dump.ts';
import { DataDirError } from './data-dir.ts';
import { EngineError } from './engine/errors.ts';
import { GeoError } from './privacy/geo.ts';
import { StartError } from './start-error.ts';
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
run(process.argv.slice(2), process.env).catch((error: unknown) => {
  const expected = EXPECTED.some((kind) => error instanceof kind);
  complain(`${expected ? (error as Error).message : (error as Error).stack}`);
  process.exit(1);
});
