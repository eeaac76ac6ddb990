import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsup';
import manifest from './package.json' with { type: 'json' };

/** The build does not depend on where it is started: tests start it elsewhere. */
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const shared = {
  tsconfig: here('tsconfig.json'),
  /** What browsers of the last five years understand. */
  target: 'es2020',
  banner: { js: `/*! passerby ${manifest.version} | MIT */` },
} as const;

/** The file behind the script tag. */
export const script = defineConfig({
  ...shared,
  entry: { p: here('src/script.ts') },
  format: 'iife',
  outExtension: () => ({ js: '.js' }),
  minify: 'terser',
  terserOptions: { module: true, ecma: 2020, compress: { passes: 3 } },
});

/** The npm package. */
export const library = defineConfig({
  ...shared,
  entry: { index: here('src/index.ts') },
  format: ['esm', 'cjs'],
  // tsup sets `baseUrl`, which TypeScript 6 calls deprecated.
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
});

export default [script, library].flat();
