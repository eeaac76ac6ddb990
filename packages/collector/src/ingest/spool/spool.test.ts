import { copyFileSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../../../../test/support/temporary-folder.ts';
import { row } from '../../query/testing.ts';
import { COLUMNS } from '../../store/lines.ts';
import { realFileSystem } from './file-system.ts';
import { type Closed, readSegment, segmentFile } from './segment.ts';
import { DurableSpool, SpoolError, type SpoolOptions } from './spool.ts';
import { type Fault, faultyFiles, systemError } from './testing.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const AT = '2026-03-01T12:00:00+00:00';
const view = (page: string) => row(AT, { kind: 'view', page, views: 1 });

const open = (options: Partial<SpoolOptions> = {}): Promise<DurableSpool> =>
  DurableSpool.open({
    files: realFileSystem,
    dir: folder.path,
    columns: COLUMNS,
    most: 2 ** 30,
    fsync: false,
    segmentRows: 10,
    segmentBytes: 2 ** 20,
    waitMs: () => 1e9,
    now: () => 1_772_366_400_000,
    closed: () => {},
    failed: () => {},
    ...options,
  });

/** Appends views of pages, one beacon a page; resolves to what became of each, and notes what was undone. */
const append = async (spool: DurableSpool, pages: readonly string[], undone: string[] = []): Promise<string[]> => {
  const all = await Promise.allSettled(
    pages.map((page) =>
      spool.append({ rows: [view(page)], id: `id of ${page}`, at: 7, undo: () => void undone.push(page) }),
    ),
  );
  return all.map(({ status }) => status);
};

const pagesIn = async (segment: Closed): Promise<string[]> => {
  const bytes = await realFileSystem.read(join(folder.path, segmentFile(segment)));
  const lines = readSegment(bytes.subarray(0, segment.bytes)).lines.toString().trim().split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line)[COLUMNS.indexOf('page')] as string);
};

/** What the spool hands on, segment by segment. */
const handedOn = async (spool: DurableSpool): Promise<string[][]> => {
  await spool.close();
  const segments: string[][] = [];
  for (let first = spool.queue.first; first !== undefined; first = spool.queue.first) {
    segments.push(await pagesIn(first));
    await spool.queue.delete();
  }
  return segments;
};

const numbered = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => `/${from + i}`);

describe('DurableSpool', () => {
  it('hands on what it took, in order', async () => {
    const spool = await open();
    await append(spool, numbered(0, 5));
    await append(spool, numbered(5, 9));
    expect([spool.rows, spool.oldest]).toEqual([9, 1_772_366_400_000]);
    expect(await handedOn(spool)).toEqual([numbered(0, 9)]);
    expect([spool.rows, spool.bytes, spool.oldest, readdirSync(folder.path)]).toEqual([0, 0, null, []]);
  });

  it('closes a segment by rows', async () => {
    const spool = await open();
    for (let i = 0; i < 25; i++) await append(spool, [`/${i}`]);
    expect((await handedOn(spool)).map(({ length }) => length)).toEqual([10, 10, 5]);
  });

  it('closes a segment by bytes', async () => {
    const spool = await open({ segmentBytes: 2_000 });
    for (let i = 0; i < 4; i++) await append(spool, [`/${'x'.repeat(1_000)}`]);
    expect((await handedOn(spool)).map(({ length }) => length)).toEqual([1, 1, 1, 1]);
  });

  it('never lets a segment grow over its bytes, whatever the letters and however many come together', async () => {
    const segmentBytes = 20_000;
    const spool = await open({ segmentRows: 1_000, segmentBytes });
    const pages = Array.from({ length: 60 }, (_, i) => `/${i}${'漢'.repeat((i * 37) % 900)}`);
    await append(spool, pages);
    await spool.close();
    const sizes = readdirSync(folder.path).map((file) => statSync(join(folder.path, file)).size);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(segmentBytes);
    expect(spool.bytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
    expect((await handedOn(spool)).flat()).toEqual(pages);
  });

  it('gives a beacon that is larger than a segment one of its own', async () => {
    const spool = await open({ segmentBytes: 20_000 });
    const large = `/${'漢'.repeat(10_000)}`;
    await append(spool, ['/a', large, '/b']);
    expect(await handedOn(spool)).toEqual([['/a'], [large], ['/b']]);
  });

  it('counts what is under way in bytes', async () => {
    const spool = await open();
    const written = append(spool, [`/${'漢'.repeat(1_000)}`]);
    expect(spool.bytes).toBeGreaterThan(3_000);
    await written;
  });

  it('closes a segment by time', async () => {
    let closed = 0;
    const spool = await open({ waitMs: () => 100, closed: () => closed++ });
    await append(spool, ['/a']);
    await expect.poll(() => closed).toBe(1);
    expect(spool.queue.rows).toBe(1);
  });

  it('closes no segment by time while others wait for the store', async () => {
    let closed = 0;
    const spool = await open({ waitMs: () => 100, closed: () => closed++ });
    await append(spool, ['/a']);
    await expect.poll(() => closed).toBe(1);
    for (let i = 0; i < 9; i++) {
      await append(spool, [`/${i}`]);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    expect(closed).toBe(1);
    await append(spool, ['/9']);
    await expect.poll(() => closed).toBe(2);
    for (let i = 0; i < 2; i++) await spool.queue.delete();
    await append(spool, ['/b']);
    await expect.poll(() => closed).toBe(3);
  });

  it('closes at once what is asked for', async () => {
    const spool = await open();
    await spool.hurry();
    await append(spool, ['/a']);
    await spool.close();
    await spool.queue.delete();
    await append(spool, ['/b', '/c']);
    expect(spool.queue.rows).toBe(0);
    await spool.hurry();
    expect(spool.queue.rows).toBe(2);
  });

  it('closes nothing before it is full that is asked for while others wait for the store', async () => {
    const spool = await open();
    await append(spool, ['/a']);
    await spool.close();
    await append(spool, ['/b']);
    await spool.hurry();
    expect(spool.queue.rows).toBe(1);
    await spool.queue.delete();
    await expect.poll(() => spool.queue.rows).toBe(1);
  });

  it('asks how long rows wait when the first of them come', async () => {
    let waits = 1e9;
    let closed = 0;
    const spool = await open({ waitMs: () => waits, closed: () => closed++ });
    await append(spool, ['/a']);
    await spool.close();
    await spool.queue.delete();
    waits = 100;
    await append(spool, ['/b']);
    await expect.poll(() => closed).toBe(2);
  });

  it('writes what comes together in one go', async () => {
    let writes = 0;
    const files = faultyFiles((operation) => void (operation === 'write' && writes++));
    const spool = await open({ files });
    await append(spool, numbered(0, 9));
    // One for the head of the segment, one for the rows.
    expect(writes).toBe(2);
  });

  it('keeps its files for its user alone', async () => {
    const spool = await open();
    await append(spool, ['/a']);
    expect(readdirSync(folder.path).map((file) => statSync(join(folder.path, file)).mode & 0o777)).toEqual([0o600]);
  });

  it('has room until it holds what it may', async () => {
    const spool = await open({ most: 4_000 });
    expect(spool.hasRoom()).toBe(true);
    await append(spool, [`/${'x'.repeat(4_000)}`]);
    expect(spool.hasRoom()).toBe(false);
    await handedOn(spool);
    expect(spool.hasRoom()).toBe(true);
  });

  it('leaves a part of the disk to the engine', async () => {
    const space = { free: 100, total: 1_000 };
    const spool = await open({ files: { ...realFileSystem, space: async () => space } });
    const room = async (free: number): Promise<boolean> => {
      space.free = free;
      await spool.look();
      return spool.hasRoom();
    };
    expect([await room(100), await room(99), await room(500)]).toEqual([true, false, true]);
  });
});

describe('a spool opened again', () => {
  it('has what the one before it took, and its ids', async () => {
    const before = await open();
    await append(before, numbered(0, 12));
    const after = await open();
    expect([after.rows, after.seen.length]).toEqual([12, 12]);
    expect(after.seen[0]).toEqual(['id of /0', 7]);
    await append(after, ['/new']);
    expect((await handedOn(after)).flat()).toEqual([...numbered(0, 12), '/new']);
  });

  it('gives each segment the token it had', async () => {
    const before = await open();
    await append(before, ['/a']);
    await before.close();
    expect((await open()).queue.first?.token).toBe(before.queue.first?.token);
  });

  it('has what is whole of a segment that was cut short', async () => {
    const before = await open();
    for (const page of ['/a', '/b']) await append(before, [page]);
    const file = join(folder.path, readdirSync(folder.path)[0] ?? '');
    truncateSync(file, statSync(file).size - 1);
    const after = await open();
    expect(after.rows).toBe(1);
    expect(await handedOn(after)).toEqual([['/a']]);
  });

  it('takes no half of a segment that is there whole', async () => {
    const before = await open();
    await append(before, ['/a', '/b']);
    await before.close();
    const [whole = ''] = readdirSync(folder.path);
    copyFileSync(join(folder.path, whole), join(folder.path, whole.replace('.rows', '.0.rows')));
    expect((await handedOn(await open())).flat()).toEqual(['/a', '/b']);
  });

  it('takes in a segment that somebody put back, once', async () => {
    const spool = await open();
    await append(spool, ['/a']);
    await spool.close();
    const name = segmentFile(spool.queue.first as Closed);
    const elsewhere = `${folder.path}.aside`;
    await realFileSystem.rename(join(folder.path, name), elsewhere);
    spool.queue.drop();
    await append(spool, ['/b']);
    await spool.look();
    expect(spool.rows).toBe(1);
    await realFileSystem.rename(elsewhere, join(folder.path, name));
    for (let i = 0; i < 3; i++) await spool.look();
    expect((await handedOn(spool)).flat().sort()).toEqual(['/a', '/b']);
  });
});

describe('a write that fails', () => {
  /** Fails the writes that match, as long as it is on. */
  const setUp = async (code: string, short?: number, fsync = false) => {
    const state = { on: false, shortened: false, elapsed: 0 };
    const fault: Fault = (operation) => {
      if (!state.on) return undefined;
      if (operation === 'write' && short !== undefined && !state.shortened) {
        state.shortened = true;
        return short;
      }
      return operation === 'write' || operation === 'create' ? systemError(code) : undefined;
    };
    const told: unknown[] = [];
    const spool = await open({
      files: faultyFiles(fault),
      fsync,
      elapsed: () => state.elapsed,
      failed: (error) => told.push(error),
    });
    return { spool, state, told };
  };

  it.each([
    { name: 'at once', short: undefined },
    { name: 'half-way', short: 50 },
  ])('$name undoes all that came with it and after it, the newest first', async ({ short }) => {
    const { spool, state, told } = await setUp('ENOSPC', short);
    await append(spool, ['/before']);
    state.on = true;
    const undone: string[] = [];
    const first = append(spool, ['/a', '/b'], undone);
    await new Promise(setImmediate);
    const second = append(spool, ['/c'], undone);
    expect([await first, await second]).toEqual([['rejected', 'rejected'], ['rejected']]);
    expect(undone).toEqual(['/c', '/b', '/a']);
    expect([spool.hasRoom(), told.length, spool.rows]).toEqual([false, 1, 1]);
    state.on = false;
    state.elapsed = 999;
    expect(spool.hasRoom()).toBe(false);
    state.elapsed = 1_000;
    // What was torn is being mended.
    await expect.poll(() => spool.hasRoom()).toBe(true);
    await append(spool, ['/after']);
    expect((await handedOn(spool)).flat()).toEqual(['/before', '/after']);
  });

  it('leaves nothing of it to the next process', async () => {
    const { spool, state } = await setUp('EIO', 50);
    await append(spool, ['/before']);
    state.on = true;
    await append(spool, ['/a']);
    const after = await open();
    expect(await handedOn(after)).toEqual([['/before']]);
  });

  it('that cannot be taken off the disk again is said to be uncertain, and nothing is taken until it is', async () => {
    const state = { on: false, elapsed: 0 };
    const files = faultyFiles((operation) =>
      state.on && (operation === 'write' || operation === 'truncate') ? systemError('EIO') : undefined,
    );
    const spool = await open({ files, elapsed: () => state.elapsed });
    await append(spool, ['/before']);
    state.on = true;
    const lost = spool.append({ rows: [view('/')], id: null, at: 0, undo: () => {} });
    await expect(lost).rejects.toMatchObject({ isCertain: false });
    state.elapsed = 1_000;
    expect(spool.hasRoom()).toBe(false);
    state.on = false;
    await spool.look();
    expect(spool.hasRoom()).toBe(true);
    expect((await handedOn(spool)).flat()).toEqual(['/before']);
  });

  it('rejects with an error of its own', async () => {
    const { spool, state } = await setUp('EROFS');
    state.on = true;
    await expect(spool.append({ rows: [view('/')], id: null, at: 0, undo: () => {} })).rejects.toBeInstanceOf(
      SpoolError,
    );
    expect([spool.rows, spool.bytes]).toEqual([0, 0]);
  });
});

it('with fsync answers only when the disk has it', async () => {
  const done: string[] = [];
  const files = faultyFiles((operation) => void done.push(operation));
  const spool = await open({ files, fsync: true });
  done.length = 0;
  await append(spool, ['/a']);
  expect(done).toEqual(['create', 'write', 'sync', 'syncDir', 'write', 'sync']);
});
