import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../engine/testing.ts';
import { createVersions, MIGRATIONS, migrate, NewerSchemaError } from './migrate.ts';
import type { Migration, Step } from './migration.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const versions = () => engine.store.query('SELECT version FROM migrations FINAL ORDER BY version');
const tables = async (): Promise<string[]> =>
  (await engine.store.query<{ name: string }>('SHOW TABLES')).map(({ name }) => name);
const create = (name: string): string => `CREATE TABLE IF NOT EXISTS ${name} (a UInt8) ENGINE = MergeTree ORDER BY a`;
const migrateTo = (...further: string[][]): Promise<void> => {
  const before: Migration[] = MIGRATIONS.map(() => () => ['this must not be run again']);
  return migrate(engine.store, engine.topology, [...before, ...further.map((statements) => () => statements)]);
};

it('an empty store has all the tables and one row a version', async () => {
  expect(await tables()).toEqual(expect.arrayContaining(['config', 'hits', 'intake', 'logs', 'migrations', 'sums']));
  expect(await versions()).toEqual(MIGRATIONS.map((_, index) => ({ version: index + 1 })));
});

it('collectors that start at the same time bring it up together', async () => {
  const { store, topology } = engine;
  for (let round = 0; round < 2; round++) {
    await store.command('ALTER TABLE migrations DELETE WHERE 1 SETTINGS mutations_sync = 1');
    await Promise.all([migrate(store, topology), migrate(store, topology), migrate(store, topology)]);
    expect(await tables()).toEqual(expect.arrayContaining(['hits', 'intake', 'logs', 'sums']));
    expect(await versions()).toEqual(MIGRATIONS.map((_, index) => ({ version: index + 1 })));
  }
});

it('nothing happens a second time', async () => {
  const done: string[] = [];
  const watched = { ...engine.store, command: async (statement: string) => void done.push(statement) };
  await migrate(watched, engine.topology);
  expect(done).toEqual([]);
});

it('every step can be run again', async () => {
  const steps: Step[] = [createVersions, ...MIGRATIONS].flatMap((migration) => migration(engine.topology));
  for (const step of steps)
    await (typeof step === 'string' ? engine.store.command(step) : step(engine.store, () => {}));
});

it('a version that was interrupted is repaired, and what came before is not run again', async () => {
  await expect(migrateTo([create('first'), 'no statement at all'])).rejects.toMatchObject({ code: 62 });
  expect(await versions()).toHaveLength(MIGRATIONS.length);
  await migrateTo([create('first'), create('second')], [create('third')]);
  expect(await tables()).toEqual(expect.arrayContaining(['first', 'second', 'third']));
  expect(await versions()).toHaveLength(MIGRATIONS.length + 2);
});

it('a store of a newer version is refused', async () => {
  const refused = migrate(engine.store, engine.topology);
  await expect(refused).rejects.toBeInstanceOf(NewerSchemaError);
  await expect(refused).rejects.toThrow(`version ${MIGRATIONS.length + 2}`);
});

it('rows of before are changed, and a new store is not asked for any', async () => {
  const { store, topology } = engine;
  let changes = 0;
  const change: Migration = () => [async () => void changes++];
  await store.command('ALTER TABLE migrations DELETE WHERE 1 SETTINGS mutations_sync = 1');
  await migrate(store, topology, [...MIGRATIONS, change]);
  expect(changes).toBe(0);
  await migrate(store, topology, [...MIGRATIONS, change, change]);
  expect(changes).toBe(1);
});

/** Versions that were released: data made by them is out there. */
it('the statements for one server are what they always were', async () => {
  const statements = [createVersions, ...MIGRATIONS]
    .flatMap((migration: Migration) => migration(null))
    .filter((step) => typeof step === 'string');
  await expect(`${statements.join(';\n\n')};\n`).toMatchFileSnapshot('migrations/one-server.sql');
});
