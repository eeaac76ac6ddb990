import type { z } from 'zod';
import type { Log } from '../lib/logger.ts';
import { createMutex } from '../lib/mutex.ts';
import { Collection, type ConfigRow, type ConfigTable } from './collection.ts';
import type { Store } from './store.ts';
import { StoreError } from './store-error.ts';

const READ = `SELECT kind, id, toUInt32(version) AS version, if(deleted = 1, '', body) AS body
FROM config FINAL ORDER BY kind, id`;

/**
 * The version is compared where it is written. The embedded engine writes one statement after the other, so the first
 * who writes a version is the only one. A ClickHouse server may run two of them at once, and the servers of a cluster see
 * each other's rows a moment later: then two collectors can both write the version within that moment. The later row
 * holds, and who read theirs in between was told that it was written. Within one collector writes wait for each other.
 */
const WRITE = `INSERT INTO config (kind, id, version, body, deleted)
SELECT {kind:String}, {id:String}, {version:UInt64}, {body:String}, {deleted:UInt8}
WHERE {version:UInt64} > (SELECT max(version) FROM config WHERE kind = {kind:String} AND id = {id:String})`;

/** Whoever signs in or changes a site waits for no question. */
const CONFIG_POOL = { pool: 'config' } as const;

/**
 * What owners set up, as JSON documents in the table `config`, kept whole in memory: there are few, and the intake asks
 * for a site with every beacon. Several collectors may write to one table: what others did is known after the next
 * {@link refresh}. Only what was read is ever known, a document's own writer reads it too.
 */
export class Documents {
  readonly #store: Store;
  readonly #log: Log;
  readonly #collections = new Map<string, { take(rows: readonly ConfigRow[]): void }>();
  readonly #listeners: (() => void)[] = [];
  readonly #inTurn = { read: createMutex(), write: createMutex() };
  #next: Promise<void> | null = null;
  #isRead = false;
  #isCurrent = false;
  #damage: StoreError | null = null;

  /** Nothing is asked of the store before the first {@link refresh}. */
  constructor(store: Store, log: Log) {
    this.#store = store;
    this.#log = log;
  }

  /** The store was read at least once. */
  get isRead(): boolean {
    return this.#isRead;
  }

  /** The store could be read when it was asked last: what is not known here is not there. */
  get isCurrent(): boolean {
    return this.#isCurrent;
  }

  /** The documents of a kind; to be asked for before the first {@link refresh}. */
  collection<T>(kind: string, shape: z.ZodType<T>): Collection<T> {
    const table: ConfigTable = {
      log: this.#log,
      damage: () => this.#damage,
      write: (row) => this.#inTurn.write(() => this.#write(row)),
    };
    const collection = new Collection(table, kind, shape);
    this.#collections.set(kind, collection);
    return collection;
  }

  /** Calls back after each time that the store was read. */
  onRead(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /**
   * Reads the table. One read after the other, so that none takes back what a later one saw; whoever asks while one is
   * under way shares the next, which sees all that was written until now.
   */
  refresh(): Promise<void> {
    this.#next ??= this.#inTurn.read(() => {
      this.#next = null;
      return this.#read();
    });
    return this.#next;
  }

  async #read(): Promise<void> {
    try {
      const rows = await this.#store.query<ConfigRow>(READ, {}, CONFIG_POOL);
      for (const [kind, collection] of this.#collections) collection.take(rows.filter((row) => row.kind === kind));
    } catch (error) {
      this.#isCurrent = false;
      this.#damage = error instanceof StoreError && error.damage !== null ? error : null;
      throw error;
    }
    this.#isRead = true;
    this.#isCurrent = true;
    for (const listener of this.#listeners) listener();
  }

  async #write(row: ConfigRow): Promise<void> {
    await this.#store.command(WRITE, { ...row, deleted: row.body === '' ? 1 : 0 }, CONFIG_POOL);
    await this.refresh();
  }
}
