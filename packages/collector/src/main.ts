import { fileURLToPath } from 'node:url';
import type { Parts } from './cli/parts.ts';
import { runProgram } from './cli/program.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** `dist/main.js` and `src/main.ts` lie equally deep in the package: only the engine's program lies elsewhere. */
const engine: Parts['engine'] = import.meta.url.endsWith('.ts')
  ? { entry: path('./engine/engine-process.ts'), execArgv: ['--import', import.meta.resolve('tsx')] }
  : { entry: path('./engine-process.js') };

runProgram(process, {
  engine,
  folders: { script: path('../../sdk/dist'), dashboard: path('../../dashboard/dist'), demo: path('../demo') },
});
