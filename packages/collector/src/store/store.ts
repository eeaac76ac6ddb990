import type { Batch } from './lines.ts';

/** Values bound to the `{name:Type}` parameters of a statement. */
export type Params = Readonly<Record<string, string | number | boolean | readonly string[] | readonly number[]>>;

/** ClickHouse, as the rest of the collector sees it. */
export interface Store {
  /**
   * Reads rows as objects; 64-bit integers come as strings unless cast.
   * @example await store.query<{ n: number }>('SELECT toUInt32(count()) AS n FROM hits WHERE site = {site:String}', { site })
   */
  query<T>(sql: string, params?: Params): Promise<T[]>;
  /** Runs a statement that returns nothing. */
  command(sql: string, params?: Params): Promise<void>;
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
  close(): Promise<void>;
}
