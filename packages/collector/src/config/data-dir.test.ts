import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { readControlFile } from '../cli/control/control-file.ts';
import { createLog } from '../lib/logger.ts';
import { prepareDataDir, whyUnwritable } from './data-dir.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const silent = createLog(() => undefined);
const at = (name: string): string => join(folder.path, name);
writeFileSync(at('file'), '');
mkdirSync(at('folder'));
symlinkSync('folder', at('link'));
symlinkSync('nowhere', at('dangling'));
symlinkSync('circle', at('circle'));

const UNUSABLE: readonly (readonly [what: string, path: string, code: string])[] = [
  ['a file', at('file'), 'ENOTDIR'],
  ['what would lie in a file', at('file/data'), 'ENOTDIR'],
  ['a link that leads nowhere', at('dangling'), 'ENOENT'],
  ['what would lie behind one', at('dangling/data'), 'ENOENT'],
  ['a link that leads in a circle', at('circle'), 'ELOOP'],
  ['what would lie behind one', at('circle/data'), 'ELOOP'],
  ['a name that is too long', at('x'.repeat(300)), 'ENAMETOOLONG'],
  ['what would lie below one', join(at('x'.repeat(300)), 'data'), 'ENAMETOOLONG'],
];

test.each(UNUSABLE)('%s is no data folder: it is said before a start as by one', (_what, path, code) => {
  expect(whyUnwritable(path)).toBe(code);
  expect(() => prepareDataDir(path, silent)).toThrow(`${path} cannot be written to (${code})`);
});

test.each(UNUSABLE)('no collector runs on %s', (_what, path) => {
  expect(readControlFile(path)).toBeNull();
});

test.each([
  ['a folder', at('folder')],
  ['a link to one', at('link')],
  ['one that is not there yet', at('new/data')],
  ['one behind a link', at('link/new')],
])('%s is one', (_what, path) => {
  expect(whyUnwritable(path)).toBeNull();
  expect(() => prepareDataDir(path, silent)).not.toThrow();
  expect(whyUnwritable(path)).toBeNull();
});
