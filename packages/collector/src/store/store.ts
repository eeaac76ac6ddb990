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
  /** Resolves if the store answers; rejects with the reason otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
