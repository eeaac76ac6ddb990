import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, describe, expect, it, test } from 'vitest';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { MIGRATIONS } from '../store/migrate.ts';
import { ArchiveError, archiveOf, readArchive } from './archive.ts';
import type { ArchiveFrame, Manifest } from './archive-frame.ts';
import { inspectBackup } from './restore.ts';
import { manifestWith } from './testing.ts';

const { path: folder, remove } = temporaryFolder();
const file = join(folder, 'file');
afterAll(remove);

const MANIFEST = manifestWith();
const NONE = Buffer.alloc(0);
const manifest = (change: Partial<Manifest> = {}): ArchiveFrame => ({ header: { ...MANIFEST, ...change }, body: NONE });
const block = (text: string): ArchiveFrame => ({
  header: { kind: 'block', table: 'hits', rows: 1 },
  body: Buffer.from(text),
});
const archive = (...frames: readonly ArchiveFrame[]): Promise<Buffer> => buffer(archiveOf(Readable.from(frames)));
const WHOLE = await archive(manifest(), block('a row and another row'), block('a third one'));

const framesIn = async (bytes: Buffer): Promise<ArchiveFrame[]> => {
  writeFileSync(file, bytes);
  const frames: ArchiveFrame[] = [];
  for await (const frame of readArchive(file)) frames.push(frame);
  return frames;
};

it('is read as it was written', async () => {
  expect(await framesIn(WHOLE)).toEqual([manifest(), block('a row and another row'), block('a third one')]);
  expect(await inspectBackup(file)).toEqual(MANIFEST);
});

it('is read from a stream in pieces of any size', async () => {
  for (const size of [1, 7, 4096]) {
    const pieces = Array.from({ length: Math.ceil(WHOLE.length / size) }, (_, at) =>
      WHOLE.subarray(at * size, (at + 1) * size),
    );
    const frames: ArchiveFrame[] = [];
    for await (const frame of readArchive(Readable.from([Buffer.alloc(0), ...pieces, Buffer.alloc(0)])))
      frames.push(frame);
    expect(frames, `${size} bytes`).toEqual(await framesIn(WHOLE));
  }
});

it('that is not read to its end is let go', async () => {
  let isClosed = false;
  const pieces = async function* (): AsyncGenerator<Buffer> {
    try {
      yield WHOLE.subarray(0, -1);
      yield WHOLE.subarray(-1);
    } finally {
      isClosed = true;
    }
  };
  for await (const _ of readArchive(pieces())) break;
  expect(isClosed).toBe(true);
});

describe('a damaged one', () => {
  const DAMAGES: readonly [string, () => Buffer | Promise<Buffer>, RegExp][] = [
    ['is empty', () => NONE, /is cut off/],
    ['is something else', () => Buffer.from('PK and so on and on and on'), /is not a backup/],
    ['has half of it', () => WHOLE.subarray(0, WHOLE.length >> 1), /is cut off/],
    ['has more at its end', () => Buffer.concat([WHOLE, Buffer.from('x')]), /is not as it was written/],
    ['has no manifest', () => archive(block('a')), /is not as it was written/],
    ['has two manifests', () => archive(manifest(), manifest()), /is not as it was written/],
    ['has nothing in it', () => archive(), /has nothing in it/],
  ];
  test.each(DAMAGES)('that %s is told', async (_what, damaged, message) => {
    writeFileSync(file, await damaged());
    await expect(inspectBackup(file)).rejects.toThrow(message);
    await expect(inspectBackup(file)).rejects.toBeInstanceOf(ArchiveError);
  });

  it('that is cut off anywhere is told', async () => {
    for (let length = 0; length < WHOLE.length; length++)
      await expect(framesIn(WHOLE.subarray(0, length)), `${length} bytes`).rejects.toBeInstanceOf(ArchiveError);
  });

  it('of which one bit has changed is told, whichever', async () => {
    for (let at = 0; at < WHOLE.length * 8; at += 5) {
      const changed = Buffer.from(WHOLE);
      changed[at >> 3] = (changed[at >> 3] ?? 0) ^ (1 << (at & 7));
      await expect(framesIn(changed), `bit ${at}`).rejects.toBeInstanceOf(ArchiveError);
    }
  });
});

it('a file that is not there is told', async () => {
  await expect(inspectBackup(join(folder, 'absent'))).rejects.toThrow('cannot be read (ENOENT)');
});

it('one of newer tables is refused', async () => {
  writeFileSync(file, await archive(manifest({ schema: MIGRATIONS.length + 1, passerby: '9.9.9' })));
  await expect(inspectBackup(file)).rejects.toThrow('Passerby 9.9.9 or a newer one');
});
