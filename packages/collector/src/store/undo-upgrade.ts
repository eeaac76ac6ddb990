import { ExpectedError } from '../lib/expected-error.ts';
import { OPENS, TOTAL } from './dimensions.ts';
import { columnsSince, dropKept, type KeptTables, keptTables, VIEWS, viewsOf } from './kept-tables.ts';
import { SPELLINGS } from './spelling/lookup.ts';
import type { Store } from './store.ts';
import { TABLES, type TableName } from './tables.ts';

/** What came in after an upgrade, and is lost with it. */
export interface Loss {
  /** Views and events, and e-mails that were opened. */
  readonly hits: number;
  /** Log records and errors. */
  readonly logs: number;
  /** Sites, accounts, tokens and the like that were added, changed or deleted. */
  readonly documents: number;
}

/** An undo was begun, and did not come to its end; the message says what to do. */
export class HalfUndoneError extends ExpectedError {
  override readonly name = 'HalfUndoneError';
}

/** Tables that upgrades made beside those of version 1, with the versions that they are of. */
const MADE = [{ name: SPELLINGS, version: 4 }] as const;
/** A table that is there while an upgrade is being undone. */
const UNDER_WAY = 'undo_under_way';

/**
 * Looks whether an undo came to its end, and clears away what it left if it did.
 * @throws HalfUndoneError
 */
export const expectNoUndo = async (store: Store): Promise<void> => {
  if (!(await isUnderWay(store))) return;
  if (((await keptTables(store))?.version ?? null) !== null)
    throw new HalfUndoneError(
      'An upgrade was being undone, and that did not come to its end: call passerby undo-upgrade --yes again.',
    );
  await end(store);
};

/** What undoing the last upgrade would lose. */
export const lossOf = async (store: Store, kept: KeptTables): Promise<Loss> => {
  const more = async (count: (of: (table: TableName) => string) => string): Promise<number> => {
    const [row] = await store.query<{ n: number }>(
      `SELECT greatest(0, (${count((table) => table)}) - (${count(kept.of)})) AS n`,
    );
    return row?.n ?? 0;
  };
  const [changed] = await store.query<{ n: number }>(
    `SELECT toFloat64(count()) AS n FROM (${documentsOf('config')}) WHERE (kind, id, newest) NOT IN (${documentsOf(kept.of('config'))})`,
  );
  return {
    hits: await more(
      (of) => `SELECT toFloat64(sum(views) + sum(events)) FROM ${of('sums')} WHERE dimension IN (${TOTAL}, ${OPENS})`,
    ),
    logs: await more((of) => `SELECT toFloat64(count()) FROM ${of('logs')} WHERE keep_until > today()`),
    documents: changed?.n ?? 0,
  };
};

const documentsOf = (table: string): string =>
  `SELECT kind, id, max(version) AS newest FROM ${table} GROUP BY kind, id`;

/**
 * Makes the tables what they were before the last upgrade; nobody may use them meanwhile. Each step can be done again: the
 * versions come last, so that the older Passerby refuses what is half done. Tokens of before are known again, as rows are
 * put into the tables that remember them.
 */
export const undoUpgrade = async (store: Store, kept: KeptTables): Promise<void> => {
  await store.command(`CREATE TABLE IF NOT EXISTS ${UNDER_WAY} (version UInt32) ENGINE = Null`);
  for (const name of [...VIEWS, 'intake']) await store.command(`ATTACH TABLE IF NOT EXISTS ${name}`);
  for (const { name, select } of await viewsOf(store, kept.of))
    await store.command(`ALTER TABLE ${name} MODIFY QUERY ${select}`);
  for (const name of ['intake', ...TABLES] as const) await dropColumns(store, kept, name);
  for (const table of TABLES.filter((name) => name !== 'migrations')) await putBack(store, kept, table);
  for (const { name, version } of MADE)
    if (kept.version !== null && kept.version < version) await store.command(`DROP TABLE IF EXISTS ${name} SYNC`);
  // Else a batch that comes again would not be recognised: see `reload` in schema.ts.
  for (const name of ['intake', ...VIEWS]) await store.command(`DETACH TABLE IF EXISTS ${name} SYNC`);
  for (const name of [...VIEWS, 'intake']) await store.command(`ATTACH TABLE IF NOT EXISTS ${name}`);
  await putBack(store, kept, 'migrations');
  await end(store);
};

const dropColumns = async (store: Store, kept: KeptTables, name: TableName | 'intake'): Promise<void> => {
  const columns = await columnsSince(store, kept, name);
  if (columns.length > 0)
    await store.command(`ALTER TABLE ${name} ${columns.map((column) => `DROP COLUMN IF EXISTS ${column}`).join(', ')}`);
};

/**
 * Replacing forgets no token, other than deleting and filling anew: what was stored is not stored again, be it lost now. Only
 * tokens of a month that began after the upgrade are forgotten with it.
 */
const putBack = async (store: Store, kept: KeptTables, table: TableName): Promise<void> => {
  const source = kept.of(table);
  const partitions = await store.query<{ id: string; isKept: number }>(
    `SELECT partition_id AS id, toUInt8(max(table = {source:String})) AS isKept FROM system.parts
    WHERE database = currentDatabase() AND table IN ({table:String}, {source:String}) AND active GROUP BY id ORDER BY id`,
    { table, source },
  );
  for (const { id, isKept } of partitions) {
    const change = isKept
      ? `REPLACE PARTITION ID '${id}' FROM ${source}`
      : `DROP PARTITION ID '${id}' SETTINGS max_partition_size_to_drop = 0`;
    await store.command(`ALTER TABLE ${table} ${change}`);
  }
};

const isUnderWay = async (store: Store): Promise<boolean> => {
  const [found] = await store.query<{ result: number }>(`EXISTS TABLE ${UNDER_WAY}`);
  return found?.result === 1;
};

const end = async (store: Store): Promise<void> => {
  await dropKept(store);
  await store.command(`DROP TABLE IF EXISTS ${UNDER_WAY} SYNC`);
};
