import type { Store } from '../store/store.ts';
import type { TableName } from '../store/tables.ts';

/** In these the engine merges rows of the same key at a time of its own: they are compared as merged. */
const MERGED: readonly TableName[] = ['sums', 'config', 'migrations'];
/** Adding up the hashes of a month of hits takes a while. The embedded engine calls what takes two minutes hanging. */
const SECONDS = 100;
const MODULUS = 2n ** 64n;

/** What is in a table, whatever its order: its rows, and the sum of the hashes of all their cells. */
export interface Contents {
  readonly rows: number;
  /** A number up to 2^64, in decimal digits. */
  readonly checksum: string;
}

/**
 * Adds up what is in a table, partition by partition.
 * @param stored name under which it is stored, which is another one for a copy
 * @param step called after each partition
 */
export const contentsOf = async (
  store: Store,
  table: TableName,
  stored: string = table,
  step: () => void = () => {},
): Promise<Contents> => {
  const partitions = await store.query<{ id: string }>(
    `SELECT DISTINCT partition_id AS id FROM system.parts
    WHERE database = currentDatabase() AND table = {stored:String} AND active ORDER BY id`,
    { stored },
  );
  let [rows, checksum] = [0, 0n];
  for (const { id } of partitions) {
    const [found] = await store.query<Contents>(
      `SELECT toFloat64(count()) AS rows, toString(sum(cityHash64(*))) AS checksum
      FROM ${stored}${MERGED.includes(table) ? ' FINAL' : ''}
      WHERE _partition_id = {id:String} SETTINGS max_execution_time = ${SECONDS}`,
      { id },
    );
    rows += found?.rows ?? 0;
    checksum = (checksum + BigInt(found?.checksum ?? 0)) % MODULUS;
    step();
  }
  return { rows, checksum: String(checksum) };
};
