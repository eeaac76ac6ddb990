import type { Log } from '../lib/logger.ts';
import { elapsed } from '../lib/system.ts';
import { expectTables } from './expect-tables.ts';
import { expectRoomForTables } from './first-room.ts';
import { dropKept, keepTables } from './kept-tables.ts';
import { MIGRATIONS, migrate } from './migrate.ts';
import type { Store } from './store.ts';
import type { Topology } from './topology.ts';
import { expectNoUndo } from './undo-upgrade.ts';

/**
 * Sees to the tables at a start: brings them to the newest version of the schema and looks whether they are there. Before
 * they are changed they are kept as they are, until a start that has nothing to change. A cluster has backups of its own.
 * What changes data is said: what is begun, each version, the end, and what is deleted.
 * @throws what `expectRoomForTables`, {@link migrate}, `keepTables`, `expectNoUndo` and {@link expectTables} throw
 */
export const upgrade = async (store: Store, topology: Topology, log: Log, migrations = MIGRATIONS): Promise<void> => {
  if (topology === null) {
    await expectRoomForTables(store);
    await expectNoUndo(store);
  }
  const begun = elapsed();
  const changed: { readonly from: number; readonly to: number }[] = [];
  const changing = async (from: number, to: number): Promise<void> => {
    changed.push({ from, to });
    const kept = topology === null && { kept: await keepTables(store, from, to) };
    log.info('bringing the tables up to date', { from, to, ...kept });
  };
  await migrate(store, topology, migrations, changing, log.info);
  for (const versions of changed)
    log.info('the tables are up to date', { ...versions, took_ms: Math.round(elapsed() - begun) });
  if (topology !== null) return;
  await expectTables(store);
  if (changed.length === 0 && (await dropKept(store)) > 0)
    log.info('the tables as they were before the last upgrade are deleted: there is no way back to them now');
};
