import { fileURLToPath } from 'node:url';
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

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** `dist/main.js` and `src/main.ts` lie equally deep in the package: only the engine's program lies elsewhere. */
const engine: Parts['engine'] = import.meta.url.endsWith('.ts')
  ? { entry: path('./engine/engine-process.ts'), execArgv: ['--import', import.meta.resolve('tsx')] }
  : { entry: path('./engine-process.js') };
const folders = { script: path('../../sdk/dist'), dashboard: path('../../dashboard/dist'), demo: path('../demo') };

keepOutOfCoreDumps();
/** Of everything else, where it happened. */
const told = (error: unknown): string => {
  if (EXPECTED.some((kind) => error instanceof kind)) return (error as Error).message;
  return systemFailure(error) ?? String(error instanceof Error ? error.stack : error);
};

run(process.argv.slice(2), process.env, { engine, folders }).catch((error: unknown) => {
  complain(told(error));
  process.exit(1);
});
