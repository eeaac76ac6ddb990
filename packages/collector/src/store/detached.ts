import type { Log } from '../lib/logger.ts';
import type { Store } from './store.ts';
import { databaseOf, ofEveryServer, THOSE_UP, type Topology } from './topology.ts';

interface Detached {
  readonly table: string;
  readonly reason: string;
  readonly parts: number;
}

/**
 * Counts the parts of tables that the store set aside because it could not read them. It does so at its start and says
 * nothing; their rows are missing from every answer. What an operator detached is not among them.
 */
export const detachedParts = async (store: Store, topology: Topology, log: Log): Promise<number> => {
  const found = await store.query<Detached>(
    `SELECT table, reason, toUInt32(count()) AS parts FROM ${ofEveryServer(topology, 'system.detached_parts')}
    WHERE database = ${databaseOf(topology)} AND startsWith(reason, 'broken') GROUP BY table, reason
    ORDER BY table, reason ${THOSE_UP}`,
  );
  for (const { table, reason, parts } of found)
    log.error('parts of a table cannot be read and were set aside by the engine: see "Damage" in docs/backup.md', {
      table,
      reason,
      parts,
    });
  return found.reduce((sum, { parts }) => sum + parts, 0);
};
