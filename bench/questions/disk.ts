import type { Store } from '../../packages/collector/src/store/store.ts';

const TABLES = ['hits', 'sums'] as const;

/** What tables and their columns take on the disk, as lines. */
export const diskLines = async (store: Store): Promise<string[]> => {
  const [{ hits } = { hits: 0 }] = await store.query<{ hits: number }>('SELECT toFloat64(count()) AS hits FROM hits');
  const perTable = await Promise.all(TABLES.map((table) => linesOf(store, table, hits)));
  return [`${hits} hits`, ...perTable.flat()];
};

const linesOf = async (store: Store, table: (typeof TABLES)[number], hits: number): Promise<string[]> => {
  const of = `database = currentDatabase() AND active AND table = '${table}'`;
  const [parts] = await store.query<{ rows: number; bytes: number; parts: number }>(
    `SELECT toFloat64(sum(rows)) AS rows, toFloat64(sum(bytes_on_disk)) AS bytes, toFloat64(count()) AS parts
     FROM system.parts WHERE ${of}`,
  );
  const columns = await store.query<{ column: string; bytes: number }>(
    `SELECT column, toFloat64(sum(column_bytes_on_disk)) AS bytes FROM system.parts_columns
     WHERE ${of} GROUP BY column ORDER BY bytes DESC`,
  );
  const { rows = 0, bytes = 0, parts: count = 0 } = parts ?? {};
  const each = columns.map(({ column, bytes: own }) => `${column} ${(own / hits).toFixed(2)}`).join(', ');
  return [
    `${table}: ${(bytes / hits).toFixed(2)} B and ${(rows / hits).toFixed(3)} rows a hit, ${Math.round(bytes / 1e6)} MB in ${count} parts`,
    `${table}, B a hit by column: ${each}`,
  ];
};
