import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Program } from './child.ts';

/** Arguments by which Node runs source. */
export const LOADER: readonly string[] = [
  '--import',
  pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href,
];

/** The engine's program as source, for tests and for who works on it. */
export const SOURCE_PROGRAM: Program = {
  entry: fileURLToPath(new URL('./engine-process.ts', import.meta.url)),
  execArgv: LOADER,
};
