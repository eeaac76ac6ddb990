import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

/** Writes files into a folder, as fast as it can, for so long. */
const WRITER = `
const { mkdirSync, writeFileSync } = require('node:fs');
const [place, ms] = process.argv.slice(1);
const end = Date.now() + Number(ms);
console.log('begun');
for (let at = 0; Date.now() < end; at++) try { writeFileSync(place + '/' + at, ''); } catch { process.exit(); }
`;

test('a folder is deleted although somebody still writes into it', async () => {
  const folder = temporaryFolder();
  const inside = join(folder.path, 'Default');
  mkdirSync(inside);
  const writer = spawn(process.execPath, ['-e', WRITER, inside, '300'], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(writer.stdout, 'data');
  folder.remove();
  expect(existsSync(folder.path)).toBe(false);
  writer.kill();
});
