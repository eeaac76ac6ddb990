import type { Log } from '../lib/logger.ts';
import { identifier } from '../lib/sql-quote.ts';
import { type Store, variantOf } from './store.ts';
import { type DamagedPart, StoreError } from './store-error.ts';
import { databaseOf, type Topology } from './topology.ts';

/** What is known of parts of tables that are there and cannot be read. They stay until somebody takes them away. */
export interface DamageWatch {
  /** The store, whose every failed reading is looked at. */
  readonly store: Store;
  /** Parts that cannot be read. */
  readonly count: () => number;
  /** Looks for them without a question, where that is cheap. */
  readonly search: () => Promise<void>;
  /** Looks whether those that are known are still there, once an hour. */
  readonly look: () => Promise<void>;
  /** The collector goes on without its store until somebody has repaired it: no failure is reported as temporary. */
  readonly giveUp: () => void;
}

/** What {@link watchDamage} needs. */
export interface DamageWatchDeps {
  readonly store: Store;
  readonly topology: Topology;
  readonly log: Log;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Of which table one is a copy, made to be read once and dropped; null: of none. */
  readonly originalOf: (table: string) => string | null;
}

/** How long it is before the same part is logged again, and checked again, in milliseconds. */
const AGAIN_MS = 3_600_000;
/** A search reads every byte of a table: it is left out for one that has more. Questions find what is damaged there. */
const MOST_BYTES = 256 * 1024 * 1024;
/** There is no such part (any more). */
const GONE = 232;

interface Known extends DamagedPart {
  readonly code: number | null;
  /** When it was logged, in Unix milliseconds. */
  readonly at: number;
}

interface Checked {
  readonly part_path: string;
  readonly is_passed: number;
  readonly message: string;
}

/**
 * Tells damage from absence: a part that cannot be read fails every question for it until somebody acts, so it is logged
 * (once an hour, not once a question) and counted.
 */
export const watchDamage = ({ store, topology, log, now, originalOf }: DamageWatchDeps): DamageWatch => {
  const known = new Map<string, Known>();
  let lookedAt = now();
  let hasGivenUp = false;

  const note = ({ table, part }: DamagedPart, code: number | null): void => {
    const key = `${table}/${part}`;
    const before = known.get(key);
    if (before !== undefined && now() - before.at < AGAIN_MS) return;
    known.set(key, { table, part, code, at: now() });
    log.error('a part of a table is damaged and cannot be read: see "Damage" in docs/backup.md', {
      table: table || 'unknown',
      part: part || 'unknown',
      code: code ?? 'unknown',
    });
  };

  const check = (table: string, part?: string): Promise<Checked[]> =>
    store.query<Checked>(
      `CHECK TABLE ${identifier(table)}${part === undefined ? '' : ` PART '${part}'`} SETTINGS check_query_single_value_result = 0`,
      {},
      { pool: 'upkeep' },
    );

  const inspect = async (table: string): Promise<void> => {
    for (const { part_path: part, is_passed: isPassed, message } of await check(table))
      if (isPassed === 0) note({ table, part }, Number(/^Code: (\d+)/.exec(message)?.[1] ?? 0));
  };

  /** In a copy parts have other names, and nobody can take them away there. */
  const meet = (damaged: DamagedPart, code: number | null): void => {
    const table = originalOf(damaged.table);
    if (table === null) note(damaged, code);
    else inspect(table).catch(() => note({ table, part: '' }, code));
  };

  const noting = <T>(reading: Promise<T>): Promise<T> =>
    reading.catch((error: unknown) => {
      if (error instanceof StoreError && error.damage !== null) meet(error.damage, error.code);
      throw hasGivenUp && error instanceof StoreError ? asDamage(error) : error;
    });

  const isStillThere = async ({ table, part }: Known): Promise<boolean> => {
    // One without a name is met again if it is there.
    if (table === '' || part === '') return false;
    try {
      return (await check(table, part)).some(({ is_passed: isPassed }) => isPassed === 0);
    } catch (error) {
      return !(error instanceof StoreError && error.code === GONE);
    }
  };

  return {
    store: variantOf(store, {
      query: (...args) => noting(store.query(...args)),
      command: (...args) => noting(store.command(...args)),
      readNative: (...args) => noting(store.readNative(...args)),
    }),
    // What keeps the store from being used is one thing at least.
    count: () => Math.max(known.size, hasGivenUp ? 1 : 0),
    async search() {
      // The servers of a cluster have copies of their parts, and mend them by those.
      if (topology !== null) return;
      const tables = await store.query<{ table: string }>(
        `SELECT table FROM system.parts WHERE database = ${databaseOf(topology)} AND active
        GROUP BY table HAVING sum(bytes_on_disk) <= ${MOST_BYTES} ORDER BY table`,
      );
      for (const { table } of tables) if (originalOf(table) === null) await inspect(table);
    },
    async look() {
      if (Math.abs(now() - lookedAt) < AGAIN_MS) return;
      lookedAt = now();
      for (const [key, part] of known) if (!(await isStillThere(part))) known.delete(key);
    },
    giveUp() {
      hasGivenUp = true;
    },
  };
};

const asDamage = ({ message, outcome, code, detail, damage }: StoreError): StoreError =>
  new StoreError(message, outcome, code, detail, damage ?? { table: '', part: '' });
