import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../http/api-error.ts';
import { randomId, elapsed as systemElapsed } from '../lib/system.ts';
import type { Store } from '../store/store.ts';
import { positionsOf, TABLES, type TableName } from '../store/tables.ts';

/** Copies of the tables as they were at one moment. They share their files with the tables: no row is copied. */
export interface Snapshot {
  /** Unix milliseconds of that moment. */
  readonly taken: number;
  /** Milliseconds for which nothing was stored. */
  readonly heldMs: number;
  /** Name of a table's copy. */
  readonly of: (table: TableName) => string;
}

/** What {@link takeSnapshot} needs. */
export interface SnapshotDeps {
  readonly store: Store;
  /** Does something while this collector has everything that it began to store stored whole. */
  readonly whileQuiesced: <T>(job: () => Promise<T>) => Promise<T>;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Milliseconds, however the clock is set. Missing: the machine's. */
  readonly elapsed?: () => number;
  /** Makes the name of a copy. Missing: random ones. */
  readonly newName?: () => string;
}

const PREFIX = 'snapshot_';
const ID_BYTES = 6;
/** Names of copies, and no others: a server's database may have tables of somebody else's. */
const COPY = new RegExp(`^${PREFIX}[0-9a-f]{${2 * ID_BYTES}}_(${TABLES.join('|')})$`);
/** Of which table this one is a copy; null: of none. */
export const originalOf = (table: string): string | null => COPY.exec(table)?.[1] ?? null;

/** How long a moment is looked for in which nothing is being stored, in milliseconds. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 100;

/**
 * Takes the tables at one moment. This collector stores nothing meanwhile. Whether others that share the store did is seen
 * from the parts of the tables: then it is tried again.
 * @throws ApiError if the store does not come to rest
 */
export const takeSnapshot = async (deps: SnapshotDeps): Promise<Snapshot> => {
  const { store, newName = () => randomId(ID_BYTES) } = deps;
  const giveUp = AbortSignal.timeout(PATIENCE_MS);
  while (!giveUp.aborted) {
    const name = newName();
    const of = (table: TableName): string => `${PREFIX}${name}_${table}`;
    await dropSnapshots(store);
    for (const table of TABLES) {
      await store.command(`CREATE TABLE ${of(table)} AS ${table}`);
      // Rows stay as they are, and in the parts in which they are.
      await store.command(`SYSTEM STOP MERGES ${of(table)}`);
    }
    const hold = await holding(deps, giveUp, of);
    if (hold !== null) return { ...hold, of };
    await sleep(PAUSE_MS);
  }
  await dropSnapshots(store);
  throw new ApiError(409, 'busy', 'store', 'does not come to rest: it is away, or others write to it; try again later');
};

/** Deletes the copies, those too that a collector left that died. */
export const dropSnapshots = async (store: Store): Promise<void> => {
  const left = await store.query<{ name: string }>(
    'SELECT name FROM system.tables WHERE database = currentDatabase() AND startsWith(name, {prefix:String})',
    { prefix: PREFIX },
  );
  for (const { name } of left.filter(({ name }) => COPY.test(name)))
    await store.command(`DROP TABLE IF EXISTS ${name} SYNC`);
};

/** Fills the copies while nothing is stored. @returns null: somebody stored all the same */
const holding = (
  { store, whileQuiesced, now, elapsed = systemElapsed }: SnapshotDeps,
  giveUp: AbortSignal,
  of: Snapshot['of'],
): Promise<Omit<Snapshot, 'of'> | null> => {
  const gaveUp = new Promise<null>((resolve) => giveUp.addEventListener('abort', () => resolve(null), { once: true }));
  const held = whileQuiesced(async () => {
    if (giveUp.aborted) return null;
    const begun = elapsed();
    const taken = now();
    const before = await positionsOf(store);
    if (before === null) return null;
    for (const table of TABLES) await store.command(`ALTER TABLE ${of(table)} ATTACH PARTITION ALL FROM ${table}`);
    const isSame = (await positionsOf(store)) === before;
    return isSame ? { taken, heldMs: Math.ceil(elapsed() - begun) } : null;
  });
  return Promise.race([held, gaveUp]);
};
