import type { Tell } from '../migration.ts';
import { StoreError } from '../store-error.ts';

/**
 * Does a part of a change of tables, unless what it is about cannot be read: then that stays as it is. A collector that
 * did not start for it would take no hits either; whoever repairs the table is told by the watch of the store.
 */
export const unlessDamaged = async (tell: Tell, job: () => Promise<void>): Promise<void> => {
  try {
    await job();
  } catch (error) {
    if (!(error instanceof StoreError) || error.damage === null) throw error;
    tell('addresses that cannot be read keep their old spelling', { table: error.damage.table || 'unknown' });
  }
};
