import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsup';
import manifest from './package.json' with { type: 'json' };

/** The build does not depend on where it is started: tests start it elsewhere. */
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const shared = {
  tsconfig: here('tsconfig.json'),
  /** What browsers of the last five years understand. */
  target: 'es2021',
  banner: { js: `/*! passerby ${manifest.version} | MIT */` },
} as const;

/** The files behind the script tag: of the page, and with its errors and log. */
export const script = defineConfig({
  ...shared,
  entry: { p: here('src/script.ts'), 'p.full': here('src/script.full.ts') },
  format: 'iife',
  outExtension: () => ({ js: '.js' }),
  minify: 'terser',
  // Without the directive that the strict types would bring; nothing here depends on it.
  esbuildOptions(options) {
    delete options.tsconfig;
    options.tsconfigRaw = {};
  },
  terserOptions: {
    ecma: 2020,
    // The names of the page are its own.
    toplevel: false,
    module: false,
    // Harmless here: nothing is called by `new`, no getter of our own does anything. `unsafe` reads `String(value)` as
    // `'' + value`, which no symbol can be: what a page passes is made a text by `quietly(String)`.
    compress: {
      passes: 4,
      unsafe: true,
      unsafe_arrows: true,
      unsafe_methods: true,
      pure_getters: true,
      keep_fargs: false,
    },
  },
});

/** The npm package: of the page, with its errors and log, and the types of the wire. */
export const library = defineConfig({
  ...shared,
  entry: { index: here('src/index.ts'), full: here('src/full.ts'), wire: here('src/wire.ts') },
  format: ['esm', 'cjs'],
  sourcemap: true,
  // tsup sets `baseUrl`, which TypeScript 6 calls deprecated.
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
});

export default [script, library].flat();
