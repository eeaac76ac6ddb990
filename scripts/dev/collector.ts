/** The collector's process under `pnpm dev`: from source, with the script as it is built there. */

import { runProgram } from '../../packages/collector/src/cli/program.ts';
import { SOURCE_PROGRAM } from '../../packages/collector/src/engine/source-program.ts';
import { DEV_SCRIPT, path } from './places.ts';

// It ends with whoever started it, however that ends.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// All is loaded: it begins when what it needs is there, and the one before it is gone.
process.once('message', () =>
  runProgram(process, {
    engine: SOURCE_PROGRAM,
    // Vite serves the dashboard.
    folders: { script: DEV_SCRIPT, dashboard: path('.dev/no-dashboard'), demo: path('packages/collector/demo') },
  }),
);
