import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { SILENT } from '../engine/testing.ts';
import { createLog } from '../lib/logger.ts';
import { SITE } from '../query/testing.ts';
import { SitesFile } from './sites-file.ts';

const STORED = [{ id: SITE.id, version: 3, body: SITE }];

let folder: string;
let file: string;
beforeEach(() => {
  folder = temporaryFolder().path;
  file = join(folder, 'sites.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('gives back the sites that it kept, from a file for this user alone', async () => {
  await new SitesFile(file, SILENT).keep(STORED);
  expect(await new SitesFile(file, SILENT).read()).toEqual([SITE]);
  expect([statSync(file).mode & 0o777, readdirSync(folder)]).toEqual([0o600, ['sites.json']]);
});

test('is written again when the list is another one, as a file of its own', async () => {
  const copy = new SitesFile(file, SILENT);
  const files: number[] = [];
  for (const list of [STORED, STORED, []]) {
    await copy.keep(list);
    files.push(statSync(file).ino);
  }
  expect([files[1] === files[0], files[2] === files[1]]).toEqual([true, false]);
  expect(await copy.read()).toEqual([]);
});

test('takes the place of what an interrupted write left', async () => {
  writeFileSync(`${file}.new`, '{"sites":[');
  await new SitesFile(file, SILENT).keep(STORED);
  expect(await new SitesFile(file, SILENT).read()).toEqual([SITE]);
});

test('is none where there is no file', async () => {
  expect(await new SitesFile(file, SILENT).read()).toBeNull();
});

test.each([
  ['empty', ''],
  ['cut', (whole: string) => whole.slice(0, -5)],
  ['zeros', (whole: string) => '\0'.repeat(whole.length)],
  ['no JSON', 'sites'],
  ['JSON of something else', '[]'],
  ['a site without its time zone', (whole: string) => whole.replace('"timezone"', '"timesone"')],
])('is none where the file is %s, and says so', async (_how, damage) => {
  const lines: string[] = [];
  const copy = new SitesFile(
    file,
    createLog((line) => lines.push(line)),
  );
  await copy.keep(STORED);
  writeFileSync(file, typeof damage === 'string' ? damage : damage(readFileSync(file, 'utf8')));
  expect(await copy.read()).toBeNull();
  expect(lines).toEqual([expect.stringContaining('damaged')]);
});

test('that cannot be written harms nobody, says so once, and is written as soon as it can', async () => {
  const lines: string[] = [];
  const copy = new SitesFile(
    join(folder, 'later', 'sites.json'),
    createLog((line) => lines.push(line)),
  );
  for (let n = 0; n < 3; n++) await copy.keep(STORED);
  expect(lines).toEqual([expect.stringContaining('cannot be written')]);
  mkdirSync(join(folder, 'later'));
  await copy.keep(STORED);
  expect(await copy.read()).toEqual([SITE]);
});
