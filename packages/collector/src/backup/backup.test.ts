import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { startTestEngine, type TestEngine } from '../engine/testing.ts';
import { FIRST, row, visit } from '../query/testing.ts';
import { batchOf } from '../store/lines.ts';
import { MIGRATIONS, migrate } from '../store/migrate.ts';
import type { Store } from '../store/store.ts';
import { TABLES } from '../store/tables.ts';
import type { ArchiveFrame, Manifest } from './archive-frame.ts';
import { createBackup } from './backup.ts';
import { blocksOf } from './blocks.ts';
import { inspectBackup, loadBackup } from './restore.ts';
import { takeSnapshot } from './snapshot.ts';
import { contentsOf } from './tables.ts';

const TAKEN = Date.parse('2026-06-09T12:00:00Z');
let source: TestEngine;
let target: TestEngine;
const folder = temporaryFolder();
const file = join(folder.path, 'file');

const empty = async ({ store }: TestEngine): Promise<void> => {
  for (const { name } of await store.query<{ name: string }>('SHOW TABLES'))
    await store.command(`DROP TABLE ${name} SYNC`);
};

beforeAll(async () => {
  [source, target] = await Promise.all([startTestEngine(), startTestEngine()]);
});
beforeEach(async () => {
  await Promise.all([empty(source), empty(target)]);
  await migrate(source.store);
});
afterAll(async () => {
  await Promise.all([source?.stop(), target?.stop()]);
  folder.remove();
});

const backupOf = (store: Store) =>
  createBackup({ store, topology: null, whileQuiesced: (job) => job(), now: () => TAKEN, version: '1.2.3' }).begin;

/** Writes a backup of the source into the file. */
const backUp = async (store: Store = source.store): Promise<Manifest> => {
  const { bytes, end } = await backupOf(store)();
  await writeFile(
    file,
    bytes(() => {}),
  );
  await end();
  return inspectBackup(file);
};

const restore = async (): Promise<void> => loadBackup(target.store, file, await inspectBackup(file));

/** How each table is read as it will be: merged, and without what is older than it is kept for. */
const SETTLED = {
  hits: 'hits',
  sums: 'sums FINAL',
  logs: 'logs WHERE keep_until > today()',
  config: 'config FINAL',
  migrations: 'migrations FINAL',
};

const rowsOf = async ({ store }: TestEngine): Promise<unknown> => {
  const tables: Record<string, string[]> = {};
  for (const table of TABLES) {
    const rows = await store.query(`SELECT * FROM ${SETTLED[table]}`);
    tables[table] = rows.map((one) => JSON.stringify(one)).sort();
  }
  return tables;
};

const writeConfig = (version: number, body: string): Promise<void> =>
  source.store.command('INSERT INTO config SELECT {k:String}, {i:String}, {v:UInt64}, {b:String}, 0', {
    k: 'site',
    i: 'one',
    v: version,
    b: body,
  });

const VIEWS = visit(
  '9007199254740993',
  '2026-06-09T10:15:00+02:00',
  { source: 'Google', country: 'DE', entry_page: '/' },
  [
    { page: '/', title: '„Grüße“ \t\\ \u0000 👋', ...FIRST },
    { page: '/a', prev_page: '/', seconds: 60, bounces: -1, page_visits: 1, page_visitors: 1 },
  ],
);
const EVENT = row('2026-05-09T10:15:00+02:00', {
  kind: 'event',
  name: 'Sale',
  events: 1,
  props: { plan: 'pro', b: '' },
});
const ERROR = row('2025-12-31T23:59:59+00:00', {
  kind: 'error',
  message: 'no',
  stack: 'at a\nat b',
  fingerprint: 'f'.repeat(16),
});
const LOG = row('2020-01-01T00:00:00+00:00', {
  kind: 'log',
  severity: 'info',
  message: 'long ago',
  log_until: '2020-02-01',
});
const DROP = row('2026-06-09T12:00:00+02:00', { kind: 'drop', name: 'bot', events: 3 });

describe('a backup', () => {
  it('of a store with everything in it is restored to the last cell', async () => {
    // What is older than it is kept for, and not deleted yet, is part of it.
    await source.store.command('SYSTEM STOP TTL MERGES logs');
    for (const token of ['a', 'b']) await source.store.insert(batchOf([...VIEWS, EVENT, ERROR, LOG, LOG, DROP], token));
    await writeConfig(1, '{"name":"before"}');
    await writeConfig(2, '{"name":"after"}');
    const before = await rowsOf(source);
    const manifest = await backUp();
    expect(manifest).toMatchObject({ passerby: '1.2.3', schema: MIGRATIONS.length, taken: '2026-06-09T12:00:00.000Z' });
    expect(Object.fromEntries(manifest.tables.map(({ name, rows }) => [name, rows]))).toMatchObject({
      hits: 8,
      logs: 6,
      config: 1,
      migrations: MIGRATIONS.length,
    });
    await restore();
    expect(await rowsOf(target)).toEqual(before);
  });

  it('of a store with nothing in it is restored', async () => {
    await backUp();
    await restore();
    expect(await rowsOf(target)).toEqual(await rowsOf(source));
  });

  it('has more rows than are read at a time', async () => {
    await source.store.command(`INSERT INTO hits (site, day, visit, page, keep_until)
      SELECT 'one', '2026-06-09', number, concat('/', toString(number % 7)), '2099-01-01' FROM numbers(70000)`);
    await source.store.command('OPTIMIZE TABLE hits FINAL');
    await backUp();
    await restore();
    for (const table of TABLES)
      expect(await contentsOf(target.store, table), table).toEqual(await contentsOf(source.store, table));
  });

  it('reads what is too much for one answer in parts', async () => {
    await source.store.command(`INSERT INTO logs (site, day, message, keep_until)
      SELECT 'one', '2026-06-09', repeat('x', number), '2099-01-01' FROM numbers(100)`);
    let ms = 0;
    const snapshot = await takeSnapshot({
      store: source.store,
      whileQuiesced: (job) => job(),
      now: () => TAKEN,
      elapsed: () => (ms += 7),
      newName: () => '0123456789ab',
    });
    expect([snapshot.of('logs'), snapshot.taken, snapshot.heldMs]).toEqual(['snapshot_0123456789ab_logs', TAKEN, 7]);
    const read: ArchiveFrame[] = [];
    for await (const frame of blocksOf(source.store, snapshot, 2000)) read.push(frame);
    const blocks = read.filter(({ header }) => header.kind === 'block' && header.table === 'logs');
    expect(blocks.length).toBeGreaterThan(3);
    expect(Math.max(...blocks.map(({ body }) => body.length))).toBeLessThanOrEqual(2000);
    expect(blocks.reduce((sum, { header }) => sum + (header.kind === 'block' ? header.rows : 0), 0)).toBe(100);
  });

  it('knows every table that keeps rows', async () => {
    const tables = await source.store.query<{ name: string }>(
      "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree'",
    );
    expect(tables.map(({ name }) => name).sort()).toEqual([...TABLES].sort());
  });

  it('leaves no copies behind, and clears away those that a process left that died', async () => {
    await source.store.command('CREATE TABLE snapshot_0123456789ab_hits AS hits');
    await source.store.command('CREATE TABLE snapshot_of_somebody_else AS hits');
    await backUp();
    const tables = await source.store.query<{ name: string }>("SHOW TABLES LIKE 'snapshot%'");
    expect(tables).toEqual([{ name: 'snapshot_of_somebody_else' }]);
  });

  it('is refused while another one is under way, and after it is not', async () => {
    const backup = backupOf(source.store);
    const first = await backup();
    await expect(backup()).rejects.toMatchObject({ status: 409 });
    await first.end();
    await (await backup()).end();
  });

  it('of a cluster is refused', async () => {
    const topology = { name: 'test', database: 'default' };
    const backup = createBackup({
      store: source.store,
      topology,
      whileQuiesced: (job) => job(),
      now: () => TAKEN,
      version: '',
    });
    await expect(backup.begin()).rejects.toMatchObject({ status: 409, field: 'store' });
  });
});

describe('somebody who stores at the moment of the backup', () => {
  /** The source, in which something happens at the first statement that fills a copy. */
  const disturbed = (disturb: () => Promise<void>): Store => {
    let isFirst = true;
    return {
      ...source.store,
      async command(sql, params) {
        if (isFirst && sql.includes(' ATTACH PARTITION ALL FROM sums')) {
          isFirst = false;
          await disturb();
        }
        await source.store.command(sql, params);
      },
    };
  };

  test.each([
    ['a batch', () => source.store.insert(batchOf(VIEWS, 'second'))],
    ['a document', () => writeConfig(1, '{}')],
    ['a purge', () => source.store.command("ALTER TABLE hits DELETE WHERE page = '/a' SETTINGS mutations_sync = 2")],
  ])('%s: the tables agree', async (_what, disturb) => {
    await source.store.insert(batchOf(VIEWS, 'first'));
    await backUp(disturbed(disturb));
    await restore();
    expect(await rowsOf(target)).toEqual(await rowsOf(source));
  });
});

it('rows that are not those that were counted are told', async () => {
  await source.store.insert(batchOf(VIEWS, 'first'));
  const manifest = await backUp();
  const tables = manifest.tables.map((table) => (table.name === 'sums' ? { ...table, checksum: '7' } : table));
  await expect(loadBackup(target.store, file, { ...manifest, tables })).rejects.toThrow('sums');
});

it('a backup of an older schema is brought up to date when its rows are in', async () => {
  await empty(source);
  await migrate(source.store, null, MIGRATIONS.slice(0, 1));
  await source.store.command(
    "INSERT INTO hits (site, day, page, keep_until) SELECT 'one', '2026-06-09', '/%C3%BCber-uns', '2099-01-01'",
  );
  await source.store.command(
    "INSERT INTO sums (site, dimension, day, value, views) SELECT 'one', 10, '2026-06-09', '/%C3%BCber-uns', 3",
  );
  expect(await backUp()).toMatchObject({ schema: 1 });
  await restore();
  const [hit] = await target.store.query('SELECT page, via FROM hits');
  expect(hit).toEqual({ page: '/über-uns', via: '' });
  const sums = await target.store.query(
    'SELECT value, toUInt32(sum(s.views)) AS n FROM sums AS s GROUP BY value HAVING n > 0',
  );
  expect(sums).toEqual([{ value: '/über-uns', n: 3 }]);
  const versions = await target.store.query<{ version: number }>(
    'SELECT version FROM migrations FINAL ORDER BY version',
  );
  expect(versions).toEqual(MIGRATIONS.map((_, at) => ({ version: at + 1 })));
});
