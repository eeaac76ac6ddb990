import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from './store.ts';
import { StoreError } from './store-error.ts';

/** What every version of the schema has, on one server. */
const TABLES = ['config', 'hits', 'sums', 'logs', 'intake', 'hits_from_intake', 'sums_from_intake', 'logs_from_intake'];
/** ClickHouse's code: there is no such table. */
const UNKNOWN_TABLE = 60;
/** A collector of a newer version takes some away for moments. */
const TRIES = 20;
const PAUSE_MS = 250;

/**
 * Looks whether all tables are there once the schema is. One whose file is lost would be reported as a store that is away, by
 * every question and every insert, without end.
 * @throws StoreError that names the damage
 */
export const expectTables = async (store: Store): Promise<void> => {
  for (let tries = 1; ; tries++) {
    const missing = await missingTable(store);
    if (missing === undefined) return;
    if (tries === TRIES)
      throw new StoreError(`the table ${missing} is missing`, 'unknown', UNKNOWN_TABLE, '', {
        table: missing,
        part: '',
      });
    await sleep(PAUSE_MS);
  }
};

const missingTable = async (store: Store): Promise<string | undefined> => {
  const found = await store.query<{ name: string }>(
    'SELECT name FROM system.tables WHERE database = currentDatabase() AND name IN {names:Array(String)}',
    { names: TABLES },
  );
  const names = new Set(found.map(({ name }) => name));
  return TABLES.find((name) => !names.has(name));
};
