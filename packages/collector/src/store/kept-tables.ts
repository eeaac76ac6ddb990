import { setTimeout as sleep } from 'node:timers/promises';
import { ExpectedError } from '../lib/expected-error.ts';
import { sizeOf } from '../lib/size-text.ts';
import { identifier } from '../lib/sql-quote.ts';
import { chance } from '../lib/system.ts';
import type { Store } from './store.ts';
import { StoreError } from './store-error.ts';
import { positionsOf, TABLES, type TableName } from './tables.ts';

/**
 * The tables as they were before an upgrade, on one server. They share their files with the tables: no row is copied, and
 * rows that are past their age go from both. Beside them are the columns of `intake`, and what the views select.
 */
export interface KeptTables {
  /** Version of the schema that the upgrade is to. */
  readonly target: number;
  /** Version that they have; null: they were not filled to the end, and nothing was changed yet. */
  readonly version: number | null;
  /** Name of what is kept of a table or a view. */
  readonly of: (name: KeptName) => string;
}

/** The views over `intake`. */
export const VIEWS = ['hits_from_intake', 'sums_from_intake', 'logs_from_intake'] as const;
/** What is kept. */
export type KeptName = TableName | 'intake' | (typeof VIEWS)[number];

/** There is no room for the tables; the message says what is needed. */
export class RoomError extends ExpectedError {
  override readonly name = 'RoomError';
}

const PREFIX = 'before_version_';
const KEPT = new RegExp(`^${PREFIX}(\\d+)_(${[...TABLES, 'intake', ...VIEWS].join('|')})$`);
const named =
  (target: number) =>
  (name: KeptName): string =>
    `${PREFIX}${target}_${name}`;

/** What is kept; null: nothing is. */
export const keptTables = async (store: Store): Promise<KeptTables | null> => {
  const names = await keptNames(store);
  const target = Number(KEPT.exec(names[0] ?? '')?.[1]);
  if (Number.isNaN(target)) return null;
  const of = named(target);
  // Filled last, and dropped first.
  const versions = of('migrations');
  if (!names.includes(versions)) return { target, version: null, of };
  const [row] = await store.query<{ version: number }>(`SELECT toUInt32(max(version)) AS version FROM ${versions}`);
  return { target, version: row?.version || null, of };
};

/** Deletes what is kept: there is no way back then. @returns how many tables and views that were */
export const dropKept = async (store: Store): Promise<number> => {
  const names = await keptNames(store);
  const versions = names.filter((name) => name.endsWith('_migrations'));
  for (const name of [...versions, ...names.filter((name) => !versions.includes(name))])
    await store.command(`DROP TABLE IF EXISTS ${name} SYNC SETTINGS max_table_size_to_drop = 0`);
  return names.length;
};

/**
 * Keeps the tables as they are, before anything is changed. If an upgrade was interrupted, what it kept stays: its tables
 * are no longer those of before.
 * @returns bytes that they have
 * @throws RoomError, before anything is changed
 */
export const keepTables = async (store: Store, version: number, target: number): Promise<number> => {
  const bytes = await expectRoom(store, target);
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    const kept = await keptTables(store);
    if (kept !== null && kept.version !== null && version < kept.target) return bytes;
    if (await keep(store, named(target))) return bytes;
    await sleep(PAUSE_MS * chance());
  }
  throw new ExpectedError(
    'The tables cannot be kept as they are, because others write to them: stop the other collectors and start this one again. Nothing was changed.',
  );
};

const MOST_TRIES = 60;
const PAUSE_MS = 1000;
/** ClickHouse's codes: there is such a table, or none: another collector does the same. */
const MET = [57, 60];

const keep = async (store: Store, of: KeptTables['of']): Promise<boolean> => {
  try {
    await dropKept(store);
    await store.command(`CREATE TABLE ${of('intake')} AS intake`);
    for (const { name, select } of await viewsOf(store)) await store.command(`CREATE VIEW ${of(name)} AS ${select}`);
    for (const table of TABLES) await store.command(`CREATE TABLE ${of(table)} AS ${table}`);
    return await fill(store, of);
  } catch (error) {
    if (error instanceof StoreError && MET.includes(error.code ?? 0)) return false;
    throw error;
  }
};

/** What is sent meanwhile finds no `intake`, and is sent again. @returns false if somebody wrote all the same */
const fill = async (store: Store, of: KeptTables['of']): Promise<boolean> => {
  await store.command('DETACH TABLE IF EXISTS intake SYNC');
  try {
    const before = await positionsOf(store);
    if (before === null) return false;
    for (const table of TABLES.filter((name) => name !== 'migrations')) await attachAll(store, of, table);
    if ((await positionsOf(store)) !== before) return false;
    await attachAll(store, of, 'migrations');
    return true;
  } finally {
    await store.command('ATTACH TABLE IF NOT EXISTS intake');
  }
};

const attachAll = (store: Store, of: KeptTables['of'], table: TableName): Promise<void> =>
  store.command(`ALTER TABLE ${of(table)} ATTACH PARTITION ALL FROM ${table}`);

/** What each view over `intake` selects. */
export const viewsOf = async (
  store: Store,
  of: (name: (typeof VIEWS)[number]) => string = (name) => name,
): Promise<{ name: (typeof VIEWS)[number]; select: string }[]> => {
  const found = await store.query<{ name: string; as_select: string }>(
    `SELECT name, as_select FROM system.tables WHERE database = currentDatabase() AND name IN {names:Array(String)}`,
    { names: VIEWS.map(of) },
  );
  return VIEWS.flatMap((view) => {
    const select = found.find(({ name }) => name === of(view))?.as_select;
    return select === undefined ? [] : [{ name: view, select }];
  });
};

const keptNames = async (store: Store): Promise<string[]> => {
  const found = await store.query<{ name: string }>(
    'SELECT name FROM system.tables WHERE database = currentDatabase() AND startsWith(name, {prefix:String}) ORDER BY name',
    { prefix: PREFIX },
  );
  return found.map(({ name }) => name).filter((name) => KEPT.test(name));
};

/** As long as what was is kept, all that an upgrade and merging write anew takes room beside it: all of it at most. */
const expectRoom = async (store: Store, target: number): Promise<number> => {
  const [room] = await store.query<{ bytes: number; free: number }>(
    `SELECT toFloat64(sum(bytes_on_disk)) AS bytes,
      (SELECT toFloat64(min(unreserved_space)) FROM system.disks
        WHERE name IN (SELECT disk_name FROM system.parts WHERE database = currentDatabase() AND active)) AS free
    FROM system.parts WHERE database = currentDatabase() AND active AND table IN {tables:Array(String)}`,
    { tables: [...TABLES] },
  );
  const { bytes = 0, free = 0 } = room ?? {};
  if (bytes > free)
    throw new RoomError(
      `Version ${target} of the tables needs up to ${sizeOf(bytes)} of room, as they are kept as they were until the next start, and the disk has ${sizeOf(free)}. Nothing was changed: make room, or start the Passerby of before.`,
    );
  return bytes;
};

/** Of which table this one was kept; null: of none. */
export const keptOf = (table: string): string | null => KEPT.exec(table)?.[2] ?? null;

/** Columns of a table that what is kept of it lacks. */
export const columnsSince = async (store: Store, kept: KeptTables, name: TableName | 'intake'): Promise<string[]> => {
  const found = await store.query<{ name: string }>(
    `SELECT name FROM system.columns WHERE database = currentDatabase() AND table = {table:String} AND name NOT IN (
      SELECT name FROM system.columns WHERE database = currentDatabase() AND table = {kept:String}) ORDER BY position`,
    { table: name, kept: kept.of(name) },
  );
  return found.map(({ name }) => identifier(name));
};
