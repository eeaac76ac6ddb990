import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { GROUPS } from '../../scripts/mutations/groups.ts';
import { ROOT } from '../runner/kinds.ts';

const timesIn = (file: string, text: string): number => readFileSync(join(ROOT, file), 'utf8').split(text).length - 1;

// `npm run test:mutations` would say it too, but takes an hour and is run seldom.
test.each(Object.entries(GROUPS))('mutations of %s are of the sources and tests of today', (_, mutations) => {
  for (const { file, text, tests } of mutations) {
    expect.soft(existsSync(join(ROOT, file)) ? timesIn(file, text) : 'no file', `${file}: ${text}`).toBe(1);
    for (const name of tests) expect.soft(existsSync(join(ROOT, name)), name).toBe(true);
  }
});
