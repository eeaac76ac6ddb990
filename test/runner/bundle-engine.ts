import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'tsup';
import { ROOT } from './kinds.ts';

/**
 * Before the first test with an engine: bundles its program from today's source. A start of the source itself loads a
 * compiler each time, which costs more than the engine does; a run has some hundred starts.
 */
export default async (): Promise<() => void> => {
  const collector = join(ROOT, 'packages/collector');
  // Where the packages are found that it imports.
  const outDir = join(collector, 'node_modules', `.engine-${randomBytes(3).toString('hex')}`);
  await build({
    entry: [join(collector, 'src/engine/engine-process.ts')],
    outDir,
    format: 'esm',
    // No package.json above says that it is a module.
    outExtension: () => ({ js: '.mjs' }),
    target: 'node20',
    config: false,
    skipNodeModulesBundle: true,
    silent: true,
  });
  process.env.ENGINE_PROCESS = join(outDir, 'engine-process.mjs');
  return () => rmSync(outDir, { recursive: true, force: true });
};
