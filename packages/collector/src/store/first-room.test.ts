import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { SILENT, startTestEngine, type TestEngine } from '../engine/testing.ts';
import { RoomError } from './kept-tables.ts';
import type { Store } from './store.ts';
import { upgrade } from './upgrade.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
  await dropAll();
});
afterAll(() => engine.stop());

const tables = async (): Promise<string[]> =>
  (await engine.store.query<{ name: string }>('SHOW TABLES')).map(({ name }) => name);

const dropAll = async (): Promise<void> => {
  for (const name of await tables()) await engine.store.command(`DROP TABLE ${name} SYNC`);
};

const MIB = 2 ** 20;

/** The store, on a disk of another size. As the real one it says nothing of it once there are tables. */
const on = (free: number, total: number): Store =>
  ({
    ...engine.store,
    query: async (sql: string, ...rest: []) => {
      const answer = await engine.store.query(sql, ...rest);
      return sql.includes('system.disks') ? answer.map(() => ({ free, total })) : answer;
    },
  }) as Store;

test.each([
  ['is full', 0, 100_000 * MIB],
  ['is nearly full', 15 * MIB, 100_000 * MIB],
  ['is small, and full', 0, 64 * 1024],
  ['is small, and nearly full', 4 * MIB, 50 * MIB],
])('no table is made on a disk that %s', async (_what, free, total) => {
  const made = upgrade(on(free, total), null, SILENT);
  await expect(made).rejects.toBeInstanceOf(RoomError);
  await expect(made).rejects.toThrow(`The disk has ${(free / 1e6).toFixed(1)} MB of room, which is too little`);
  expect(await tables()).toEqual([]);
});

it('makes them where a server does not say how much room there is', async () => {
  const silent = {
    ...engine.store,
    query: async (sql: string, ...rest: []) =>
      await engine.store.query(sql.replace('system.disks', 'system.not_for_you'), ...rest),
  } as Store;
  await upgrade(silent, null, SILENT);
  expect(await tables()).toContain('hits');
  await dropAll();
});

it('makes them where there is room, and asks for none when they are there', async () => {
  await upgrade(on(6 * MIB, 50 * MIB), null, SILENT);
  expect(await tables()).toContain('hits');
  await upgrade(on(0, 50 * MIB), null, SILENT);
});
