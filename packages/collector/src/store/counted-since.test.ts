import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../engine/testing.ts';
import { countedSince } from './counted-since.ts';
import { MIGRATIONS, migrate } from './migrate.ts';
import { onEveryServer } from './topology.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const empty = async (): Promise<void> => {
  const { store, topology } = engine;
  const tables = await store.query<{ name: string }>('SHOW TABLES');
  for (const { name } of tables) await store.command(`DROP TABLE ${name}${onEveryServer(topology)} SYNC`);
};
const appliedOf = async (version: number): Promise<number> => {
  const rows = await engine.store.query<{ version: number; at: number }>(
    'SELECT version, toUInt32(applied) AS at FROM migrations FINAL',
  );
  return 1000 * (rows.find((row) => row.version === version)?.at ?? 0);
};

it("a store that was born with today's counting has no time before it", async () => {
  expect(await countedSince(engine.store)).toBeNull();
});

it.each([1, 2])('one of version %i has it since it was upgraded, though that was in the same second', async (born) => {
  const { store, topology } = engine;
  await empty();
  await migrate(store, topology, MIGRATIONS.slice(0, born));
  await migrate(store, topology);
  expect(await countedSince(store)).toBe(await appliedOf(3));
  expect(await appliedOf(3)).toBeGreaterThan(await appliedOf(1));
});
