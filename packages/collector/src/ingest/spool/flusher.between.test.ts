import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../../../../test/support/temporary-folder.ts';
import { SILENT } from '../../engine/testing.ts';
import { row } from '../../query/testing.ts';
import type { Store } from '../../store/store.ts';
import { StoreError } from '../../store/store-error.ts';
import { realFileSystem } from './file-system.ts';
import { openWriteBuffer, type WriteBuffer } from './write-buffer.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const NOW = 1_772_366_400_000;
const AWAY = new StoreError('no answer', 'unknown', null, '');

/** A store whose next answer is given by hand. */
const createStore = () => {
  const events: string[] = [];
  const asked: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const waiting: (() => void)[] = [];
  const insert = (): Promise<void> =>
    new Promise((resolve, reject) => {
      events.push('begun');
      asked.push({ resolve, reject });
      waiting.shift()?.();
    });
  const next = async () => {
    if (asked.length === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    return asked.shift();
  };
  return {
    store: { insert } as unknown as Store,
    events,
    async answer(error?: Error) {
      const request = await next();
      events.push(error ? 'failed' : 'stored');
      if (error) request?.reject(error);
      else request?.resolve();
    },
  };
};

const keep = async (store: Store): Promise<WriteBuffer> => {
  const ignore = (): void => {};
  const writeBuffer = await openWriteBuffer({
    files: realFileSystem,
    dataDir: folder.path,
    most: 2 ** 30,
    fsync: false,
    store,
    log: SILENT,
    now: () => NOW,
    random: () => 0,
    stored: ignore,
    refused: ignore,
    damaged: ignore,
  });
  writeBuffer.start();
  return writeBuffer;
};

const append = (writeBuffer: WriteBuffer): Promise<void> =>
  writeBuffer.spool.append({
    rows: [row('2026-03-01T12:00:00+00:00', { kind: 'view', page: '/', views: 1 })],
    id: null,
    at: NOW,
    undo: () => {},
  });

describe('what is done between segments', () => {
  it('is done at once when nothing is to be stored', async () => {
    const writeBuffer = await keep(createStore().store);
    expect(await writeBuffer.whileQuiesced(async () => 'done')).toBe('done');
  });

  it('tells its error to whoever asked for it, and storing goes on', async () => {
    const { store, answer, events } = createStore();
    const writeBuffer = await keep(store);
    await expect(writeBuffer.whileQuiesced(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await append(writeBuffer);
    const flushed = writeBuffer.flush();
    await answer();
    await flushed;
    expect(events).toEqual(['begun', 'stored']);
  });

  it('comes after the segment that is under way, however often that is tried, and before the next', async () => {
    const { store, answer, events } = createStore();
    const writeBuffer = await keep(store);
    await append(writeBuffer);
    const flushed = writeBuffer.flush();
    await expect.poll(() => events).toEqual(['begun']);
    let release = (): void => {};
    const held = writeBuffer.whileQuiesced(async () => {
      events.push('held');
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      events.push('released');
    });
    await answer(AWAY);
    await answer();
    await expect.poll(() => events).toContain('held');
    // What comes meanwhile is accepted, and waits.
    await append(writeBuffer);
    const later = writeBuffer.flush();
    release();
    await held;
    await answer();
    await Promise.all([flushed, later]);
    expect(events).toEqual(['begun', 'failed', 'begun', 'stored', 'held', 'released', 'begun', 'stored']);
  });

  it('waits for what a process that died may have half stored', async () => {
    const before = createStore();
    const first = await keep(before.store);
    await append(first);
    await first.close();
    const { store, answer, events } = createStore();
    const second = await keep(store);
    const done = second.whileQuiesced(async () => events.push('done'));
    await answer();
    await done;
    expect(events).toEqual(['begun', 'stored', 'done']);
  });

  it('does nothing for whoever was told that it takes too long, also while another is served', async () => {
    const { store, answer, events } = createStore();
    const writeBuffer = await keep(store);
    await append(writeBuffer);
    const flushed = writeBuffer.flush();
    await expect.poll(() => events).toEqual(['begun']);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      let release = (): void => {};
      const first = writeBuffer.whileQuiesced(() => {
        events.push('held');
        return new Promise<void>((resolve) => {
          release = resolve;
        });
      });
      const second = writeBuffer.whileQuiesced(async () => events.push('second'));
      const told = expect(second).rejects.toThrow('try again later');
      await answer();
      while (!events.includes('held')) await new Promise(setImmediate);
      vi.advanceTimersByTime(20_001);
      await told;
      release();
      await Promise.all([first, flushed]);
    } finally {
      vi.useRealTimers();
    }
    expect(events).toEqual(['begun', 'stored', 'held']);
  });
});
