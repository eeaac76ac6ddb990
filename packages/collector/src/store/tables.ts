import type { Store } from './store.ts';

/** Every table that keeps rows. */
export const TABLES = ['hits', 'sums', 'logs', 'config', 'migrations'] as const;
/** One of them. */
export type TableName = (typeof TABLES)[number];

/**
 * How far each table has been written, which merges do not change; null: something is being written. If it is the same
 * before and after, every insert was over before, or wrote nothing until after.
 */
export const positionsOf = async (store: Store): Promise<string | null> => {
  const tables = [...TABLES];
  const [busy] = await store.query<{ writes: number }>(
    `SELECT toUInt32(
      (SELECT count() FROM system.processes
        WHERE query_kind IN ('Insert', 'Delete') AND current_database = currentDatabase())
      + (SELECT count() FROM system.mutations
        WHERE database = currentDatabase() AND table IN {tables:Array(String)} AND NOT is_done)) AS writes`,
    { tables },
  );
  if (busy?.writes !== 0) return null;
  const parts = await store.query(
    `SELECT table, partition_id, max(max_block_number) AS block, max(data_version) AS version FROM system.parts
    WHERE database = currentDatabase() AND table IN {tables:Array(String)} AND active
    GROUP BY table, partition_id ORDER BY table, partition_id`,
    { tables },
  );
  return JSON.stringify(parts);
};
