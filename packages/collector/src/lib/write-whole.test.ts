import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { renameWhole, writeWhole, writeWholeSync } from './write-whole.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder().path;
});
afterEach(() => rmSync(folder, { recursive: true }));

describe.each([
  ['writeWhole', writeWhole],
  ['writeWholeSync', async (path: string, text: string) => writeWholeSync(path, text)],
])('%s', (_name, write) => {
  test('makes a file for this user alone, and leaves no draft', async () => {
    await write(join(folder, 'a.json'), 'one');
    await write(join(folder, 'a.json'), 'two');
    expect(readdirSync(folder)).toEqual(['a.json']);
    expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('two');
    expect(statSync(join(folder, 'a.json')).mode & 0o777).toBe(0o600);
  });

  test('writes into no file that somebody has put in the place of the draft', async () => {
    writeFileSync(join(folder, 'other'), 'other');
    symlinkSync(join(folder, 'other'), join(folder, 'a.json.new'));
    await write(join(folder, 'a.json'), 'one');
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('other');
    expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('one');
  });

  test('leaves the file as it was where it cannot write', async () => {
    await expect(write(join(folder, 'nowhere', 'a.json'), 'one')).rejects.toThrow('ENOENT');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('leaves no draft that it cannot put in the place of the file', async () => {
    mkdirSync(join(folder, 'a.json'));
    await expect(write(join(folder, 'a.json'), 'one')).rejects.toThrow('EISDIR');
    expect(readdirSync(folder)).toEqual(['a.json']);
  });
});

test('renameWhole puts a file in the place of another', async () => {
  writeFileSync(join(folder, 'part'), 'new');
  writeFileSync(join(folder, 'file'), 'old');
  await renameWhole(join(folder, 'part'), join(folder, 'file'));
  expect(readdirSync(folder)).toEqual(['file']);
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('new');
});
