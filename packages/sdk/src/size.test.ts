import { brotliCompressSync, constants } from 'node:zlib';
import { expect, test } from 'vitest';
import { script } from '../tsup.config.ts';
import { buildFiles } from './testing/stage.ts';

/** Bytes of `/p.js` as it goes over the network. Raise it only for something that visitors or owners notice. */
const BUDGET = 1600;

test(`the script is at most ${BUDGET} bytes in Brotli 11`, async () => {
  const code = (await buildFiles(script)).get('p.js') ?? Buffer.alloc(0);
  const packed = brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  expect(code.toString()).toMatch(/^\/\*! passerby \d+\.\d+\.\d+ \| MIT \*\//);
  expect(packed.length).toBeLessThanOrEqual(BUDGET);
  // A budget with room in it is no budget.
  expect(packed.length).toBeGreaterThan(BUDGET - 50);
});
