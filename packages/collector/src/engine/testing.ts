/** ClickHouse for tests: a real embedded engine on an empty folder, or a fresh database on `CLICKHOUSE_URL`. */
import { randomBytes } from 'node:crypto';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import type { Log } from '../lib/logger.ts';
import { type Connection, connect } from '../store/clickhouse.ts';
import { migrate } from '../store/migrate.ts';
import type { Store } from '../store/store.ts';
import { onEveryServer, type Topology } from '../store/topology.ts';
import type { Program } from './child.ts';
import { lockDataDir } from './data-dir-lock.ts';
import { freePort } from './free-port.ts';
import { SOURCE_PROGRAM } from './source-program.ts';
import { type Engine, type EngineOptions, startEngine } from './supervisor.ts';

/** ClickHouse with the schema of today and no rows. */
export interface TestEngine extends Connection {
  readonly store: Store;
  readonly topology: Topology;
  /** Folder of the embedded engine; empty if a server is used. */
  readonly dataDir: string;
  stop(): Promise<void>;
}

/** The engine's program: as `test/runner/bundle-engine.ts` has bundled it for this run, else as source. */
export const PROGRAM: Program = process.env.ENGINE_PROCESS ? { entry: process.env.ENGINE_PROCESS } : SOURCE_PROGRAM;

/** A log for what tells nothing to a test. */
export const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * On the server of `CLICKHOUSE_URL`, or on the cluster of `CLICKHOUSE_CLUSTER` there; without them embedded. With
 * `CLICKHOUSE_CLUSTER` alone the embedded engine is a cluster of one shard: see {@link startTestCluster}.
 * @example
 * let engine: TestEngine;
 * beforeAll(async () => { engine = await startTestEngine(); });
 * afterAll(() => engine.stop());
 */
export const startTestEngine = (): Promise<TestEngine> => {
  const { CLICKHOUSE_URL: url, CLICKHOUSE_CLUSTER: cluster } = process.env;
  if (url) return onServer(new URL(url), cluster);
  return cluster ? startTestCluster() : embedded(null, {});
};

/**
 * An embedded engine as a cluster: its tables are those of a cluster, asked and filled through Distributed tables. What
 * it lacks is left out: it cannot replicate, and there is no other server to run a statement on.
 * @param absentShard there is a second shard, and nobody answers for it
 */
export const startTestCluster = ({ absentShard = false } = {}): Promise<TestEngine> => {
  const shard = (port: number): string =>
    `<shard><internal_replication>true</internal_replication><replica><host>127.0.0.1</host><port>${port}</port></replica></shard>`;
  const serverConfig = `<tcp_port>${OWN_PORT}</tcp_port>
  <macros><shard>1</shard><replica>1</replica></macros>
  <remote_servers><test>${shard(OWN_PORT)}${absentShard ? shard(NO_PORT) : ''}</test></remote_servers>`;
  return embedded({ name: 'test', database: 'default' }, { serverConfig });
};

/** Ports on which nobody listens; by the first one the engine knows itself. */
const OWN_PORT = 1;
const NO_PORT = 2;

/** Starts the embedded engine on a folder, which stays, and waits until it is up; `stop` gives the folder back. */
export const startEngineOn = async (dataDir: string, options: Partial<EngineOptions> = {}): Promise<Engine> => {
  const lock = await lockDataDir(dataDir);
  const engine = await startEngine({ ...PROGRAM, lock, log: SILENT, ...options });
  const stop = async (): Promise<void> => {
    await engine.stop();
    lock.release();
  };
  try {
    await engine.ready;
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ...engine,
    get state() {
      return engine.state;
    },
    stop,
  };
};

const embedded = async (topology: Topology, options: Partial<EngineOptions>): Promise<TestEngine> => {
  const { path: dataDir, remove } = temporaryFolder();
  // On a port, as a server: collectors can be given its address.
  const listen = { host: '127.0.0.1', port: await freePort() };
  const { url, username, password, stop } = await startEngineOn(dataDir, { listen, ...options });
  const change = topology ? (statement: string) => withoutOthers(onShards(statement, topology)) : unchanged;
  return ready({ url, username, password, topology }, dataDir, change, async () => {
    await stop();
    remove();
  });
};

const onServer = async (server: URL, cluster: string | undefined): Promise<TestEngine> => {
  const database = `passerby_test_${randomBytes(6).toString('hex')}`;
  const topology: Topology = cluster ? { name: cluster, database } : null;
  const credentials = {
    url: server.origin,
    username: decodeURIComponent(server.username) || 'default',
    password: decodeURIComponent(server.password),
    topology,
  };
  const admin = connect(credentials);
  await admin.command(`CREATE DATABASE ${database}${onEveryServer(topology)}`);
  const change = topology ? (statement: string) => onShards(statement, topology) : unchanged;
  return ready({ ...credentials, database }, '', change, async () => {
    await admin.command(`DROP DATABASE ${database}${onEveryServer(topology)}${topology ? ' SYNC' : ''}`);
    await admin.close();
  });
};

const ready = async (
  connection: Connection,
  dataDir: string,
  change: (statement: string) => string,
  end: () => Promise<void>,
): Promise<TestEngine> => {
  const connected = connect(connection);
  const store: Store = { ...connected, command: (sql, ...rest) => connected.command(change(sql), ...rest) };
  const { topology = null } = connection;
  await migrate(store, topology);
  return {
    ...connection,
    topology,
    store,
    dataDir,
    async stop() {
      await store.close();
      await end();
    },
  };
};

const unchanged = (statement: string): string => statement;

/** A table that stands for all shards can be read and filled; emptied are the shards' own. */
const onShards = (statement: string, topology: Topology): string =>
  statement.replace(/^TRUNCATE TABLE (hits|logs|sums)$/, `TRUNCATE TABLE $1_local${onEveryServer(topology)}`);

/** A statement for a cluster as an engine that is alone can run it. */
const withoutOthers = (statement: string): string =>
  statement
    .replace(/ ON CLUSTER `\w+`/, '')
    .replace(/Replicated(\w*)\('[^']*', '[^']*'(?:, (\w+))?\)/, (_all, family: string, own?: string) =>
      own === undefined ? family : `${family}(${own})`,
    )
    .replace(/\breplicated_deduplication_window = /, 'non_replicated_deduplication_window = ')
    .replace(/, replicated_deduplication_window_seconds = \d+/, '');
