import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../engine/testing.ts';
import { applyDurability } from './durability.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

/** Has the tables changed, and returns the statements that this took. */
const apply = async (fsync: boolean): Promise<string[]> => {
  const done: string[] = [];
  const command = async (statement: string): Promise<void> => {
    done.push(statement);
    await engine.store.command(statement);
  };
  await applyDurability({ ...engine.store, command }, engine.topology, fsync);
  return done;
};

const tables = async (written: 0 | 1): Promise<string[]> => {
  const rows = await engine.store.query<{ name: string }>(
    `SELECT replaceOne(name, '_local', '') AS name FROM system.tables
    WHERE database = currentDatabase() AND engine LIKE '%MergeTree'
    AND (engine_full LIKE '%fsync_after_insert = 1%' AND engine_full LIKE '%fsync_part_directory = 1%') = {written:Bool}
    ORDER BY name`,
    { written: written === 1 },
  );
  return rows.map(({ name }) => name);
};

const ALL = ['config', 'hits', 'logs', 'migrations', 'sums'];

it('every table is written through to the disk if it is asked for, and no longer if it is not', async () => {
  expect(await apply(false)).toEqual([]);
  expect(await tables(0)).toEqual(ALL);
  expect(await apply(true)).toHaveLength(ALL.length);
  expect(await tables(1)).toEqual(ALL);
  expect(await apply(true)).toEqual([]);
  expect(await apply(false)).toHaveLength(ALL.length);
  expect(await tables(0)).toEqual(ALL);
});

it('a table that was changed by hand is seen to', async () => {
  const name = engine.topology === null ? 'hits' : 'hits_local';
  await apply(true);
  await engine.store.command(`ALTER TABLE ${name} RESET SETTING fsync_part_directory`);
  expect(await apply(true)).toHaveLength(1);
  expect(await tables(1)).toEqual(ALL);
  await engine.store.command(`ALTER TABLE ${name} RESET SETTING fsync_part_directory`);
  expect(await apply(false)).toHaveLength(ALL.length);
});
