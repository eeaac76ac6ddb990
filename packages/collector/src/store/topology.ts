import { identifier, literal } from '../lib/sql-quote.ts';

/** A cluster, as one of its servers knows it. */
export interface Cluster {
  /** As in `remote_servers` of the servers' configuration. */
  readonly name: string;
  /** Database of the tables; every server has it. */
  readonly database: string;
}

/** Where the tables are: null: on one server. */
export type Topology = Cluster | null;

type Settings = Readonly<Record<string, string | number>>;

/** An insert is answered when every shard has its rows. Missing: rows wait in files of the server that was asked. */
const CLUSTER_INSERT: Settings = { distributed_foreground_insert: 1 };
/**
 * All rows of a site are on one shard: only that one is asked, and what is joined is joined there. Joins of distributed
 * tables are refused otherwise.
 */
const CLUSTER_QUERY: Settings = { optimize_skip_unused_shards: 1, distributed_product_mode: 'local' };
/** Shorter than the client waits: a server that does not answer is reported as such, in seconds. */
const CLUSTER_COMMAND: Settings = {
  ...CLUSTER_INSERT,
  distributed_ddl_task_timeout: 90,
  distributed_ddl_output_mode: 'throw',
};

/** Settings that inserts, questions and other statements need beside their own. */
export const settingsFor = (topology: Topology): Readonly<Record<'insert' | 'query' | 'command', Settings>> =>
  topology === null
    ? { insert: {}, query: {}, command: {} }
    : { insert: CLUSTER_INSERT, query: CLUSTER_QUERY, command: CLUSTER_COMMAND };

/** Stands after the name in a statement that changes a table on every server. */
export const onEveryServer = (topology: Topology): string =>
  topology === null ? '' : ` ON CLUSTER ${identifier(topology.name)}`;

/** A system table of every server, to be asked with {@link THOSE_UP}. */
export const ofEveryServer = (topology: Topology, table: string): string =>
  topology === null ? table : `clusterAllReplicas(${literal(topology.name)}, ${table})`;

/** Ends a statement that leaves out the servers that are away. */
export const THOSE_UP = 'SETTINGS skip_unavailable_shards = 1';

/** The database of the tables, as an expression. */
export const databaseOf = (topology: Topology): string =>
  topology === null ? 'currentDatabase()' : literal(topology.database);
