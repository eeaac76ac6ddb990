import type { DiskSpace } from '../lib/disk-space.ts';
import { literal } from '../lib/sql-quote.ts';
import type { Store } from '../store/store.ts';
import { TABLES, type TableName } from '../store/tables.ts';
import { databaseOf, THOSE_UP, type Topology } from '../store/topology.ts';

/** The rows of one month or year of a table. Days are local ones of their sites. */
export interface Partition {
  readonly table: TableName;
  readonly rows: number;
  /** On the disk, squeezed. */
  readonly bytes: number;
  readonly parts: number;
  /** Days of its first and its last row; null: its rows have no days. */
  readonly days: { readonly first: string; readonly last: string } | null;
  /** Days from which on the first of its rows and the last of them are no longer kept; null: it says nothing of that. */
  readonly expires: { readonly first: string; readonly last: string } | null;
}

/** What the store says of itself. */
export interface Measured {
  readonly partitions: readonly Partition[];
  /** Of ClickHouse. */
  readonly version: string;
}

/** A date that ClickHouse has where there is none. */
const NO_DAY = '1970-01-01';

type Found = Record<'table' | 'first' | 'last' | 'expires_first' | 'expires_last', string> &
  Record<'rows' | 'bytes' | 'parts', number>;

/**
 * Asks how large the tables are. Neither a row nor a file of them is read. Of a cluster it is one copy of each shard.
 */
export const measure = async (store: Store, topology: Topology): Promise<Measured> => {
  const found = await store.query<Found>(
    `SELECT replaceRegexpOne(table, '_local$', '') AS table, toFloat64(sum(rows)) AS rows,
      toFloat64(sum(bytes_on_disk)) AS bytes, toFloat64(count()) AS parts,
      toString(min(min_date)) AS first, toString(max(max_date)) AS last,
      toString(toDate(min(delete_ttl_info_min))) AS expires_first,
      toString(toDate(max(delete_ttl_info_max))) AS expires_last
    FROM ${partsOf(topology)} AS p
    WHERE database = ${databaseOf(topology)} AND active AND table IN {tables:Array(String)}
    GROUP BY table, partition ORDER BY table, partition ${THOSE_UP}`,
    { tables: TABLES.flatMap((table) => [table, `${table}_local`]) },
    { pool: 'config' },
  );
  const [server] = await store.query<{ version: string }>('SELECT version() AS version', {}, { pool: 'config' });
  return { partitions: found.map(partitionOf), version: server?.version ?? '' };
};

/** Of each shard one server. */
const partsOf = (topology: Topology): string =>
  topology === null ? 'system.parts' : `cluster(${literal(topology.name)}, system.parts)`;

const partitionOf = ({ table, rows, bytes, parts, ...days }: Found): Partition => ({
  table: table as TableName,
  rows,
  bytes,
  parts,
  days: spanOf(days.first, days.last),
  expires: spanOf(days.expires_first, days.expires_last),
});

const spanOf = (first: string, last: string): Partition['days'] => (last === NO_DAY ? null : { first, last });

/**
 * The disk of a server's tables, of several the one with the least room.
 * @returns null: it has no end, as object storage, or the server does not say
 */
export const serverDisk = async (store: Store): Promise<DiskSpace | null> => {
  const [disk] = await store.query<DiskSpace>(
    `SELECT toFloat64(unreserved_space) AS free, toFloat64(total_space) AS total FROM system.disks
    WHERE name IN (SELECT disk_name FROM system.parts WHERE database = currentDatabase() AND active)
      AND total_space BETWEEN 1 AND ${ENDLESS} ORDER BY free LIMIT 1`,
    {},
    { pool: 'config' },
  );
  return disk ?? null;
};

/** What object storage says of its room is more than that. */
const ENDLESS = 2 ** 60;
