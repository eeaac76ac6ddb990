import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEngineOn } from '../../packages/collector/src/engine/testing.ts';
import { connect } from '../../packages/collector/src/store/clickhouse.ts';
import { createVersions, MIGRATIONS, migrate } from '../../packages/collector/src/store/migrate.ts';
import type { Migration } from '../../packages/collector/src/store/migration.ts';
import type { Store } from '../../packages/collector/src/store/store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const fileOf = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const compose = fileOf('compose.cluster.yml');
/** What a server of the example reads, but for what it reads from its environment. */
const config = fileOf('deploy/cluster/clickhouse.xml')
  .replace(/^.*?<clickhouse>|<\/clickhouse>/gs, '')
  .replace('<shard from_env="SHARD"/>', '<shard>1</shard>')
  .replace('<replica from_env="REPLICA"/>', '<replica>a</replica>')
  .replace('<secret from_env="CLUSTER_SECRET"/>', '<secret>secret</secret>');

const { path: dataDir, remove } = temporaryFolder();
let store: Store;
let stop: () => Promise<void>;
beforeAll(async () => {
  const engine = await startEngineOn(dataDir, { serverConfig: config });
  store = connect(engine);
  stop = async () => {
    await store.close();
    await engine.stop();
  };
});
afterAll(async () => {
  await stop();
  remove();
});

it('the servers of the example know a cluster of those servers', async () => {
  const servers = await store.query<{ shard: number; host: string }>(
    "SELECT shard_num AS shard, host_name AS host FROM system.clusters WHERE cluster = 'passerby' ORDER BY host",
  );
  expect(servers).toEqual([
    { shard: 1, host: 'clickhouse-1a' },
    { shard: 1, host: 'clickhouse-1b' },
    { shard: 2, host: 'clickhouse-2a' },
    { shard: 2, host: 'clickhouse-2b' },
  ]);
  for (const { shard, host } of servers)
    expect(compose).toMatch(
      new RegExp(
        `^  ${host}:\n(?:    .*\n)*    hostname: ${host}\n.*SHARD: "${shard}", REPLICA: ${host.at(-1)} }`,
        'm',
      ),
    );
});

it('the collector takes the cluster of the example', async () => {
  expect(compose).toContain('CLICKHOUSE_CLUSTER: passerby\n');
  const done: string[] = [];
  const topology = { name: 'passerby', database: 'passerby' };
  await migrate({ ...store, command: async (statement) => void done.push(statement) }, topology);
  const steps = [createVersions, ...MIGRATIONS].flatMap((migration: Migration) => migration(topology));
  expect(done).toEqual(expect.arrayContaining(steps.filter((step) => typeof step === 'string')));
});
