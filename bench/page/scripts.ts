import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { build, type Rolldown } from 'vite';

/** A script of a page, as it would be served. */
export interface Script {
  readonly name: string;
  readonly source: string;
}

const fileOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const PEERS = { plausible: '@plausible-analytics/tracker', swetrix: 'swetrix', 'web-vitals': 'web-vitals' };

const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(fileOf(`../node_modules/${name}/package.json`), 'utf8')) as { version: string }).version;

/** What a site that uses the package from npm sends, by the minifier of our own script. */
const bundle = async (entry: string): Promise<string> => {
  const [output] = (await build({
    configFile: false,
    logLevel: 'error',
    root: fileOf('..'),
    build: {
      write: false,
      target: 'es2020',
      minify: 'terser',
      terserOptions: { ecma: 2020, compress: { passes: 4 } },
      // Swetrix loads it where sessions are recorded, which nothing here does.
      rolldownOptions: { external: ['@rrweb/record'] },
      lib: { entry: fileOf(`peers/${entry}.js`), formats: ['iife'], name: 'peer' },
    },
  })) as Rolldown.RolldownOutput[];
  return output?.output[0].code ?? '';
};

/**
 * Nothing, our own, and the others with all that they do of the same kind.
 * @param folder where our own was built
 */
export const loadScripts = async (folder = fileOf('../../packages/sdk/dist')): Promise<Script[]> => [
  { name: 'nothing', source: '' },
  ...['p.js', 'p.full.js'].map((name) => ({ name, source: readFileSync(join(folder, name), 'utf8') })),
  ...(await Promise.all(
    Object.entries(PEERS).map(async ([entry, name]) => ({
      name: `${name.replace('@plausible-analytics/tracker', 'plausible')} ${versionOf(name)}`,
      source: await bundle(entry),
    })),
  )),
];

/** Bytes over the network. */
export const brotliBytes = (source: string): number =>
  source === ''
    ? 0
    : brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }).length;
