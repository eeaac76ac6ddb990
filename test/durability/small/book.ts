import type { Batch } from '../../../packages/collector/src/store/lines.ts';
import { ROW_KINDS } from '../../../packages/collector/src/store/row.ts';
import type { Store } from '../../../packages/collector/src/store/store.ts';
import { StoreError } from '../../../packages/collector/src/store/store-error.ts';

/** What matters here of a row that was stored. */
export interface Entry {
  /** Name of the beacon. */
  readonly name: string;
  readonly visit: string;
  readonly step: number;
  readonly visits: number;
}

/** Names of beacons beginning with these are what the store will not take, until it is cured. */
export const UNREADABLE = 'unreadable';
export const REFUSED = 'refused';
/** Of beacons with this name it takes a few rows at a time, until it is cured. */
export const HEAVY = 'heavy';
const MOST_HEAVY = 6;

/**
 * A store that only keeps a book, as strict as the real one: a token is stored once, and every third batch is stored
 * while its answer is lost.
 */
export class Book {
  /** It does not answer. */
  away = false;
  /** It takes what it did not take before. */
  cured = false;
  /** Tokens that came again with other bytes. */
  readonly mistakes: string[] = [];
  readonly #batches = new Map<string, Batch>();

  /** What the collector sees of it. */
  get store(): Pick<Store, 'insert'> {
    return { insert: async (batch) => this.#insert(batch) };
  }

  /** Everything that was stored, in order. */
  get entries(): Entry[] {
    return [...this.#batches.values()].flatMap(({ columns, lines }) =>
      lines
        .toString()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => rowOf(columns, JSON.parse(line) as unknown[]))
        .filter(({ kind }) => kind !== ROW_KINDS.drop)
        .map(({ title, visit, step, visits }) => ({ name: title, visit, step, visits })),
    );
  }

  #insert(batch: Batch): void {
    if (this.away) throw new StoreError('away', 'unknown', null, '');
    const text = batch.lines.toString();
    if (!this.cured && text.includes(UNREADABLE)) throw new StoreError('unreadable', 'unreadable', 117, '');
    if (!this.cured && text.includes(REFUSED)) throw new StoreError('refused', 'refused', 62, '');
    if (!this.cured && text.includes(HEAVY) && text.split('\n').length - 1 > MOST_HEAVY)
      throw new StoreError('heavy', 'unknown', 241, '');
    const before = this.#batches.get(batch.token);
    if (before !== undefined) {
      if (!before.lines.equals(batch.lines)) this.mistakes.push(batch.token);
      return;
    }
    this.#batches.set(batch.token, { ...batch, lines: Buffer.from(batch.lines) });
    if (this.#batches.size % 3 === 0) throw new StoreError('its answer was lost', 'unknown', null, '');
  }
}

interface StoredRow {
  readonly kind: number;
  readonly title: string;
  readonly visit: string;
  readonly step: number;
  readonly visits: number;
}

const rowOf = (columns: readonly string[], values: readonly unknown[]): StoredRow =>
  Object.fromEntries(columns.map((name, index) => [name, values[index]])) as unknown as StoredRow;
