import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MEMBERS = [/^\.$/, /^packages\/\w+$/, /^test$/, /^bench$/];

/** Folders of the repository that have a manifest. */
const manifestFolders = (folder = ROOT): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'package.json') return [relative(ROOT, folder) || '.'];
    const isOurs = entry.isDirectory() && !/^(?:\.|node_modules$|dist$|data$)/.test(entry.name);
    return isOurs ? manifestFolders(join(folder, entry.name)) : [];
  });

/** What each folder that the lockfile is about asks for, by name: the version it gets. */
const importers = (): Readonly<Record<string, ReadonlyMap<string, string>>> => {
  const [, text = ''] = /^importers:\n([\s\S]*?)^\S/m.exec(readFileSync(join(ROOT, 'pnpm-lock.yaml'), 'utf8')) ?? [];
  const folders = [...text.matchAll(/^ {2}(\S+?):(?: \{\})?\n((?: {4}.*\n)*)/gm)];
  return Object.fromEntries(
    folders.map(([, folder = '', block = '']) => {
      const versions = [...block.matchAll(/^ {6}'?([^\s']+)'?:\n {8}specifier: .*\n {8}version: ([^\s(]+)/gm)];
      return [folder, new Map(versions.map(([, name = '', version = '']) => [name, version]))];
    }),
  );
};

describe('what Passerby is made of', () => {
  test('is locked for it, its tests and its measurements alone', () => {
    const folders = Object.keys(importers());
    expect(folders).toEqual(expect.arrayContaining(['.', 'bench', 'packages/collector', 'packages/dashboard', 'test']));
    expect(folders.filter((folder) => !MEMBERS.some((member) => member.test(folder)))).toEqual([]);
  });

  test('is locked apart from what examples and other applications need: each has a lockfile of its own', () => {
    const others = manifestFolders().filter((folder) => !Object.hasOwn(importers(), folder));
    expect(others).toEqual(expect.arrayContaining(['examples/astro', 'examples/react']));
    for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml'])
      expect(others.filter((folder) => !existsSync(join(ROOT, folder, file)))).toEqual([]);
  });

  test('is what the tests and measurements run with', () => {
    const all = Object.entries(importers());
    const product = all.flatMap(([folder, names]) => (folder.startsWith('packages/') ? [...names] : []));
    expect(product.length).toBeGreaterThan(20);
    const others = all.flatMap(([folder, names]) =>
      product
        .filter(([name, version]) => !version.startsWith('link:') && (names.get(name) ?? version) !== version)
        .map(([name, version]) => `${folder}: ${name} ${names.get(name)} instead of ${version}`),
    );
    expect(others).toEqual([]);
  });
});
