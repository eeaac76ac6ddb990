import { brotliCompressSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { expect, it } from 'vitest';

/** Bytes of JavaScript, squeezed as it is served, before a page shows anything. */
const BUDGET = 80_000;

const bytesOf = (source: string | Uint8Array): number => brotliCompressSync(source).length;

it('a page needs few bytes of JavaScript to begin', async () => {
  const root = new URL('..', import.meta.url).pathname;
  const { output } = (await build({ root, logLevel: 'silent', build: { write: false } })) as Rolldown.RolldownOutput;
  const files = new Map(output.map((file) => [file.fileName, file]));
  const page = files.get('index.html') as Rolldown.OutputAsset;
  const named = [...String(page.source).matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map(([, name = '']) => name);
  const sizes = named.map((name) => {
    const file = files.get(name);
    return bytesOf(file?.type === 'chunk' ? file.code : (file?.source ?? ''));
  });
  // What holds back the first paint, and the rest.
  expect(named).toHaveLength(2);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(BUDGET);
});
