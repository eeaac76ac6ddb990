import { setTimeout as sleep } from 'node:timers/promises';
import { ExpectedError } from '../lib/expected-error.ts';
import { chance, elapsed } from '../lib/system.ts';
import type { Migration, Step, Tell } from './migration.ts';
import { tables } from './migrations/0001-tables.ts';
import { places } from './migrations/0002-places.ts';
import { counting } from './migrations/0003-counting.ts';
import { spelling } from './migrations/0004-spelling.ts';
import { createTable, type Table } from './schema.ts';
import type { Store } from './store.ts';
import { StoreError } from './store-error.ts';
import type { Cluster, Topology } from './topology.ts';

/**
 * The schema's versions, oldest first; the first is version 1. A version that was released never changes: a change of
 * the schema is a new entry. Each step can be run again, so that a version that was interrupted is repaired by running
 * it from its beginning.
 */
export const MIGRATIONS: readonly Migration[] = [tables, places, counting, spelling];

/** The store was written by a newer Passerby; the message says so to whoever runs this one. */
export class NewerSchemaError extends ExpectedError {
  override readonly name = 'NewerSchemaError';
}

/** The cluster is not one in which the tables can lie; the message says what its configuration lacks. */
export class ClusterError extends ExpectedError {
  override readonly name = 'ClusterError';
}

const versionsTable: Table = {
  name: 'migrations',
  placement: 'everywhere',
  columns: `version UInt32,
  applied DateTime('UTC') DEFAULT now()`,
  engine: 'ReplacingMergeTree',
  clauses: ' ORDER BY version',
};

/** The statement that makes the table in which the versions stand. */
export const createVersions = (topology: Topology): string[] => createTable(versionsTable, topology);

/**
 * Brings the store to the newest version of the schema. A cluster is changed only if there is something to change: then
 * all its servers must be up.
 * @param changing called before tables with data are changed, with the versions
 * @param tell called while that goes on: after each version, and if one takes long
 * @throws NewerSchemaError before anything is changed
 * @throws ClusterError before anything is changed
 */
export const migrate = async (
  store: Store,
  topology: Topology = null,
  migrations: readonly Migration[] = MIGRATIONS,
  changing: (from: number, to: number) => Promise<void> = async () => {},
  tell: Tell = () => {},
): Promise<void> => {
  const version = await versionOf(store);
  if (version > migrations.length) {
    throw new NewerSchemaError(
      `The data has version ${version} of the schema, this Passerby knows it up to version ${migrations.length}: start the newer Passerby that wrote the data, or an even newer one.`,
    );
  }
  if (version === migrations.length) return;
  if (topology) await inspect(store, topology);
  if (version > 0) await changing(version, migrations.length);
  await run(store, createVersions(topology), tell);
  const applied = await timeOf(store, version);
  for (const [index, migration] of migrations.entries()) {
    if (index < version) continue;
    const steps = migration(topology);
    // What is more than a statement changes rows. A new store has none, and need not be asked, which takes all servers.
    const needed = version === 0 ? steps.filter((step) => typeof step === 'string') : steps;
    const begun = elapsed();
    await apply(store, { version: index + 1, applied }, needed, tell);
    if (version > 0)
      tell('a version of the tables is reached', { version: index + 1, took_ms: Math.round(elapsed() - begun) });
  }
};

const versionOf = async (store: Store): Promise<number> => {
  const [exists] = await store.query<{ result: number }>('EXISTS TABLE migrations');
  if (exists?.result !== 1) return 0;
  const [row] = await store.query<{ version: number }>('SELECT max(version) AS version FROM migrations');
  return row?.version ?? 0;
};

/** What stands in the table of versions. */
interface Applied {
  readonly version: number;
  /** Unix seconds. */
  readonly applied: number;
}

/** The time that all versions of one run have, and none of another: so it shows which of them a store was born with. */
const timeOf = async (store: Store, version: number): Promise<number> => {
  const [row] = await store.query<{ time: number }>(
    version === 0
      ? 'SELECT toUInt32(now()) AS time'
      : 'SELECT toUInt32(greatest(now(), max(applied) + 1)) AS time FROM migrations',
  );
  return row?.time ?? 0;
};

/** ClickHouse's code: there is no such table. */
const UNKNOWN_TABLE = 60;
const MOST_TRIES = 40;
const PAUSE_MS = 250;

/** Another collector may be at the same version: it takes tables away for moments, and each step can be run again. */
const apply = async (store: Store, done: Applied, steps: readonly Step[], tell: Tell): Promise<void> => {
  for (let tries = 1; ; tries++) {
    try {
      await run(store, steps, tell);
      await store.command('INSERT INTO migrations (version, applied) SELECT {version:UInt32}, {applied:UInt32}', {
        ...done,
      });
      return;
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== UNKNOWN_TABLE || tries === MOST_TRIES) throw error;
      await sleep(PAUSE_MS * chance());
      if ((await versionOf(store)) >= done.version) return;
    }
  }
};

const run = async (store: Store, steps: readonly Step[], tell: Tell): Promise<void> => {
  for (const step of steps) await (typeof step === 'string' ? store.command(step) : step(store, tell));
};

interface ClusterFacts {
  readonly shards: number;
  readonly replicating: number;
  readonly macros: number;
}

/** What would else be found out in the middle of the first migration, or by numbers that are too large. */
const inspect = async (store: Store, { name }: Cluster): Promise<void> => {
  const [facts] = await store.query<ClusterFacts>(
    `SELECT toUInt32(count()) AS shards, toUInt32(countIf(internal_replication)) AS replicating,
      (SELECT toUInt32(count()) FROM system.macros WHERE macro IN ('shard', 'replica')) AS macros
    FROM system.clusters WHERE cluster = {name:String}`,
    { name },
  );
  const { shards = 0, replicating = 0, macros = 0 } = facts ?? {};
  const problem =
    shards === 0
      ? 'the server at CLICKHOUSE_URL knows no such cluster (remote_servers)'
      : replicating < shards
        ? 'each of its shards needs internal_replication'
        : macros < 2
          ? 'its servers need the macros shard and replica'
          : null;
  if (problem) throw new ClusterError(`CLICKHOUSE_CLUSTER ${JSON.stringify(name)}: ${problem}.`);
};
