import type { Batch } from './lines.ts';

/** Values bound to the `{name:Type}` parameters of a statement. */
export type Params = Readonly<Record<string, string | number | boolean | readonly string[] | readonly number[]>>;

/** How a statement is run. */
export interface RunOptions {
  /**
   * Which connections, and which Sessions of the engine, run it. `config`: documents of owners, which wait for no question.
   * `upkeep`: maintenance that may take minutes, as a deletion; nothing short waits for it. Missing: a read is a question,
   * a write is short. The name is sent to the engine.
   */
  readonly pool?: 'config' | 'upkeep';
}

/** How a question is asked. */
export interface AskOptions extends RunOptions {
  /** Nobody waits for the answer any more: the store ends it, or does not begin it. */
  readonly signal?: AbortSignal;
}

/** ClickHouse, as the rest of the collector sees it. Inserts, questions, short writes and maintenance have sockets of their own. */
export interface Store {
  /**
   * Reads rows as objects; 64-bit integers come as strings unless cast.
   * @example await store.query<{ n: number }>('SELECT toUInt32(count()) AS n FROM hits WHERE site = {site:String}', { site })
   */
  query<T>(sql: string, params?: Params, options?: AskOptions): Promise<T[]>;
  /** Runs a statement that returns nothing. */
  command(sql: string, params?: Params, options?: RunOptions): Promise<void>;
  /**
   * Stores a batch once, however often it is called with this token and these lines. After an error whose outcome is
   * unknown, call again with the same.
   */
  insert(batch: Batch): Promise<void>;
  /**
   * Reads rows as ClickHouse's format Native, which {@link writeNative} takes. The answer is held in memory: for some
   * thousand rows at a time.
   */
  readNative(sql: string, params?: Params): Promise<Buffer>;
  /** Adds such rows to a table, as they are. Unlike {@link insert} it adds them again when it is called again. */
  writeNative(table: string, rows: Buffer): Promise<void>;
  /** Resolves if the store answers; rejects with the reason otherwise. */
  ping(): Promise<void>;
  /**
   * How many times hits, sums and logs were written to, or may have been: answers of before may be old. Missing: nobody
   * counts, and no answer is kept.
   */
  changes?(): number;
  /** The same, but for batches that say they are fresh: what is kept of days that are over may be old. */
  oldChanges?(): number;
  close(): Promise<void>;
}

/** A store that does some things in a way of its own, and all else as the one behind it does. */
export const variantOf = (store: Store, own: Partial<Store>): Store => Object.assign(Object.create(store), own);
