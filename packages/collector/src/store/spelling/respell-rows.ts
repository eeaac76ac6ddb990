import { setTimeout as sleep } from 'node:timers/promises';
import type { Tell } from '../migration.ts';
import { alterTable } from '../schema.ts';
import type { Store } from '../store.ts';
import { damageOf, StoreError } from '../store-error.ts';
import { databaseOf, ofEveryServer, THOSE_UP, type Topology } from '../topology.ts';
import { createLookup, type InTodays } from './lookup.ts';
import { ADDRESS, HOST, type Kind, oldSpellings, type Pair, PROPERTY, SEARCH } from './old-spellings.ts';
import { unlessDamaged } from './unless-damaged.ts';

/** A column with values of one kind. */
interface Column {
  readonly name: string;
  readonly kind: Kind;
  /** Its values: of a row one, or several. */
  readonly values: string;
  /** Whether a row may have an old one. */
  readonly isSuspect: string;
  readonly inTodays: (inTodays: InTodays) => string;
}

const text = (name: string, kind: Kind): Column => ({
  name,
  kind,
  values: `toString(${name})`,
  isSuspect: kind.isSuspect(name),
  inTodays: (inTodays) => inTodays(name),
});
const map = (name: string): Column => ({
  name,
  kind: PROPERTY,
  values: `arrayJoin(mapValues(${name}))`,
  isSuspect: `arrayExists(v -> ${PROPERTY.isSuspect('v')}, mapValues(${name}))`,
  inTodays: (inTodays) => `mapApply((k, v) -> (k, ${inTodays('v')}), ${name})`,
});

/** Tables of rows, with partitions of a month each, and what there is in them. */
const TABLES: Readonly<Record<'hits' | 'logs', readonly Column[]>> = {
  hits: [
    ...['page', 'prev_page', 'entry_page', 'referrer'].map((name) => text(name, ADDRESS)),
    text('source', HOST),
    map('props'),
  ],
  logs: [text('page', ADDRESS), map('attributes')],
};

type Table = keyof typeof TABLES;
const UPKEEP = { pool: 'upkeep' } as const;
/** A replica that had nothing to look up yet when it changed its rows leaves them to the next. */
const MOST_ROUNDS = 20;

/**
 * Writes the values of single rows as they are written today, month by month. A change that was begun goes on by itself
 * after any death, and once more it changes nothing.
 */
export const respellRows = async (store: Store, topology: Topology, tell: Tell): Promise<void> => {
  const lookup = createLookup(store, topology);

  const change = async (table: Table, month: number, found: readonly Found[]): Promise<void> => {
    const columns = found.filter(({ pairs }) => pairs.length > 0);
    if (columns.length === 0) return;
    const values = columns.reduce((sum, { pairs }) => sum + pairs.length, 0);
    tell('writing addresses in their own letters', { table, month, values });
    const updates: string[] = [];
    for (const { column, pairs } of columns)
      updates.push(`${column.name} = ${column.inTodays(await lookup.put(pairs))}`);
    const suspects = columns.map(({ column }) => column.isSuspect).join(' OR ');
    await store.command(
      `${alterTable(table, topology)} UPDATE ${updates.join(', ')} IN PARTITION ID '${month}' WHERE ${suspects}
SETTINGS mutations_sync = 0, allow_nondeterministic_mutations = 1`,
      {},
      UPKEEP,
    );
    await changesEnded(store, topology, table);
  };

  /** @returns false: there was nothing to change */
  const round = async (table: Table, month: number): Promise<boolean> => {
    let hasFound = false;
    const searches = TABLES[table].map((column) => ({ column, search: oldIn(store, table, month, column) }));
    for (;;) {
      const found: Found[] = [];
      for (const { column, search } of searches) {
        const next = await search.next();
        if (!next.done) found.push({ column, pairs: next.value });
      }
      if (found.length === 0) return hasFound;
      hasFound ||= found.some(({ pairs }) => pairs.length > 0);
      await change(table, month, found);
    }
  };

  for (const table of ['hits', 'logs'] as const) {
    // What a collector that died has begun.
    await changesEnded(store, topology, table);
    for (const month of await monthsOf(store, table))
      await unlessDamaged(tell, async () => {
        for (let number = 0; number < MOST_ROUNDS && (await round(table, month)); number++);
      });
  }
  await lookup.clear();
};

/** Values of a column that are to be changed. */
interface Found {
  readonly column: Column;
  readonly pairs: readonly Pair[];
}

const monthsOf = async (store: Store, table: Table): Promise<number[]> => {
  const found = await store.query<{ month: number }>(
    `SELECT toYYYYMM(day) AS month FROM ${table} GROUP BY month ORDER BY month ${SEARCH}`,
    {},
    UPKEEP,
  );
  return found.map(({ month }) => month);
};

const oldIn = (
  store: Store,
  table: Table,
  month: number,
  { kind, values, isSuspect }: Column,
): AsyncGenerator<Pair[], void, undefined> =>
  oldSpellings(
    store,
    kind,
    `SELECT DISTINCT value FROM (SELECT ${values} AS value FROM ${table} WHERE toYYYYMM(day) = ${month} AND ${isSuspect})
WHERE ${kind.isSuspect('value')}`,
  );

const PAUSE_MS = 100;
/** The engine tries again by itself what failed for want of memory. */
const MOST_FAILED = 300;

/** Waits until a table's rows are changed, on all servers that are up. @throws StoreError if they cannot be */
const changesEnded = async (store: Store, topology: Topology, table: Table): Promise<void> => {
  const name = topology === null ? table : `${table}_local`;
  for (let failed = 0; ; ) {
    const [row] = await store.query<{ left: number; reason: string }>(
      `SELECT toUInt32(count()) AS left, max(latest_fail_reason) AS reason FROM ${ofEveryServer(topology, 'system.mutations')}
WHERE database = ${databaseOf(topology)} AND table = '${name}' AND NOT is_done ${THOSE_UP}`,
      {},
      UPKEEP,
    );
    if (!row?.left) return;
    failed = row.reason === '' ? 0 : failed + 1;
    if (failed >= MOST_FAILED) throw failure(table, row.reason);
    await sleep(PAUSE_MS);
  }
};

const failure = (table: Table, reason: string): StoreError => {
  const code = Number(/^Code: (\d+)/.exec(reason)?.[1] ?? 0);
  return new StoreError(
    `ClickHouse: error (${code}) on a change of ${table}`,
    'unknown',
    code,
    reason,
    damageOf(code, reason),
  );
};
