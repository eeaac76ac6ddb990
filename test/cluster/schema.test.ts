import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngineOn } from '../../packages/collector/src/engine/testing.ts';
import { connect } from '../../packages/collector/src/store/clickhouse.ts';
import { ClusterError, createVersions, MIGRATIONS, migrate } from '../../packages/collector/src/store/migrate.ts';
import type { Store } from '../../packages/collector/src/store/store.ts';
import type { Cluster } from '../../packages/collector/src/store/topology.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/**
 * An engine that knows a cluster of one shard, itself, and keeps what servers agree on in its own memory. It has no
 * queue of statements for all servers: they are run here.
 */
const shard = (replication: boolean): string =>
  `<shard><internal_replication>${replication}</internal_replication><replica><host>127.0.0.1</host><port>1</port></replica></shard>`;
const CONFIG = `<tcp_port>1</tcp_port>
<zookeeper><implementation>testkeeper</implementation></zookeeper>
<macros><shard>04</shard><replica>b</replica></macros>
<remote_servers><main>${shard(true)}</main><careless>${shard(false)}</careless></remote_servers>`;
const CLUSTER: Cluster = { name: 'main', database: 'web-stats' };
const ON_CLUSTER = ' ON CLUSTER `main`';

/** A replicated table that is alone can be made, but not changed: `store/upgrade.test.ts` changes those. */
const canRunHere = (statement: string): boolean => !/^ALTER TABLE \S+\.(?:hits|sums)_local /.test(statement);

const { path: dataDir, remove } = temporaryFolder();
/** Steps that are code make their statements from what is stored. */
const statements = [createVersions, ...MIGRATIONS]
  .flatMap((migration) => migration(CLUSTER))
  .filter((step) => typeof step === 'string');
let store: Store;
let stop: () => Promise<void>;
beforeAll(async () => {
  const engine = await startEngineOn(dataDir, { serverConfig: CONFIG });
  store = connect({ ...engine, topology: CLUSTER });
  stop = async () => {
    await store.close();
    await engine.stop();
  };
});
afterAll(async () => {
  await stop();
  remove();
});

describe('the statements for a cluster', () => {
  it.each(statements.map((statement) => ({ statement, name: statement.slice(0, 80) })))(
    'are ones that ClickHouse can read, for all servers: $name',
    async ({ statement }) => {
      const [read] = await store.query<{ text: string }>('SELECT formatQuery({statement:String}) AS text', {
        statement,
      });
      expect(read?.text).toContain(`\`web-stats\`.`);
      expect(statement.split(ON_CLUSTER)).toHaveLength(2);
    },
  );

  it('make every table, each with the path that its macros give', async () => {
    await store.command('CREATE DATABASE `web-stats`');
    for (const statement of [...statements, ...statements].filter(canRunHere))
      await store.command(statement.replace(ON_CLUSTER, ''));
    const tables = await store.query<{ name: string; engine: string }>(
      "SELECT name, engine FROM system.tables WHERE database = 'web-stats' ORDER BY name",
    );
    expect(Object.fromEntries(tables.map(({ name, engine }) => [name, engine]))).toEqual({
      config: 'ReplicatedReplacingMergeTree',
      migrations: 'ReplicatedReplacingMergeTree',
      intake: 'Distributed',
      intake_local: 'Null',
      hits: 'Distributed',
      hits_local: 'ReplicatedMergeTree',
      hits_from_intake: 'MaterializedView',
      sums: 'Distributed',
      sums_local: 'ReplicatedSummingMergeTree',
      sums_from_intake: 'MaterializedView',
      logs: 'Distributed',
      logs_local: 'ReplicatedMergeTree',
      logs_from_intake: 'MaterializedView',
    });
    expect(
      await store.query('SELECT zookeeper_path AS path, replica_name AS replica FROM system.replicas ORDER BY path'),
    ).toEqual([
      { path: '/clickhouse/tables/04/web-stats/hits', replica: 'b' },
      { path: '/clickhouse/tables/04/web-stats/logs', replica: 'b' },
      { path: '/clickhouse/tables/04/web-stats/sums', replica: 'b' },
      { path: '/clickhouse/tables/all/web-stats/config', replica: '04-b' },
      { path: '/clickhouse/tables/all/web-stats/migrations', replica: '04-b' },
    ]);
  });

  it.each(['logs', 'intake'])('give %s the columns that its shards have', async (table) => {
    const columnsOf = (name: string): Promise<unknown[]> =>
      store.query(
        "SELECT name, type FROM system.columns WHERE database = 'web-stats' AND table = {name:String} ORDER BY position",
        { name },
      );
    const columns = await columnsOf(table);
    expect(columns.length).toBeGreaterThan(10);
    expect(columns).toEqual(await columnsOf(`${table}_local`));
  });
});

describe('a cluster', () => {
  it.each([
    { name: 'nobody', problem: 'the server at CLICKHOUSE_URL knows no such cluster (remote_servers)' },
    { name: 'careless', problem: 'each of its shards needs internal_replication' },
  ])('$name is refused before anything is changed', async ({ name, problem }) => {
    const done: string[] = [];
    const watched = { ...store, command: async (statement: string) => void done.push(statement) };
    const refused = migrate(watched, { name, database: 'default' });
    await expect(refused).rejects.toBeInstanceOf(ClusterError);
    await expect(refused).rejects.toThrow(`CLICKHOUSE_CLUSTER "${name}": ${problem}.`);
    expect(done).toEqual([]);
  });

  it('whose servers have no macros is refused', async () => {
    const folder = temporaryFolder();
    const engine = await startEngineOn(folder.path, { serverConfig: CONFIG.replace(/<macros>.*<\/macros>/, '') });
    const bare = connect(engine);
    await expect(migrate(bare, CLUSTER)).rejects.toThrow('its servers need the macros shard and replica.');
    await bare.close();
    await engine.stop();
    folder.remove();
  });
});
