import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { createVitest } from 'vitest/node';
import { ROOT } from './kinds.ts';

const ELSEWHERE = new Set(['.git', 'dist', 'node_modules']);

const testFilesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ELSEWHERE.has(entry.name) ? [] : testFilesIn(path);
    return entry.name.endsWith('.test.ts') ? [relative(ROOT, path)] : [];
  });

const vitest = await createVitest('test', { root: ROOT, watch: false });
const found = (await vitest.globTestSpecifications()).map(({ project, moduleId }) => ({
  project: project.name,
  file: relative(ROOT, moduleId),
}));
await vitest.close();

test('every test file of the repository belongs to one project', () => {
  expect(found.map(({ file }) => file).sort()).toEqual(testFilesIn(ROOT).sort());
});

test.each([
  ['test/runner/projects.test.ts', 'unit'],
  ['packages/collector/src/store/clickhouse.test.ts', 'engine'],
  ['test/start/life.test.ts', 'engine'],
  ['packages/sdk/src/acts.test.ts', 'browser'],
  ['test/journey/journey.test.ts', 'browser'],
])('%s belongs to %s, as its imports tell', (file, project) => {
  expect(found).toContainEqual({ file, project });
});
