import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { aWhile } from './faults.ts';
import { random, undergo } from './undergo.ts';

const HOUR_MS = 3_600_000;
const PRELOAD = fileURLToPath(new URL('../support/jumping-clock.mjs', import.meta.url));

test('the clock jumps an hour ahead, back, and another hour back', { timeout: 60_000 }, async () => {
  const folder = temporaryFolder();
  onTestFinished(folder.remove);
  const file = join(folder.path, 'offset');

  await undergo('clock an hour ahead, back, and an hour back', {
    env: { NODE_OPTIONS: `--import ${PRELOAD}`, CLOCK_FILE: file },
    load: { twice: true },
    async strike(stand) {
      for (const offset of [HOUR_MS, 0, -HOUR_MS]) {
        await aWhile(random);
        writeFileSync(file, String(offset));
        stand.collector().process.kill('SIGUSR2');
        await aWhile(random);
      }
    },
    async look(store) {
      const [row] = await store.query<{ seconds: number }>('SELECT toUInt32(max(ts) - min(ts)) AS seconds FROM hits');
      expect(row?.seconds).toBeGreaterThan((2 * HOUR_MS) / 1000 - 60);
    },
  });
});
