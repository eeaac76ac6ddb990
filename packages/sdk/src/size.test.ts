import { brotliCompressSync, constants } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { script } from '../tsup.config.ts';
import { buildFiles } from './testing/stage.ts';

let files: Map<string, Buffer>;
beforeAll(async () => {
  files = await buildFiles(script);
});

/** Bytes of each script as it goes over the network. Raise one only for something that visitors or owners notice. */
test.each([
  ['p.js', 2476],
  ['p.full.js', 3064],
])('%s is at most %i bytes in Brotli 11', (name, budget) => {
  const code = files.get(name) ?? Buffer.alloc(0);
  const packed = brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  expect(code.toString()).toMatch(/^\/\*! passerby \d+\.\d+\.\d+ \| MIT \*\/\n\(/);
  expect(packed.length).toBeLessThanOrEqual(budget);
  // A budget with room in it is no budget.
  expect(packed.length).toBeGreaterThan(budget - 50);
});
