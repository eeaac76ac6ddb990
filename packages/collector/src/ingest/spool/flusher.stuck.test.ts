import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../../../test/support/temporary-folder.ts';
import { SILENT } from '../../engine/testing.ts';
import { row } from '../../query/testing.ts';
import { type Batch, COLUMNS } from '../../store/lines.ts';
import type { Store } from '../../store/store.ts';
import { isAway, isTooHeavy, StoreError } from '../../store/store-error.ts';
import { replay } from './dead-letters.ts';
import { realFileSystem } from './file-system.ts';
import { encodeSegment, segmentFile } from './segment.ts';
import { type Fault, faultyFiles, systemError } from './testing.ts';
import { openWriteBuffer, type WriteBuffer, type WriteBufferDeps } from './write-buffer.ts';

const AT = '2026-03-01T12:00:00+00:00';
const NOW = Date.parse(AT);
const PATIENCE = { timeout: 15_000 };
const MEMORY = new StoreError('memory', 'unknown', 241, '');

const pagesOf = ({ lines }: Batch): string[] =>
  lines
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line)[COLUMNS.indexOf('page')] as string);

/** A store that remembers tokens as ClickHouse does, and fails as it is told. */
const createStore = (fail: (batch: Batch) => Error | undefined, ping?: () => Promise<void>) => {
  const tokens = new Map<string, string[]>();
  const order: string[] = [];
  const insert = async (batch: Batch): Promise<void> => {
    const failure = fail(batch);
    if (failure !== undefined) throw failure;
    const pages = pagesOf(batch);
    if (tokens.has(batch.token)) return;
    tokens.set(batch.token, pages);
    order.push(...pages);
  };
  return { store: { insert, ping } as unknown as Store, order, stored: () => [...order].sort() };
};

const append = (writeBuffer: WriteBuffer, pages: readonly string[]): Promise<unknown> =>
  Promise.all(
    pages.map((page) =>
      writeBuffer.spool.append({
        rows: [row(AT, { kind: 'view', page, views: 1 })],
        id: page,
        at: NOW,
        undo: () => {},
      }),
    ),
  );

const numbered = (count: number, prefix = '/'): string[] => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
/** A spool of a test. */
interface Place {
  readonly path: string;
  /** Opens what keeps and stores. */
  keep(store: Store, more?: Partial<WriteBufferDeps>): Promise<WriteBuffer>;
  /** Puts a segment into the folder, as a process before this one left it. */
  leave(number: number, pages: readonly string[]): void;
  filesIn(name: string): string[];
  /** Why segments were set aside. */
  reasons(): string[];
  clear(): Promise<void>;
}

const createPlace = (): Place => {
  const { path, remove } = temporaryFolder();
  const opened: WriteBuffer[] = [];
  const filesIn = (name: string): string[] => readdirSync(join(path, name)).sort();
  return {
    path,
    filesIn,
    async keep(store, more = {}) {
      const writeBuffer = await openWriteBuffer({
        files: realFileSystem,
        dataDir: path,
        most: 2 ** 30,
        fsync: false,
        store,
        log: SILENT,
        now: () => NOW,
        // Waits take a tenth of their time.
        random: () => -0.4,
        stored: () => {},
        refused: () => {},
        damaged: () => {},
        ...more,
      });
      opened.push(writeBuffer);
      writeBuffer.start();
      return writeBuffer;
    },
    leave(number, pages) {
      const at = COLUMNS.indexOf('page');
      const lines = pages.map((page) => `${JSON.stringify(COLUMNS.map((_, index) => (index === at ? page : 0)))}\n`);
      mkdirSync(join(path, 'spool'), { recursive: true });
      writeFileSync(
        join(path, 'spool', segmentFile({ number, token: `t${number}` })),
        encodeSegment({ columns: COLUMNS, begun: NOW }, lines, []),
      );
    },
    reasons: () =>
      filesIn('rejected')
        .filter((file) => file.endsWith('.json'))
        .map((file) => JSON.parse(readFileSync(join(path, 'rejected', file), 'utf8')).reason as string),
    async clear() {
      for (const writeBuffer of opened) await writeBuffer.close();
      remove();
    },
  };
};

/** A test with a spool of its own: most wait, and do so at the same time. */
const it = test.extend<{ place: Place }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from it what the fixture needs.
  place: async ({}, use) => {
    const place = createPlace();
    await use(place);
    await place.clear();
  },
});

describe.concurrent('a segment that asks for too much', () => {
  it.for([241, 159, 394])('is cut until it passes (%i)', async (code, { place: { keep, leave, filesIn } }) => {
    const { store, stored } = createStore((batch) =>
      pagesOf(batch).length > 4 ? new StoreError('too much', 'unknown', code, '') : undefined,
    );
    leave(1, numbered(30));
    const writeBuffer = await keep(store);
    await writeBuffer.flush();
    expect(stored()).toEqual(numbered(30).sort());
    expect([writeBuffer.backlog(), filesIn('spool')]).toEqual([
      { rows: 0, bytes: 0, behind: 0, rejected: 0, damaged: 0 },
      [],
    ]);
  });

  it.for([0, 7, 9])(
    'loses only the row that never passes (%i), which is set aside with its reason and can be put back',
    async (bad, { place: { path, keep, leave, reasons } }) => {
      let isHealed = false;
      const { store, stored } = createStore((batch) =>
        !isHealed && pagesOf(batch).includes(`/${bad}`) ? MEMORY : undefined,
      );
      const refused: number[] = [];
      leave(1, numbered(10));
      const writeBuffer = await keep(store, { refused: (rows) => refused.push(rows) });
      await writeBuffer.flush();
      expect(stored()).toEqual(numbered(10).filter((page) => page !== `/${bad}`));
      expect([writeBuffer.backlog().rejected, refused, reasons()]).toEqual([1, [1], ['241']]);
      isHealed = true;
      await replay(realFileSystem, join(path, 'rejected'), join(path, 'spool'));
      await writeBuffer.look();
      await writeBuffer.flush();
      expect(stored()).toEqual(numbered(10));
    },
  );

  it('lets what lies behind it go on meanwhile', async ({ place: { keep, leave } }) => {
    const { store, order } = createStore((batch) => (pagesOf(batch).length > 10 ? MEMORY : undefined));
    leave(1, numbered(40, '/large'));
    leave(2, ['/hit']);
    await (await keep(store)).flush();
    expect([order[0], order.length]).toEqual(['/hit', 41]);
  });

  it('is stored once, whenever the process dies over it', async () => {
    let left = 0;
    const state = { tokens: new Map<string, string[]>(), order: [] as string[] };
    for (let death = 1; death < 60; death += 1) {
      const { keep, leave, clear } = createPlace();
      state.tokens.clear();
      state.order.length = 0;
      leave(1, numbered(9));
      // Every operation of the disk from this one on fails: what is there then is what the next process finds.
      left = death;
      const fault: Fault = (operation) =>
        operation !== 'read' && operation !== 'list' && --left < 0 ? systemError('EIO') : undefined;
      const insert = async (batch: Batch): Promise<void> => {
        const pages = pagesOf(batch);
        if (pages.length > 2) throw MEMORY;
        if (state.tokens.has(batch.token)) return;
        state.tokens.set(batch.token, pages);
        state.order.push(...pages);
      };
      const first = await keep({ insert } as unknown as Store, { files: faultyFiles(fault) }).catch(() => null);
      if (first !== null) {
        await Promise.race([first.flush(), new Promise((resolve) => setTimeout(resolve, 250))]);
        await first.close();
      }
      const second = await keep({ insert } as unknown as Store);
      await second.flush();
      await clear();
      expect([death, [...state.order].sort()]).toEqual([death, numbered(9)]);
      if (left >= 0) break;
    }
    expect(left).toBeGreaterThanOrEqual(0);
  }, 60_000);

  it('is not cut where a table has it already, and is set aside whole', async ({
    place: { keep, leave, filesIn, reasons },
  }) => {
    const { store, stored } = createStore((batch) => (pagesOf(batch).length > 1 ? MEMORY : undefined));
    leave(1, numbered(4));
    leave(2, ['/hit']);
    const writeBuffer = await keep(store, { isPartlyStored: async () => true });
    await writeBuffer.flush();
    expect([stored(), writeBuffer.backlog().rejected, reasons()]).toEqual([['/hit'], 1, ['241']]);
    expect(filesIn('rejected').filter((file) => file.endsWith('.rows'))).toEqual([
      segmentFile({ number: 1, token: 't1' }),
    ]);
  });
});

describe.concurrent('a segment that fails by itself', () => {
  it('with a code that nobody knows is set aside while others are stored', async ({
    place: { keep, leave, reasons },
  }) => {
    const odd = new StoreError('odd', 'unknown', 4711, '');
    const { store, stored } = createStore((batch) => (pagesOf(batch).includes('/odd') ? odd : undefined));
    leave(1, ['/odd', '/beside']);
    leave(2, ['/hit']);
    const writeBuffer = await keep(store);
    await expect.poll(stored, PATIENCE).toEqual(['/hit']);
    await writeBuffer.flush();
    expect([writeBuffer.backlog().rows, reasons()]).toEqual([0, ['4711']]);
  });

  it.for(['EIO', 'EACCES'])(
    'because its file cannot be read (%s) keeps nobody from starting or going on',
    async (code, { place: { path, keep, leave, reasons } }) => {
      const { store, stored } = createStore(() => undefined);
      leave(1, ['/unreadable']);
      leave(2, ['/hit']);
      const fault: Fault = (operation, path) =>
        operation === 'read' && path.includes('-t1.rows') ? systemError(code) : undefined;
      const writeBuffer = await keep(store, { files: faultyFiles(fault) });
      await append(writeBuffer, ['/new']);
      await writeBuffer.flush();
      expect([stored(), reasons()]).toEqual([['/hit', '/new'], [code]]);
      expect(existsSync(join(path, 'rejected', segmentFile({ number: 1, token: 't1' })))).toBe(true);
    },
  );

  it('because its file could not be read for a moment is stored', async ({ place: { keep, leave } }) => {
    const { store, stored } = createStore(() => undefined);
    leave(1, ['/a']);
    let failures = 5;
    const fault: Fault = (operation, path) =>
      operation === 'read' && path.endsWith('.rows') && failures-- > 0 ? systemError('EIO') : undefined;
    const writeBuffer = await keep(store, { files: faultyFiles(fault) });
    await writeBuffer.flush();
    expect([stored(), writeBuffer.backlog().rejected]).toEqual([['/a'], 0]);
  });

  it('lets hits that come later be stored within a moment', async ({ place: { keep } }) => {
    const odd = new StoreError('odd', 'unknown', 4711, '');
    const { store, stored } = createStore((batch) => (pagesOf(batch).includes('/odd') ? odd : undefined));
    const writeBuffer = await keep(store);
    await append(writeBuffer, ['/odd']);
    await expect.poll(() => writeBuffer.backlog().bytes, PATIENCE).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await append(writeBuffer, ['/hit']);
    await expect.poll(stored, PATIENCE).toEqual(['/hit']);
  });

  it('because the store is silent about it alone lets others go on', async ({ place: { keep, leave } }) => {
    const silence = new StoreError('no answer', 'unknown', null, '');
    const { store, stored } = createStore(
      (batch) => (pagesOf(batch).includes('/poison') ? silence : undefined),
      async () => {},
    );
    leave(1, ['/poison']);
    leave(2, ['/hit']);
    await keep(store);
    await expect.poll(stored, PATIENCE).toEqual(['/hit']);
  });

  it('because the folder for it is gone is set aside all the same', async ({
    place: { path, keep, leave, filesIn },
  }) => {
    const { store } = createStore(() => new StoreError('no such column', 'refused', 16, ''));
    leave(1, ['/bad']);
    const writeBuffer = await keep(store);
    rmSync(join(path, 'rejected'), { recursive: true });
    await writeBuffer.flush();
    expect(filesIn('rejected').length).toBe(2);
  });
});

describe.concurrent('a store that is away', () => {
  it.for([{ code: null }, { code: 243 }, { code: 252 }])(
    'keeps everything waiting, in order ($code)',
    async ({ code }, { place: { keep, leave } }) => {
      let isAwayNow = true;
      const { store, order } = createStore(() => (isAwayNow ? new StoreError('away', 'unknown', code, '') : undefined));
      for (let number = 1; number <= 20; number++) leave(number, [`/${number}`]);
      const writeBuffer = await keep(store);
      await new Promise((resolve) => setTimeout(resolve, 400));
      expect([writeBuffer.backlog().rows, writeBuffer.backlog().rejected]).toEqual([20, 0]);
      isAwayNow = false;
      await writeBuffer.flush();
      expect(order).toEqual(Array.from({ length: 20 }, (_, i) => `/${i + 1}`));
    },
  );

  it('or has no memory for anything has nothing set aside', async ({ place: { keep, leave } }) => {
    const { store, stored } = createStore(() => (isShort ? MEMORY : undefined));
    let isShort = true;
    for (let number = 1; number <= 3; number++) leave(number, [`/${number}`]);
    const writeBuffer = await keep(store);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(writeBuffer.backlog().rejected).toBe(0);
    isShort = false;
    await writeBuffer.flush();
    expect(stored()).toEqual(['/1', '/2', '/3']);
  });

  it('is told from a batch that is too heavy', () => {
    const of = (code: number | null): StoreError => new StoreError('', 'unknown', code, '');
    expect([null, 252, 241, 4711].map((code) => [isAway(of(code)), isTooHeavy(of(code))])).toEqual([
      [true, false],
      [true, false],
      [false, true],
      [false, false],
    ]);
  });
});

describe.concurrent('what is done between segments', () => {
  it('comes soon, although a segment cannot be stored and nothing else comes', async ({ place: { keep, leave } }) => {
    const { store } = createStore(() => new StoreError('odd', 'unknown', 4711, ''));
    leave(1, ['/odd']);
    const writeBuffer = await keep(store);
    expect(await writeBuffer.whileQuiesced(async () => 'done')).toBe('done');
    expect(writeBuffer.backlog().rejected).toBe(1);
  }, 15_000);
});

it('one file of ids that cannot be read keeps nobody from starting', async ({ place: { path, keep, leave } }) => {
  const { store, stored } = createStore(() => undefined);
  leave(1, ['/a']);
  writeFileSync(join(path, 'spool', 'other.ids'), '');
  const fault: Fault = (operation, path) =>
    operation === 'read' && path.endsWith('other.ids') ? systemError('EIO') : undefined;
  await (await keep(store, { files: faultyFiles(fault) })).flush();
  expect(stored()).toEqual(['/a']);
});
