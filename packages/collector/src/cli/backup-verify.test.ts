import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { archiveOf } from '../backup/archive.ts';
import { manifestWith } from '../backup/testing.ts';
import { ExpectedError } from '../lib/expected-error.ts';
import { MIGRATIONS } from '../store/migrate.ts';
import { backupVerify } from './backup-verify.ts';
import type { Parts } from './parts.ts';

const folder = temporaryFolder();
const file = join(folder.path, 'copy');
const MANIFEST = manifestWith((at) => 1000 * at);
const archive = (manifest = MANIFEST): Promise<Buffer> =>
  buffer(
    archiveOf(
      Readable.from([
        { header: manifest, body: Buffer.alloc(0) },
        { header: { kind: 'block', table: 'hits', rows: 1 }, body: Buffer.from('a row') },
      ]),
    ),
  );
const WHOLE = await archive();

let printed: string;
beforeEach(() => {
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());
afterAll(folder.remove);

/** Without any environment: it needs no collector and no data folder. */
const verify = (...args: readonly string[]): Promise<void> => backupVerify.run(args, {}, {} as Parts);
/** What it ends with, and what it says. */
const failure = async (...args: readonly string[]): Promise<unknown> => {
  const error = await verify(...args).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ExpectedError);
  const { message, failure } = error as ExpectedError;
  return { message, ...failure };
};

describe('a backup that is whole', () => {
  beforeEach(() => writeFileSync(file, WHOLE));

  it('says what is in it', async () => {
    await verify(file);
    expect(printed.split('\n')).toEqual([
      'TABLE        ROWS',
      'hits            0',
      'sums        1,000',
      'logs        2,000',
      'config      3,000',
      'migrations  4,000',
      '',
      `${file}: 0.0 MB, whole, and as it was written.`,
      'The store as it was at 2026-06-09T12:00:00.000Z, of Passerby 1.2.3, version 1 of the tables.',
      '',
    ]);
  });

  it('says so to a script', async () => {
    await verify(file, '--json');
    const { taken, passerby, schema, heldMs } = MANIFEST;
    const tables = MANIFEST.tables.map(({ name, rows }) => ({ name, rows }));
    expect(JSON.parse(printed)).toEqual({
      ...{ file, bytes: WHOLE.length, taken, passerby, schema, heldMs, tables },
      restorable: true,
    });
  });

  it('may come by the standard input', async () => {
    vi.spyOn(process, 'stdin', 'get').mockReturnValue(
      Readable.from([WHOLE.subarray(0, 9), WHOLE.subarray(9)]) as never,
    );
    await verify('-');
    expect(printed).toContain('\nThe stream: 0.0 MB, whole');
  });

  it('may be of a newer Passerby', async () => {
    writeFileSync(file, await archive({ ...MANIFEST, schema: MIGRATIONS.length + 1, passerby: '9.9.9' }));
    await verify(file);
    expect(printed).toContain('Restore it with Passerby 9.9.9 or a newer one');
  });
});

test.each<[string, Buffer, string, RegExp]>([
  ['is empty', Buffer.alloc(0), 'damaged', /is cut off/],
  ['is cut off', WHOLE.subarray(0, -1), 'damaged', /is cut off: its end is missing\.$/],
  ['has a bit changed', Buffer.from(WHOLE).fill(0xff, 200, 201), 'damaged', /its checksum is wrong\.$/],
  ['has more at its end', Buffer.concat([WHOLE, Buffer.from('\n')]), 'damaged', /its checksum is wrong\.$/],
  ['is something else', Buffer.from('age-encryption.org/v1 and so on'), 'no_backup', /is not a backup/],
])('one that %s ends with 4', async (_what, bytes, code, words) => {
  writeFileSync(file, bytes);
  const said = { kind: 'unsound', code, field: 'FILE', message: expect.stringMatching(words) };
  expect(await failure(file)).toEqual(said);
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([bytes]) as never);
  expect(await failure('-')).toEqual(said);
  expect(printed).toBe('');
});

test.each([
  ['that is not there', () => join(folder.path, 'absent'), 'ENOENT'],
  ['that is a folder', () => folder.path, 'EISDIR'],
])('one %s cannot be read', async (_what, path, code) => {
  expect(await failure(path())).toMatchObject({ kind: 'failed', code, message: expect.stringContaining(`(${code})`) });
});
