import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { nameAt } from '../../packages/collector/src/backup/folder.ts';
import { inspectBackup } from '../../packages/collector/src/backup/restore.ts';
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

const file = join(dir, 'passerby-2026-06-10T0330Z.backup');
/** Restores it as the command does. */
const restore = async (from: string, env: Readonly<Record<string, string>>): Promise<void> => {
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await run(['restore', from], env, { engine: PROGRAM, folders: FOLDERS });
  printed.mockRestore();
};

it('is written at its time; restored on a server, and back into a folder, its numbers are the same', async () => {
  for (const [at, page] of ['/', '/a', '/a', '/b'].entries())
    expect((await collector.send(view(page), { address: `203.0.113.${at}` })).status).toBe(202);
  await collector.flush();
  const before = (await collector.query(QUESTION)).results;
  await madeAt('2026-06-10T03:30:00Z');
  expect(backups()).toEqual(['passerby-2026-06-10T0330Z.backup']);
  await collector.send(view('/after'));
  await collector.flush();

  await engine.store.command('CREATE DATABASE elsewhere');
  const { host } = new URL(engine.url);
  const url = `http://${engine.username}:${engine.password}@${host}/elsewhere`;
  const env = { DATA_DIR: join(folder.path, 'elsewhere'), CLICKHOUSE_URL: url };
  await restore(file, env);
  const restored = { ...engine, database: 'elsewhere', dataDir: '', stop: async () => {} };
  const store = connect(restored);
  const other = await startTestCollector({ engine: { ...restored, store }, now: () => now });
  expect((await other.query(QUESTION)).results).toEqual(before);
  expect(before).toHaveLength(3);

  // And back, from the server into a folder.
  const headers = { authorization: `Bearer ${other.collector.accounts.operatorToken}` };
  const back = await other.request('/api/operator/backup', { method: 'POST', headers });
  writeFileSync(join(folder.path, 'back'), Buffer.from(await back.arrayBuffer()));
  await other.stop();
  await store.close();
  await restore(join(folder.path, 'back'), { DATA_DIR: join(folder.path, 'again') });
  const counted = async (file: string) => (await inspectBackup(file)).tables.filter(({ name }) => name !== 'config');
  expect(await counted(join(folder.path, 'back'))).toEqual(await counted(file));
});

it('lets the oldest go', async () => {
  for (const day of [1, 2, 3]) await madeAt(new Date(Date.parse('2026-06-10T03:30:30Z') + day * DAY_MS).toISOString());
  await until('the oldest has gone', 10_000, () => backups().length === 2);
  expect(backups()).toEqual(['passerby-2026-06-12T0330Z.backup', 'passerby-2026-06-13T0330Z.backup']);
  expect(collector.logged()).not.toMatch(/ error |fail|cannot/);
});
