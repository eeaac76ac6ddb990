import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { createLog } from '../lib/logger.ts';
import { prepareBackupDir } from './backup-dir.ts';
import { ConfigError } from './config-error.ts';

let folder: TemporaryFolder;
let data: string;
let logged: string[];
const at = (path: string): string => join(folder.path, path);
const prepare = (path: string): void =>
  prepareBackupDir(
    path,
    data,
    createLog((line) => logged.push(line)),
  );

beforeEach(() => {
  folder = temporaryFolder();
  data = at('data');
  mkdirSync(join(data, 'engine/store'), { recursive: true });
  mkdirSync(join(data, 'spool'));
  writeFileSync(at('file'), '');
  symlinkSync(join(data, 'engine'), at('link'));
  symlinkSync(data, at('same'));
  logged = [];
});
afterEach(() => {
  folder.remove();
});

describe('a folder of backups', () => {
  it.each(['backups', 'a/b/c', 'data/backups', 'data/engines', 'data/spool.backups', 'same/backups', 'data/..backups'])(
    '%s is made, for this user alone',
    (path) => {
      prepare(at(path));
      expect(statSync(at(path)).mode & 0o777).toBe(0o700);
      expect([readdirSync(at(path)), logged]).toEqual([[], []]);
    },
  );

  it('may be named from where the collector is started', () => {
    prepare(relative(process.cwd(), at('here')));
    expect(statSync(at('here')).isDirectory()).toBe(true);
  });

  it.each([
    ['data', /^BACKUP_DIR: must be a folder of its own, not DATA_DIR itself/],
    ['same', /not DATA_DIR itself/],
    ['data/./', /not DATA_DIR itself/],
    ['data/engine', /^BACKUP_DIR: must not be in DATA_DIR\/engine, which is the collector's own$/],
    ['data/engine/data/deep/er', /DATA_DIR\/engine/],
    ['link', /DATA_DIR\/engine/],
    ['link/new/one', /DATA_DIR\/engine/],
    ['same/spool', /DATA_DIR\/spool/],
    ['data/spool/backups', /DATA_DIR\/spool/],
    ['data/rejected', /DATA_DIR\/rejected/],
    ['data/backups/../spool', /DATA_DIR\/spool/],
    ['file', /cannot be written to \((ENOTDIR|EEXIST)\)/],
    ['file/backups', /cannot be written to \((ENOTDIR|EEXIST)\)/],
  ])('%s is refused, and nothing is made', (path, message) => {
    expect(() => prepare(at(path))).toThrow(ConfigError);
    expect(() => prepare(at(path))).toThrow(message);
    expect(readdirSync(data)).toEqual(['engine', 'spool']);
  });

  it('in which nothing can be made is refused', () => {
    expect(() => prepare('/proc/backups')).toThrow(/^BACKUP_DIR: \/proc\/backups cannot be written to \(E/);
  });
});
