/** Writes `.br` and `.gz` beside what browsers load, so that serving costs nothing and every byte was squeezed once. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { root } from './lib.mjs';

const COMPRESSIBLE = /\.(?:html|css|js|json|svg)$/;
const sdk = join(root, 'packages/sdk/dist');
const dashboard = join(root, 'packages/dashboard/dist');

const scripts = readdirSync(sdk).filter((name) => /^p\.(?:full\.)?js$/.test(name));
const pages = readdirSync(dashboard, { recursive: true }).filter((name) => COMPRESSIBLE.test(name));
const files = [...scripts.map((name) => join(sdk, name)), ...pages.map((name) => join(dashboard, name))];

for (const path of files) {
  const content = readFileSync(path);
  writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
}
