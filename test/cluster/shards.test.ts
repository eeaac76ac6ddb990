import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCluster, startTestEngine, type TestEngine } from '../../packages/collector/src/engine/testing.ts';
import { row } from '../../packages/collector/src/query/testing.ts';
import { batchOf } from '../../packages/collector/src/store/lines.ts';
import { until } from '../support/until.ts';

/**
 * What only a real cluster can show in full: `CLICKHOUSE_URL=… CLICKHOUSE_CLUSTER=…`. Without one it is a cluster of one
 * shard without replicas.
 */
const SITES = 200;
const REPLICATED_MS = 30_000;

let engine: TestEngine;
let cluster: { name: string; database: string };
beforeAll(async () => {
  engine = await (process.env.CLICKHOUSE_CLUSTER ? startTestEngine() : startTestCluster());
  if (engine.topology === null) throw new Error('CLICKHOUSE_CLUSTER must name the cluster');
  cluster = engine.topology;
});
afterAll(() => engine.stop());

const numberOf = async (sql: string): Promise<number> => {
  const [answer] = await engine.store.query<{ n: number }>(sql, { cluster: cluster.name });
  return answer?.n ?? Number.NaN;
};

it('a batch of many sites is stored once, each site on one shard, on each of its replicas', async () => {
  const rows = Array.from({ length: SITES }, (_, site) =>
    row('2026-03-01T12:30:00+00:00', { kind: 'view', site: `site-${site}`, page: '/', views: 1, visit: '7' }),
  );
  const batch = batchOf(rows, 'many-sites');
  await Promise.all([engine.store.insert(batch), engine.store.insert(batch)]);
  await engine.store.insert(batch);
  const [totals] = await engine.store.query(
    `SELECT toUInt32(count()) AS hits, toUInt32(uniqExact(site)) AS sites, toUInt32(uniqExact(site, _shard_num)) AS places,
    toUInt32(uniqExact(_shard_num)) AS shards, (SELECT toUInt32(sum(views)) FROM sums WHERE dimension = 0) AS views FROM hits`,
  );
  const shards = await numberOf(
    'SELECT toUInt32(uniqExact(shard_num)) AS n FROM system.clusters WHERE cluster = {cluster:String}',
  );
  expect(totals).toEqual({ hits: SITES, sites: SITES, places: SITES, shards, views: SITES });

  const servers = await numberOf('SELECT toUInt32(count()) AS n FROM system.clusters WHERE cluster = {cluster:String}');
  const copies = `SELECT toUInt32(count()) AS n FROM clusterAllReplicas('${cluster.name}', '${cluster.database}', 'hits_local')`;
  await until('every replica has the rows of its shard', REPLICATED_MS, async () => {
    return (await numberOf(copies)) === (SITES * servers) / shards;
  });
});

it('what is set up is on every server', async () => {
  await engine.store.command(
    "INSERT INTO config (kind, id, version, body, deleted) SELECT 'test', 'a', 1, '{}', 0 SETTINGS insert_deduplicate = 0",
  );
  const servers = await numberOf('SELECT toUInt32(count()) AS n FROM system.clusters WHERE cluster = {cluster:String}');
  const copies = `SELECT toUInt32(count()) AS n FROM clusterAllReplicas('${cluster.name}', '${cluster.database}', 'config')`;
  await until('every server has the document', REPLICATED_MS, async () => (await numberOf(copies)) === servers);
});
