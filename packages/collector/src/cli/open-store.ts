import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import type { Program } from '../engine/child.ts';
import type { DataDirLock } from '../engine/data-dir-lock.ts';
import { type Engine, startEngine } from '../engine/supervisor.ts';
import type { Log } from '../lib/logger.ts';
import { type Connection, connect } from '../store/clickhouse.ts';
import { applyDurability } from '../store/durability.ts';
import type { Store } from '../store/store.ts';
import type { Topology } from '../store/topology.ts';
import { upgrade } from '../store/upgrade.ts';

/** How long one check of the store answers all who ask whether it is there, in milliseconds. */
const PING_MS = 1000;
/** A store that has not answered after this time is not ready, in milliseconds. */
const PATIENCE_MS = 1000;

/** What {@link openStore} needs. */
export interface StoreOptions {
  readonly config: Config;
  readonly lock: DataDirLock;
  /** The embedded engine's. */
  readonly program: Program;
  readonly log: Log;
  /** Is called whenever the embedded engine has come up. */
  readonly onUp: () => void;
  /** Whether it is worth to go on trying to start the embedded engine although it was never up. */
  readonly keepsTrying: () => boolean;
}

/** The store, which may be away. */
export interface OpenStore {
  readonly store: Store;
  readonly topology: Topology;
  /** Whether it answers now. */
  readonly isReady: () => Promise<boolean>;
  /** How often the embedded engine had to be started anew. */
  readonly restarts: () => number;
  /** Waits for the embedded engine, and sees to the tables. @throws StoreError and others: it may be tried again */
  readonly prepare: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The server or the cluster that `CLICKHOUSE_URL` names, or the embedded engine, which comes up in the background. */
export const openStore = async ({ config, lock, program, ...rest }: StoreOptions): Promise<OpenStore> => {
  const { CLICKHOUSE_URL: url, CLICKHOUSE_CLUSTER: cluster, SPOOL_FSYNC: fsync } = config;
  const engine = url === undefined ? await startEngine({ ...program, lock, ...rest }) : null;
  const connection = engine ?? connectionOf(url ?? '', cluster);
  const topology = connectionTopology(connection);
  const store = connect(connection);
  return {
    store,
    topology,
    isReady: createReadiness(() => store.ping()),
    restarts: () => engine?.restarts ?? 0,
    async prepare() {
      await engine?.ready;
      await store.ping();
      await upgrade(store, topology, rest.log);
      await applyDurability(store, topology, fsync);
    },
    async stop() {
      await store.close();
      await engine?.stop();
    },
  };
};

/**
 * Has the embedded engine run on a folder for a job, where no collector runs.
 * @param log takes what the engine says of itself
 */
export const withEngine = async (
  program: Program,
  lock: DataDirLock,
  log: Log,
  job: (store: Store, ready: Engine['ready']) => Promise<void>,
): Promise<void> => {
  const engine = await startEngine({ ...program, lock, log });
  const store = connect(engine);
  try {
    await job(store, engine.ready);
  } finally {
    await store.close();
    await engine.stop();
  }
};

/** The same for the server that `CLICKHOUSE_URL` names. */
export const withServer = async (connection: Connection, job: (store: Store) => Promise<void>): Promise<void> => {
  const store = connect(connection);
  await job(store).finally(() => store.close());
};

const connectionTopology = (connection: Engine | Connection): Topology =>
  'topology' in connection ? (connection.topology ?? null) : null;

/** How the server that `CLICKHOUSE_URL` names is reached. */
export const connectionOf = (address: string, cluster: string | undefined): Connection => {
  const { origin, username, password, pathname } = new URL(address);
  const database = pathname.slice(1) || 'default';
  return {
    url: origin,
    username: decodeURIComponent(username) || 'default',
    password: decodeURIComponent(password),
    database,
    topology: cluster === undefined ? null : { name: cluster, database },
    isServer: true,
  };
};

/**
 * Whether the store answers. Anyone may ask, without a sign-in, so that one ping answers all who ask within a second. A
 * store that hangs is pinged once, and keeps nobody waiting.
 */
const createReadiness = (ping: () => Promise<void>): (() => Promise<boolean>) => {
  let isReady = false;
  let until = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | null = null;
  const note = (answer: boolean): void => {
    isReady = answer;
    until = performance.now() + PING_MS;
    asking = null;
  };
  return async () => {
    if (performance.now() >= until) {
      asking ??= ping().then(
        () => note(true),
        () => note(false),
      );
      const answered = asking.then(() => true);
      if (!(await Promise.race([answered, sleep(PATIENCE_MS, false)]))) isReady = false;
    }
    return isReady;
  };
};
