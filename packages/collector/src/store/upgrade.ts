import type { Log } from '../lib/logger.ts';
import { expectTables } from './expect-tables.ts';
import { dropKept, keepTables } from './kept-tables.ts';
import { MIGRATIONS, migrate } from './migrate.ts';
import type { Store } from './store.ts';
import type { Topology } from './topology.ts';
import { expectNoUndo } from './undo-upgrade.ts';

/**
 * Sees to the tables at a start: brings them to the newest version of the schema and looks whether they are there. Before
 * they are changed they are kept as they are, until a start that has nothing to change. A cluster has backups of its own.
 * @throws what {@link migrate}, `keepTables`, `expectNoUndo` and {@link expectTables} throw
 */
export const upgrade = async (store: Store, topology: Topology, log: Log, migrations = MIGRATIONS): Promise<void> => {
  if (topology === null) await expectNoUndo(store);
  let isChanged = false;
  const changing = async (from: number, to: number): Promise<void> => {
    isChanged = true;
    const kept = topology === null && { kept: await keepTables(store, from, to) };
    log.info('bringing the tables up to date', { from, to, ...kept });
  };
  await migrate(store, topology, migrations, changing, log.info);
  if (topology !== null) return;
  await expectTables(store);
  if (!isChanged) await dropKept(store);
};
