import { readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import type { Engine } from '../engine/supervisor.ts';
import { SILENT, startEngineOn } from '../engine/testing.ts';
import type { Facts } from '../lib/logger.ts';
import { row } from '../query/testing.ts';
import { connect } from './clickhouse.ts';
import { detachedParts } from './detached.ts';
import { batchOf } from './lines.ts';
import { migrate } from './migrate.ts';
import type { Store } from './store.ts';

/** Its own files are damaged: the engine is always the embedded one. */
let dataDir: string;
let engine: Engine;
let store: Store;
const open = async (): Promise<void> => {
  engine = await startEngineOn(dataDir);
  store = connect(engine);
};
const close = async (): Promise<void> => {
  await store.close();
  await engine.stop();
};
beforeEach(async () => {
  dataDir = temporaryFolder().path;
  await open();
  await migrate(store);
  for (const page of ['/a', '/b'])
    await store.insert(batchOf([row('2026-03-01T12:00:00+00:00', { kind: 'view', page, views: 1 })], page));
});
afterEach(async () => {
  await close();
  rmSync(dataDir, { recursive: true, force: true });
});

const partsOf = async (table: string): Promise<string[]> => {
  const parts = await store.query<{ path: string }>(
    'SELECT path FROM system.parts WHERE active AND table = {table:String} ORDER BY name',
    { table },
  );
  return parts.map(({ path }) => path);
};

const counted = async (): Promise<{ parts: number; logged: unknown[] }> => {
  const logged: unknown[] = [];
  const error = (_message: string, facts?: Facts): void => void logged.push(facts);
  return { parts: await detachedParts(store, null, { ...SILENT, error }), logged };
};

it('nothing is reported of tables that are whole', async () => {
  await close();
  await open();
  expect(await counted()).toEqual({ parts: 0, logged: [] });
});

it('a part that cannot be read is reported, and the rest is readable', async () => {
  const [broken = ''] = await partsOf('hits');
  await close();
  const [file] = readdirSync(broken).filter((name) => name.endsWith('.bin'));
  truncateSync(join(broken, file ?? ''), 1);
  await open();
  expect(await counted()).toEqual({
    parts: 1,
    logged: [{ table: 'hits', reason: 'broken-on-start', parts: 1 }],
  });
  expect(await store.query('SELECT page FROM hits')).toEqual([{ page: '/b' }]);
  expect(await store.query('SELECT toUInt32(sum(views)) AS views FROM sums WHERE dimension = 0')).toEqual([
    { views: 2 },
  ]);
});

it('what an operator detached is not reported', async () => {
  await store.command("ALTER TABLE hits DETACH PARTITION '202603'");
  expect(await store.query('SELECT toUInt32(count()) AS parts FROM system.detached_parts')).toEqual([{ parts: 2 }]);
  expect(await counted()).toEqual({ parts: 0, logged: [] });
});
