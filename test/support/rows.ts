import type { Store } from '../../packages/collector/src/store/store.ts';

type Table = 'hits' | 'logs' | 'sums';

/** Sums are summed in the background: until then rows of one thing stand side by side. */
const FROM = { hits: 'hits', logs: 'logs', sums: 'sums FINAL' };
const ORDER = { hits: 'ts, visit, step', logs: 'ts, message', sums: 'dimension, value, day' };

/** The table's rows in order, with only the columns that say something: neither empty nor zero, nor the site's id. */
export const storedRows = async (store: Store, table: Table): Promise<Record<string, unknown>[]> => {
  const rows = await store.query<Record<string, unknown>>(
    `SELECT * EXCEPT site FROM ${FROM[table]} ORDER BY ${ORDER[table]}`,
  );
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => !isNothing(value))));
};

const isNothing = (value: unknown): boolean =>
  value === '' || value === 0 || value === '0' || JSON.stringify(value) === '{}';

/** How many rows a table has. */
export const countRows = async (store: Store, table: Table): Promise<number> => {
  const [row] = await store.query<{ n: number }>(`SELECT toUInt32(count()) AS n FROM ${table}`);
  return row?.n ?? 0;
};

/** Forgets all that was counted. */
export const emptyTables = async (store: Store): Promise<void> => {
  for (const table of ['hits', 'logs', 'sums']) await store.command(`TRUNCATE TABLE ${table}`);
};
