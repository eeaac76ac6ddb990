import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../engine/testing.ts';
import { MIGRATIONS, migrate, NewerSchemaError } from './migrate.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const versions = () => engine.store.query('SELECT version FROM migrations FINAL ORDER BY version');
const tables = async (): Promise<string[]> =>
  (await engine.store.query<{ name: string }>('SHOW TABLES')).map(({ name }) => name);
const create = (name: string): string => `CREATE TABLE IF NOT EXISTS ${name} (a UInt8) ENGINE = MergeTree ORDER BY a`;

it('an empty store has all the tables and one row a version', async () => {
  expect(await tables()).toEqual(expect.arrayContaining(['config', 'hits', 'intake', 'logs', 'migrations', 'sums']));
  expect(await versions()).toEqual(MIGRATIONS.map((_, index) => ({ version: index + 1 })));
});

it('nothing happens a second time', async () => {
  await migrate(engine.store);
  expect(await versions()).toEqual(MIGRATIONS.map((_, index) => ({ version: index + 1 })));
});

it('every statement can be run again', async () => {
  for (const statement of MIGRATIONS.flat()) await engine.store.command(statement);
});

it('a version that was interrupted is repaired, and what came before is not run again', async () => {
  const before = MIGRATIONS.map(() => ['this must not be run again']);
  await expect(migrate(engine.store, [...before, [create('first'), 'no statement at all']])).rejects.toMatchObject({
    code: 62,
  });
  expect(await versions()).toHaveLength(MIGRATIONS.length);
  await migrate(engine.store, [...before, [create('first'), create('second')], [create('third')]]);
  expect(await tables()).toEqual(expect.arrayContaining(['first', 'second', 'third']));
  expect(await versions()).toHaveLength(MIGRATIONS.length + 2);
});

it('a store of a newer version is refused', async () => {
  const refused = migrate(engine.store);
  await expect(refused).rejects.toBeInstanceOf(NewerSchemaError);
  await expect(refused).rejects.toThrow(`version ${MIGRATIONS.length + 2}`);
});
