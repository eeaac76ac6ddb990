import type { Store } from './store.ts';
import { databaseOf, ofEveryServer, onEveryServer, THOSE_UP, type Topology } from './topology.ts';

const SETTINGS = ['fsync_after_insert', 'fsync_part_directory'];

/**
 * Has the store keep what it was given over power loss, or no longer: tables write their parts through to the disk
 * before an insert is answered. Asks first; where all is as it should be, nothing is changed.
 */
export const applyDurability = async (store: Store, topology: Topology, fsync: boolean): Promise<void> => {
  const on = SETTINGS.map((name) => `engine_full LIKE '%${name} = 1%'`);
  const tables = await store.query<{ name: string }>(
    `SELECT DISTINCT name FROM ${ofEveryServer(topology, 'system.tables')}
    WHERE database = ${databaseOf(topology)} AND engine LIKE '%MergeTree'
      AND ${fsync ? `NOT (${on.join(' AND ')})` : `(${on.join(' OR ')})`} ORDER BY name ${THOSE_UP}`,
  );
  const change = fsync
    ? `MODIFY SETTING ${SETTINGS.map((name) => `${name} = 1`).join(', ')}`
    : `RESET SETTING ${SETTINGS.join(', ')}`;
  for (const { name } of tables) await store.command(`ALTER TABLE \`${name}\`${onEveryServer(topology)} ${change}`);
};
