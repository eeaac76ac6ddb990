import { identifier, literal } from '../lib/sql-quote.ts';
import { type Cluster, onEveryServer, type Topology } from './topology.ts';

/** A table, wherever it is. */
export interface Table {
  readonly name: string;
  /** Between the parentheses. */
  readonly columns: string;
  /** With its own arguments, as `ReplacingMergeTree(version)`. */
  readonly engine: string;
  /** What follows the engine but the settings, with the space before it. */
  readonly clauses?: string;
  /**
   * Of a cluster: `shards`: a site's rows are on one shard, and the name stands for all shards together; `everywhere`:
   * every server has every row.
   */
  readonly placement: 'shards' | 'everywhere';
  /** It recognises a batch that comes again. */
  readonly deduplicates?: boolean;
}

/** A view that fills a table from the rows that reach `intake`. */
export interface IntakeView {
  readonly name: string;
  readonly to: string;
  /** @param intake what its rows come from */
  readonly select: (intake: string) => string;
}

/**
 * A retried insert is recognised by its token in the tables it ends in: each of them remembers this many. It must be
 * more than are written in the longest outage that is retried through.
 */
const WINDOW = 'non_replicated_deduplication_window = 10000';
/**
 * The same for a shard. A collector has one batch under way, about one a second, which is at most two blocks (its rows
 * lie in one month, seldom two). While one collector cannot reach the shard, the others go on: collectors × seconds × 2.
 * 100,000 are 10 collectors for 83 minutes, or 2 for 7 hours. The time is for collectors that have little to store.
 */
const CLUSTER_WINDOW = 'replicated_deduplication_window = 100000, replicated_deduplication_window_seconds = 604800';

/** The statements that create a table. On one server it is one statement; each can be run again. */
export const createTable = (table: Table, topology: Topology): string[] => {
  if (topology === null) return [statement(table, table.name, table.engine, table.deduplicates ? WINDOW : '')];
  const local = qualified(topology, localName(table));
  const create = statement(
    table,
    `${local}${onEveryServer(topology)}`,
    replicated(table, topology),
    clusterWindow(table),
  );
  return table.placement === 'everywhere' ? [create] : [create, distributed(table, topology)];
};

/** The statement that creates a view. */
export const createView = ({ name, to, select }: IntakeView, topology: Topology): string[] => {
  const there = placesOf(topology);
  const suffix = topology === null ? '' : LOCAL;
  return [
    `CREATE MATERIALIZED VIEW IF NOT EXISTS ${there(name)}${onEveryServer(topology)} TO ${there(to + suffix)} AS
${select(there(intakeOf(topology)))}`,
  ];
};

/**
 * The statements that add columns to a table that is there; rows of before have their types' defaults.
 * @param columns with their types, at the end of the table
 */
export const addColumns = (
  table: Pick<Table, 'name' | 'placement'>,
  columns: readonly string[],
  topology: Topology,
): string[] => {
  const changes = columns.map((column) => `\n  ADD COLUMN IF NOT EXISTS ${column}`).join(',');
  if (topology === null) return [`ALTER TABLE ${table.name}${changes}`];
  // What passes rows on has no columns that the shards lack.
  const names = [...new Set([localName(table), table.name])];
  return names.map((name) => `ALTER TABLE ${qualified(topology, name)}${onEveryServer(topology)}${changes}`);
};

/**
 * The statement that changes what a view selects. Only after {@link reload} a batch that comes again is recognised by
 * the token that it came with before.
 */
export const changeView = ({ name, select }: IntakeView, topology: Topology): string[] => {
  const there = placesOf(topology);
  return [`ALTER TABLE ${there(name)}${onEveryServer(topology)} MODIFY QUERY\n${select(there(intakeOf(topology)))}`];
};

/** Begins a statement that changes a table whose rows lie on the shards. */
export const alterTable = (name: string, topology: Topology): string =>
  `ALTER TABLE ${rowsHere(name, topology)}${onEveryServer(topology)}`;

/** The rows of such a table that lie on the server that runs a statement, as a name in it. */
export const rowsHere = (name: string, topology: Topology): string =>
  topology === null ? name : qualified(topology, name + LOCAL);

/** The statements that bring back what {@link reload} has taken away, should it not have come to its end. */
export const attach = (views: readonly IntakeView[], topology: Topology): string[] =>
  [...views.map(({ name }) => name), intakeOf(topology)].map(
    (name) => `ATTACH TABLE IF NOT EXISTS ${placesOf(topology)(name)}${onEveryServer(topology)}`,
  );

/**
 * The statements that load views anew. The engine makes a batch's token in a view's table from the view's own id, and
 * after a view was changed it takes another id until it is loaded again (seen in 26.7). What is sent meanwhile finds no
 * `intake` and is sent again: no row passes by a view that is away.
 */
export const reload = (views: readonly IntakeView[], topology: Topology): string[] => [
  ...[intakeOf(topology), ...views.map(({ name }) => name)].map(
    (name) => `DETACH TABLE IF EXISTS ${placesOf(topology)(name)}${onEveryServer(topology)} SYNC`,
  ),
  ...attach(views, topology),
];

/** A table that is on every server, as a name in a statement that runs there. */
export const everywhere = (name: string, topology: Topology): string => placesOf(topology)(name);

const LOCAL = '_local';

const intakeOf = (topology: Topology): string => (topology === null ? 'intake' : `intake${LOCAL}`);

const placesOf =
  (topology: Topology) =>
  (table: string): string =>
    topology === null ? table : qualified(topology, table);

/** A replicated table would recognise equal rows by themselves: documents may be written twice with the same words. */
const clusterWindow = ({ engine, deduplicates }: Table): string => {
  if (deduplicates) return CLUSTER_WINDOW;
  return engine === 'Null' ? '' : 'replicated_deduplication_window = 0';
};

const localName = ({ name, placement }: Pick<Table, 'name' | 'placement'>): string =>
  placement === 'shards' ? name + LOCAL : name;

const statement = ({ columns, clauses = '' }: Table, name: string, engine: string, settings: string): string =>
  `CREATE TABLE IF NOT EXISTS ${name} (
  ${columns}
) ENGINE = ${engine}${clauses}${settings && `\nSETTINGS ${settings}`}`;

const qualified = ({ database }: Cluster, name: string): string => `${identifier(database)}.${name}`;

/**
 * The engine that keeps a table the same on the servers that have it. Its path says the table's name instead of the id
 * that a server gives it: so the statement makes the same table when it is run again for a server that is new.
 */
const replicated = ({ name, engine, placement }: Table, { database }: Cluster): string => {
  const [, family = '', own = ''] = /^(\w*MergeTree)(?:\((.*)\))?$/.exec(engine) ?? [];
  if (family === '') return engine;
  const [shard, replica] = placement === 'shards' ? ['{shard}', '{replica}'] : ['all', '{shard}-{replica}'];
  const path = `/clickhouse/tables/${shard}/${database}/${name}`;
  return `Replicated${family}(${[literal(path), literal(replica), ...(own ? [own] : [])].join(', ')})`;
};

/** The name without `_local`: all shards together. */
const distributed = (table: Table, topology: Cluster): string => {
  const { name: cluster, database } = topology;
  const local = localName(table);
  const engine = `Distributed(${literal(cluster)}, ${literal(database)}, ${literal(local)}, cityHash64(site))`;
  return `CREATE TABLE IF NOT EXISTS ${qualified(topology, table.name)}${onEveryServer(topology)} AS ${qualified(topology, local)}
ENGINE = ${engine}`;
};
