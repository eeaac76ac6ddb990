import type { Store } from '../store/store.ts';
import { StoreError } from '../store/store-error.ts';
import { TABLES, type TableName } from '../store/tables.ts';
import type { ArchiveFrame } from './archive-frame.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Rows that are read at a time: so many, or so many bytes by what its part's rows have on average. What the collector does
 * with so many bytes in one go keeps nobody waiting for more than a few milliseconds.
 */
const ROWS = 65_536;
const BYTES = 2 * 1024 * 1024;
/** A block of unusual rows that is longer is read in halves: the embedded engine takes no more in one request. */
const MOST = 32 * 1024 * 1024;
/** ClickHouse's code for a statement that needs more memory than it may take. */
const TOO_MUCH_MEMORY = 241;

interface Part {
  readonly name: string;
  readonly rows: number;
  /** Bytes of a row on average. */
  readonly width: number;
}

interface Range {
  readonly table: TableName;
  readonly part: string;
  /** Rows of the part: the first, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

/** Where rows are read, and how many bytes of them at most. */
interface Source {
  readonly store: Store;
  readonly of: Snapshot['of'];
  readonly most: number;
}

/**
 * All rows of a snapshot.
 * @param most bytes of a block, unless a single row has more
 */
export const blocksOf = async function* (store: Store, { of }: Snapshot, most = MOST): AsyncGenerator<ArchiveFrame> {
  for (const table of TABLES)
    for (const { name: part, rows, width } of await partsOf(store, of(table))) {
      const step = Math.max(1, Math.min(ROWS, Math.floor(BYTES / Math.max(1, width))));
      for (let from = 0; from < rows; from += step)
        yield* read({ store, of, most }, { table, part, from, to: Math.min(rows, from + step) });
    }
};

/** In the order in which they were written. */
const partsOf = (store: Store, table: string): Promise<Part[]> =>
  store.query<Part>(
    `SELECT name, toFloat64(rows) AS rows, data_uncompressed_bytes / rows AS width FROM system.parts
    WHERE database = currentDatabase() AND table = {table:String} AND active ORDER BY partition_id, min_block_number`,
    { table },
  );

const read = async function* (source: Source, range: Range): AsyncGenerator<ArchiveFrame> {
  const { table, from, to } = range;
  const body = await attempt(source, range);
  if (body !== null) return yield { header: { kind: 'block', table, rows: to - from }, body };
  const middle = (from + to) >> 1;
  yield* read(source, { ...range, to: middle });
  yield* read(source, { ...range, from: middle });
};

/** @returns null: it is more than fits, and can be cut */
const attempt = async ({ store, of, most }: Source, { table, part, from, to }: Range): Promise<Buffer | null> => {
  const isSingle = to - from === 1;
  try {
    const rows = await store.readNative(
      `SELECT * FROM ${of(table)}
      WHERE _part = {part:String} AND _part_offset >= {from:UInt64} AND _part_offset < {to:UInt64}`,
      { part, from, to },
    );
    return rows.length > most && !isSingle ? null : rows;
  } catch (error) {
    if (error instanceof StoreError && error.code === TOO_MUCH_MEMORY && !isSingle) return null;
    throw error;
  }
};
