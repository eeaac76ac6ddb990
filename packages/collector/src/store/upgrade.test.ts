import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCluster, startTestEngine, type TestEngine } from '../engine/testing.ts';
import { FIRST, row, visit } from '../query/testing.ts';
import { DIMENSIONS, OPENS } from './dimensions.ts';
import { batchOf } from './lines.ts';
import { MIGRATIONS, migrate } from './migrate.ts';
import { places } from './migrations/0002-places.ts';
import { INTAKE_COLUMNS, type Row } from './row.ts';
import type { Store } from './store.ts';
import type { StoreError } from './store-error.ts';
import { oldBatch } from './testing.ts';
import { onEveryServer } from './topology.ts';

const OLD = visit('11', '2026-06-09T10:15:00+02:00', { source: 'Google', country: 'DE', entry_page: '/' }, [
  { page: '/', ...FIRST },
  { page: '/a', prev_page: '/', seconds: 60, bounces: -1, page_visits: 1, page_visitors: 1 },
]);
const PLACED: Partial<Row> = { country: 'DE', region: 'DE-BE', city: 'DE: Berlin', entry_page: '/' };
const NEW = visit('12', '2026-06-09T11:00:00+02:00', PLACED, [{ page: '/', ...FIRST }]).map((view) => ({
  ...view,
  via: 'image' as const,
}));
const SALE = visit('12', '2026-06-09T11:00:00+02:00', PLACED, [{ page: '/', name: 'Sale' }]).map((event) => ({
  ...event,
  revenue: -12_500,
  currency: 'EUR',
}));
const OPEN = row('2026-06-09T12:00:00+02:00', { kind: 'open', name: 'May', events: 3 });

const dropAll = async ({ store, topology }: TestEngine): Promise<void> => {
  const tables = await store.query<{ name: string }>('SHOW TABLES');
  for (const { name } of tables) await store.command(`DROP TABLE ${name}${onEveryServer(topology)} SYNC`);
};

const sums = (store: Store): Promise<unknown[]> =>
  store.query(`SELECT dimension, value, toUInt32(sum(views)) AS v, toUInt32(sum(events)) AS e, toUInt32(sum(visits)) AS n
    FROM sums GROUP BY dimension, value ORDER BY dimension, value`);
const hits = (store: Store): Promise<unknown[]> =>
  store.query(
    'SELECT page, kind, region, city, toInt32(revenue) AS revenue, currency, via FROM hits ORDER BY ts, step, kind',
  );

describe.each([
  { where: 'one server', start: startTestEngine },
  { where: 'a cluster', start: startTestCluster },
])('a store of version 1 on $where', ({ where, start }) => {
  let engine: TestEngine;
  let before: unknown[];
  const told: [from: number, to: number][] = [];
  const tell = async (from: number, to: number): Promise<void> => void told.push([from, to]);
  beforeAll(async () => {
    engine = await start();
    await dropAll(engine);
    await migrate(engine.store, engine.topology, MIGRATIONS.slice(0, 1));
    await engine.store.insert(oldBatch(OLD, 'old'));
    before = await sums(engine.store);
    await migrate(engine.store, engine.topology, MIGRATIONS, tell);
    await migrate(engine.store, engine.topology, MIGRATIONS, tell);
  });
  afterAll(() => engine.stop());

  it('is told of before it is changed, and no more when it is new', () => {
    expect(told).toEqual([[1, MIGRATIONS.length]]);
  });

  it('keeps its rows, to which the new columns say nothing', async () => {
    const none = { kind: 1, region: '', city: '', revenue: 0, currency: '', via: '' };
    expect(await hits(engine.store)).toEqual([
      { page: '/', ...none },
      { page: '/a', ...none },
    ]);
    expect(before.length).toBeGreaterThan(5);
    expect(await sums(engine.store)).toEqual(before);
  });

  it.runIf(where === 'a cluster')('has the same columns on its shards', async () => {
    const columnsOf = (table: string): Promise<unknown[]> =>
      engine.store.query(
        'SELECT name, type FROM system.columns WHERE database = {database:String} AND table = {table:String} ORDER BY position',
        { database: engine.topology?.database ?? '', table },
      );
    for (const table of ['hits', 'sums']) {
      const columns = await columnsOf(table);
      expect(columns).toContainEqual({ name: 'revenue', type: 'Int64' });
      expect(columns).toEqual(await columnsOf(`${table}_local`));
    }
  });

  it('knows a batch of before when it comes again', async () => {
    await engine.store.insert(oldBatch(OLD, 'old'));
    expect(await hits(engine.store)).toHaveLength(2);
    expect(await sums(engine.store)).toEqual(before);
  });

  it('stores what waited in the spool of version 1', async () => {
    await engine.store.insert(oldBatch(OLD, 'waited'));
    expect(await hits(engine.store)).toHaveLength(4);
    expect(await sums(engine.store)).toContainEqual({ dimension: 0, value: '*', v: 4, e: 0, n: 2 });
  });

  it('takes what is new, once', async () => {
    for (let time = 0; time < 2; time++) await engine.store.insert(batchOf([...NEW, ...SALE, OPEN], 'new'));
    const place = { page: '/', region: 'DE-BE', city: 'DE: Berlin' };
    expect(await hits(engine.store)).toHaveLength(6);
    expect(await hits(engine.store)).toEqual(
      expect.arrayContaining([
        { ...place, kind: 1, revenue: 0, currency: '', via: 'image' },
        { ...place, kind: 2, revenue: -12500, currency: 'EUR', via: '' },
      ]),
    );
    expect(await sums(engine.store)).toEqual(
      expect.arrayContaining([
        { dimension: 41, value: 'DE-BE', v: 1, e: 1, n: 1 },
        { dimension: 42, value: 'DE: Berlin', v: 1, e: 1, n: 1 },
      ]),
    );
  });

  it('counts an opened e-mail as nothing else', async () => {
    const opened = (await sums(engine.store)).filter((sum) => JSON.stringify(sum).includes('May'));
    expect(opened).toEqual([{ dimension: OPENS, value: 'May', v: 0, e: 3, n: 0 }]);
    expect(await sums(engine.store)).toContainEqual({ dimension: 0, value: '*', v: 5, e: 1, n: 3 });
  });
});

it('an upgrade that ended with tables away is repaired by the next', async () => {
  const { store, topology, stop } = await startTestEngine();
  const statements = places(topology);
  for (const [index, last] of statements.entries())
    if (last.startsWith('DETACH'))
      for (const statement of [...statements.slice(0, index + 1), ...statements]) await store.command(statement);
  await store.insert(batchOf(NEW, 'new'));
  expect(await sums(store)).toContainEqual({ dimension: 41, value: 'DE-BE', v: 1, e: 0, n: 1 });
  await stop();
});

it('what is sent in the middle of an upgrade is not taken for stored', async () => {
  const { store, topology, stop } = await startTestEngine();
  const told: string[] = [];
  const watched: Store = {
    ...store,
    async command(statement, params) {
      await store.command(statement, params);
      if (!statement.startsWith('DETACH')) return;
      await store.insert(batchOf(NEW, 'new')).catch((error: StoreError) => told.push(error.outcome));
    },
  };
  for (const statement of places(topology)) await watched.command(statement);
  expect(told).toEqual(['unknown', 'unknown', 'unknown']);
  await store.insert(batchOf(NEW, 'new'));
  expect(await hits(store)).toHaveLength(1);
  await stop();
});

describe('the newest version', () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startTestEngine();
  });
  afterAll(() => engine.stop());

  it('has the columns that rows are sent with', async () => {
    const columns = await engine.store.query<{ name: string; type: string }>(
      "SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = 'intake' ORDER BY position",
    );
    expect(Object.fromEntries(columns.map(({ name, type }) => [name, type]))).toEqual(INTAKE_COLUMNS);
  });

  it('rolls up every dimension that has a number', async () => {
    const columns = Object.values(DIMENSIONS).flatMap(({ column, rollup }) =>
      rollup === null ? [] : [[column, rollup] as const],
    );
    const said = Object.fromEntries(columns.map(([column]) => [column, `the ${column}`]));
    await engine.store.insert(
      batchOf([row('2026-06-09T10:00:00+02:00', { kind: 'event', events: 1, ...said })], 'all'),
    );
    const stored = await engine.store.query<{ value: string; dimension: number }>(
      "SELECT value, dimension FROM sums WHERE value LIKE 'the %' ORDER BY dimension",
    );
    expect(stored).toEqual(
      columns
        .map(([column, dimension]) => ({ value: `the ${column}`, dimension }))
        .sort((a, b) => a.dimension - b.dimension),
    );
  });
});
