import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const under = (folder: string): string[] => readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`);
const versionOf = (folder: string): string =>
  (JSON.parse(read(`${folder}/package.json`)) as { version: string }).version;

const version = versionOf('.');

describe('the version', () => {
  test('is that of every package', () => {
    const folders = [...under('packages'), ...under('examples'), 'test', 'bench'].filter((folder) =>
      existsSync(join(ROOT, folder, 'package.json')),
    );
    expect(folders.length).toBeGreaterThan(5);
    expect(folders.filter((folder) => versionOf(folder) !== version)).toEqual([]);
  });

  test.each(['packages/sdk/README.md', 'docs/sdk.md', 'packages/collector/src'])(
    'is in the addresses of scripts that %s names',
    (path) => {
      const files = path.endsWith('.md')
        ? [path]
        : readdirSync(join(ROOT, path), { recursive: true, encoding: 'utf8' })
            .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
            .map((name) => `${path}/${name}`);
      const named = files.flatMap((file) => [...read(file).matchAll(/\.(\d+\.\d+\.\d+)\.js\b/g)].map(([, of]) => of));
      expect(named.length).toBeGreaterThan(0);
      expect(named.filter((of) => of !== version)).toEqual([]);
    },
  );

  test('is the newest of the changelog, below what is not released yet', () => {
    const sections = [...read('CHANGELOG.md').matchAll(/^## \[(.*?)\](.*)$/gm)].map(([, name, day]) => [name, day]);
    expect(sections.slice(0, 2)).toEqual([
      ['Unreleased', ''],
      [version, expect.stringMatching(/^ - \d{4}-\d\d-\d\d$/)],
    ]);
  });

  test('is released by its tag alone, with what the changelog says', () => {
    const notes = (tag: string) =>
      spawnSync('node', ['scripts/release-notes.mjs', tag], { cwd: ROOT, encoding: 'utf8' });
    expect(notes(`v${version}`)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^### Added\n/) });
    expect(notes('v9.9.9')).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(`v${version}`) });
  });
});
