import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { nameAt } from '../../packages/collector/src/backup/folder.ts';
import { run } from '../../packages/collector/src/cli/run.ts';
import { PROGRAM, startTestEngine, type TestEngine } from '../../packages/collector/src/engine/testing.ts';
import type { Question } from '../../packages/collector/src/query/stats/query.ts';
import { connect } from '../../packages/collector/src/store/clickhouse.ts';
import type { Beacon } from '../../packages/sdk/src/wire.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { FOLDERS, startTestCollector, type TestCollector } from '../support/test-collector.ts';
import { until } from '../support/until.ts';

const DAY_MS = 86_400_000;
const folder = temporaryFolder();
const dir = join(folder.path, 'backups');
let now = Date.parse('2026-06-09T12:00:00Z');
let engine: TestEngine;
let collector: TestCollector;

beforeAll(async () => {
  mkdirSync(dir);
  engine = await startTestEngine();
  collector = await startTestCollector({
    engine,
    now: () => now,
    settings: { backup: { dir, at: ['03:30'], keep: 2 } },
  });
  await collector.api('POST', '/api/sites', { domain: 'example.com' });
});
afterAll(async () => {
  await collector?.stop();
  folder.remove();
});

const QUESTION: Question = {
  site_id: 'example.com',
  metrics: ['visitors', 'pageviews', 'events'],
  dimensions: ['event:page'],
  date_range: 'all',
};
const view = (page: string): Beacon => ({
  s: 'example.com',
  u: `https://example.com${page}`,
  i: [{ k: 'view' }, { k: 'event', n: 'Sign up' }],
});
const backups = (): string[] => readdirSync(dir).filter((name) => name.endsWith('.backup'));
const madeAt = async (time: string): Promise<void> => {
  now = Date.parse(time);
  await until('another backup', 30_000, async () => {
    await collector.collector.tick();
    return backups().includes(nameAt(now));
  });
};

it('is written at its time, and restored elsewhere its numbers are the same', async () => {
  for (const [at, page] of ['/', '/a', '/a', '/b'].entries())
    expect((await collector.send(view(page), { address: `203.0.113.${at}` })).status).toBe(202);
  await collector.flush();
  const before = (await collector.query(QUESTION)).results;
  await madeAt('2026-06-10T03:30:00Z');
  expect(backups()).toEqual(['passerby-2026-06-10T0330Z.backup']);
  await collector.send(view('/after'));
  await collector.flush();

  await engine.store.command('CREATE DATABASE elsewhere');
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const { host } = new URL(engine.url);
  const url = `http://${engine.username}:${engine.password}@${host}/elsewhere`;
  const env = { DATA_DIR: join(folder.path, 'elsewhere'), CLICKHOUSE_URL: url };
  await run(['restore', join(dir, 'passerby-2026-06-10T0330Z.backup')], env, { engine: PROGRAM, folders: FOLDERS });
  printed.mockRestore();
  const restored = { ...engine, database: 'elsewhere', dataDir: '', stop: async () => {} };
  const store = connect(restored);
  const other = await startTestCollector({ engine: { ...restored, store }, now: () => now });
  expect((await other.query(QUESTION)).results).toEqual(before);
  expect(before).toHaveLength(3);
  await other.stop();
  await store.close();
});

it('lets the oldest go', async () => {
  for (const day of [1, 2, 3]) await madeAt(new Date(Date.parse('2026-06-10T03:30:30Z') + day * DAY_MS).toISOString());
  await until('the oldest has gone', 10_000, () => backups().length === 2);
  expect(backups()).toEqual(['passerby-2026-06-12T0330Z.backup', 'passerby-2026-06-13T0330Z.backup']);
  expect(collector.logged()).not.toMatch(/ (?:warn|error) /);
});
