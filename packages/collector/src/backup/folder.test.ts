import { spawnSync } from 'node:child_process';
import { ftruncateSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { claim } from './folder.ts';

let dir: string;
const note = (): string => join(dir, 'passerby-backups.json');
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'backups-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

it('is that of the store that came first', async () => {
  expect([await claim(dir, 'one'), await claim(dir, 'one'), await claim(dir, 'another')]).toEqual([true, true, false]);
});

it('becomes that of a store where a link leads nowhere, which is replaced', async () => {
  symlinkSync(join(dir, 'nowhere'), note());
  expect(await claim(dir, 'one')).toBe(true);
  expect(readFileSync(note(), 'utf8')).toBe('{"store":"one"}\n');
});

it.each([
  ['a pipe that nobody writes to', () => spawnSync('mkfifo', [note()])],
  ['a device that has no end', () => symlinkSync('/dev/zero', note())],
  ['a file that is far too large', () => ftruncateSync(openSync(note(), 'w'), 2 ** 36)],
  ['no JSON', () => writeFileSync(note(), 'one')],
  ['nothing', () => writeFileSync(note(), '')],
  ['something else', () => writeFileSync(note(), 'null')],
])('is not taken where its note is %s', async (_what, make) => {
  make();
  expect(await claim(dir, 'one')).toBe(false);
});
