import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SILENT, startTestEngine, type TestEngine } from '../engine/testing.ts';
import { createLog } from '../lib/logger.ts';
import { FIRST, row, SITE, visit } from '../query/testing.ts';
import { createExpiry } from '../sites/expiry.ts';
import { createPurge, EVERYTHING } from '../sites/purge/purge.ts';
import { type KeptTables, keptOf, keptTables, RoomError } from './kept-tables.ts';
import { type Batch, batchOf } from './lines.ts';
import { MIGRATIONS, migrate } from './migrate.ts';
import type { Store } from './store.ts';
import { oldBatch } from './testing.ts';
import { HalfUndoneError, lossOf, undoUpgrade } from './undo-upgrade.ts';
import { upgrade } from './upgrade.ts';

let engine: TestEngine;
let store: Store;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const dropAll = async (): Promise<void> => {
  const tables = await engine.store.query<{ name: string }>('SHOW TABLES');
  for (const { name } of tables) await engine.store.command(`DROP TABLE ${name} SYNC`);
};

const VIEWED = visit('11', '2026-06-09T23:15:00+02:00', { source: 'Google', country: 'DE', entry_page: '/' }, [
  { page: '/', ...FIRST },
  { page: '/%C3%BC', prev_page: '/', seconds: 60, bounces: -1, page_visits: 1, page_visitors: 1 },
]);
const ERROR = row('2026-05-31T23:59:59+02:00', { kind: 'error', message: 'no', fingerprint: 'f'.repeat(16) });
const OLD = [...VIEWED, ERROR];
const one = (number: string, at: string) => visit(number, at, { country: 'AT' }, [{ page: '/', ...FIRST }]);
const WAITED = one('12', '2026-06-10T11:00:00+02:00');
const NEW = one('13', '2026-07-01T11:00:00+02:00');

const write = (id: string, version: number): Promise<void> =>
  engine.store.command("INSERT INTO config SELECT 'site', {id:String}, {version:UInt64}, '{}', 0", { id, version });

/** A store of a version, with rows. */
const born = async (version: number): Promise<void> => {
  await dropAll();
  store = engine.store;
  await migrate(store, null, MIGRATIONS.slice(0, version));
  await store.insert(oldBatch(OLD, 'old', version));
  await write('one', 1);
};

/** All that a store has. */
const stateOf = async (): Promise<unknown> => {
  const of = (sql: string): Promise<unknown[]> => store.query(sql);
  return {
    columns: await of(
      `SELECT table, name, type, default_expression FROM system.columns WHERE database = currentDatabase()
      ORDER BY table, position`,
    ),
    tables: await of(
      'SELECT name, engine_full, as_select FROM system.tables WHERE database = currentDatabase() ORDER BY name',
    ),
    hits: await of('SELECT * FROM hits ORDER BY ts, step, kind, visit'),
    sums: await of('SELECT * FROM sums FINAL ORDER BY dimension, value, day'),
    logs: await of('SELECT * FROM logs ORDER BY ts, message'),
    config: await of('SELECT * FROM config FINAL ORDER BY kind, id'),
    migrations: await of('SELECT * FROM migrations FINAL ORDER BY version'),
  };
};
const counts = async (): Promise<unknown> =>
  store.query(`SELECT (SELECT toUInt32(count()) FROM hits) AS hits, (SELECT toUInt32(count()) FROM logs) AS logs,
    (SELECT toUInt32(sum(views)) FROM sums WHERE dimension = 0) AS views,
    (SELECT toUInt32(sum(views)) FROM sums WHERE dimension = 1) AS in_hours`);

/** The store, until the process dies after so many of its statements. */
const dyingAfter = (most: number, deaths: string[]): Store => {
  let done = 0;
  return {
    ...engine.store,
    async command(sql, ...rest) {
      if (done++ === most) {
        deaths.push(sql);
        throw new Error('the process died');
      }
      await engine.store.command(sql, ...rest);
    },
  };
};

const kept = async (): Promise<KeptTables> => {
  const found = await keptTables(store);
  if (found === null) throw new Error('nothing is kept');
  return found;
};

const twice = async (...batches: readonly Batch[]): Promise<void> => {
  for (const batch of [...batches, ...batches]) await store.insert(batch);
};

/**
 * Each death takes seconds: here some are tried, more of them with `DEATHS_EVERY=5`, and by `npm run bench:upgrade` any, with
 * an engine that is killed.
 */
const EVERY = Number(process.env.DEATHS_EVERY);
const CASES = [
  { version: 1, step: EVERY || 31 },
  { version: 2, step: EVERY || 19 },
];

describe.runIf(!process.env.CLICKHOUSE_CLUSTER).each(CASES)('a store of version $version', ({ version, step }) => {
  beforeEach(() => born(version));

  it('is brought up to date and back, whenever the process dies', { timeout: 300_000 }, async () => {
    const before = await stateOf();
    const versions = { first: await counts() };
    const deaths: string[] = [];
    for (let statements = 3; ; statements += step) {
      const died = deaths.length;
      await upgrade(dyingAfter(statements, deaths), null, SILENT).catch(() => undefined);
      if (deaths.length === died) break;
      await upgrade(store, null, SILENT);
      expect(await counts()).toEqual(versions.first);
      expect(await kept()).toMatchObject({ version, target: MIGRATIONS.length });
      // A batch of before comes again; one that waited, and one of today, come twice.
      const [waited, fresh] = [oldBatch(WAITED, `waited${statements}`, version), batchOf(NEW, `new${statements}`)];
      await twice(oldBatch(OLD, 'old', version), waited, fresh);
      expect(await counts()).toEqual([{ hits: 5, logs: 1, views: 4, in_hours: 4 }]);
      await undoUpgrade(dyingAfter(statements % 22, []), await kept()).catch(() => undefined);
      const left = await keptTables(store);
      if (left?.version) await undoUpgrade(store, left);
      await migrate(store, null, MIGRATIONS.slice(0, version));
      // What was stored is not stored again, be it lost.
      for (const batch of [oldBatch(OLD, 'old', version), waited]) await store.insert(batch);
      expect(await stateOf(), deaths.at(-1)).toEqual(before);
    }
    expect(deaths.length).toBeGreaterThan(1);
  });
});

describe.runIf(!process.env.CLICKHOUSE_CLUSTER)('what is kept from before an upgrade', () => {
  const tables = async (): Promise<string[]> =>
    (await store.query<{ name: string }>('SHOW TABLES')).map(({ name }) => name);
  const upgraded = async (): Promise<void> => {
    await born(2);
    await upgrade(store, null, SILENT);
  };

  it('stays until a start that has nothing to change, and goes with it', async () => {
    await upgraded();
    expect((await tables()).filter((name) => keptOf(name) !== null)).toHaveLength(9);
    await upgrade(store, null, SILENT);
    expect((await tables()).filter((name) => name.startsWith('before_'))).toEqual([]);
    expect(await counts()).toEqual([{ hits: 3, logs: 1, views: 2, in_hours: 2 }]);
  });

  it('is said, as each version is', async () => {
    const lines: string[] = [];
    const log = createLog((line) => lines.push(line.replace(/^\S+ /, '').replace(/(?<=took_ms=|kept=)[1-9]\d*/, 'N')));
    await born(2);
    for (let start = 0; start < 3; start++) await upgrade(store, null, log);
    expect(lines.filter((line) => !line.startsWith('info writing'))).toEqual([
      `info bringing the tables up to date from=2 to=${MIGRATIONS.length} kept=N\n`,
      ...MIGRATIONS.slice(2).map((_, at) => `info a version of the tables is reached version=${at + 3} took_ms=N\n`),
      `info the tables are up to date from=2 to=${MIGRATIONS.length} took_ms=N\n`,
      'info the tables as they were before the last upgrade are deleted: there is no way back to them now\n',
    ]);
  });

  it('is taken anew by the next upgrade, not by one that goes on', async () => {
    await upgraded();
    await store.insert(batchOf(NEW, 'new'));
    const later = [...MIGRATIONS, () => ['CREATE TABLE IF NOT EXISTS another (a UInt8) ENGINE = Null', 'no statement']];
    await expect(upgrade(store, null, SILENT, later)).rejects.toMatchObject({ code: 62 });
    await store.insert(batchOf(WAITED, 'waited'));
    await expect(upgrade(store, null, SILENT, later)).rejects.toMatchObject({ code: 62 });
    expect(await kept()).toMatchObject({ version: MIGRATIONS.length, target: MIGRATIONS.length + 1 });
    expect(await lossOf(store, await kept())).toMatchObject({ hits: 1 });
  });

  it('goes with a purge, and old totals go from it too', async () => {
    await upgraded();
    const now = (): number => Date.parse('2026-06-20T12:00:00Z');
    await createExpiry({ store, topology: null, sites: () => [{ ...SITE, sumsDays: 7 }], now })();
    await store.command(`ALTER TABLE ${(await kept()).of('sums')} DELETE WHERE 0 SETTINGS mutations_sync = 1`);
    expect(await store.query(`SELECT day FROM ${(await kept()).of('sums')}`)).toEqual([]);
    await createPurge(store, null).purge(SITE, { ...EVERYTHING, page: '/nowhere' }, (job) => job());
    expect(await keptTables(store)).toBeNull();
  });

  it('needs room, or nothing is changed', async () => {
    await born(2);
    const before = await stateOf();
    const full: Store = {
      ...store,
      query: async (sql, ...rest) =>
        sql.includes('sum(bytes_on_disk)') ? [{ bytes: 2_500_000, free: 1_000_000 }] : await store.query(sql, ...rest),
    } as Store;
    const refused = upgrade(full, null, SILENT);
    await expect(refused).rejects.toBeInstanceOf(RoomError);
    await expect(refused).rejects.toThrow('up to 2.5 MB of room');
    expect(await stateOf()).toEqual(before);
  });

  it('says what is lost, and a start in the middle of going back is refused', async () => {
    await upgraded();
    await twice(batchOf([...NEW, ...WAITED, row('2026-07-01T12:00:00+02:00', { kind: 'log', message: 'a' })], 'new'));
    await store.insert(batchOf([row('2026-07-01T12:00:00+02:00', { kind: 'open', name: 'May', events: 3 })], 'open'));
    await write('one', 2);
    await write('two', 1);
    expect(await lossOf(store, await kept())).toEqual({ hits: 5, logs: 1, documents: 2 });
    await undoUpgrade(dyingAfter(12, []), await kept()).catch(() => undefined);
    await expect(upgrade(store, null, SILENT)).rejects.toBeInstanceOf(HalfUndoneError);
    await undoUpgrade(store, await kept());
    expect(await counts()).toEqual([{ hits: 3, logs: 1, views: 2, in_hours: 2 }]);
    await upgrade(store, null, SILENT);
    expect(await kept()).toMatchObject({ version: 2 });
  });

  it('is not needed any more when the last step of going back was all that was left', async () => {
    await upgraded();
    const steps: string[] = [];
    const all: Store = {
      ...store,
      command(sql) {
        steps.push(sql);
        return engine.store.command(sql);
      },
    };
    await undoUpgrade(all, await kept());
    await upgrade(store, null, SILENT);
    await undoUpgrade(dyingAfter(steps.length - 3, []), await kept()).catch(() => undefined);
    expect(await tables()).toContain('undo_under_way');
    await upgrade(store, null, SILENT);
    expect(await tables()).not.toContain('undo_under_way');
    expect(await kept()).toMatchObject({ version: 2 });
  });
});
