import type { z } from 'zod';
import type { Log } from '../lib/logger.ts';
import { createMutex } from '../lib/mutex.ts';
import { StoreError } from './store-error.ts';

/** A stale write: somebody else has changed the document meanwhile. */
export class StaleError extends Error {
  override readonly name = 'StaleError';
}

/** What is asked for is in the store, which has not been read yet. */
export class UnreadError extends Error {
  override readonly name = 'UnreadError';

  constructor() {
    super('what is stored is not known yet, try again in a moment');
  }
}

/** A document and its version, from 1. */
export interface Stored<T> {
  readonly id: string;
  readonly version: number;
  readonly body: T;
}

/** A row of the table `config`: a version of a document. */
export interface ConfigRow {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  /** JSON; empty: deleted. */
  readonly body: string;
}

/** What a collection asks of the table. */
export interface ConfigTable {
  readonly log: Log;
  /** Why nothing was read yet, if that does not pass by itself. */
  readonly damage: () => Error | null;
  /** Writes a version unless the store has it already, then reads the table and hands its rows to all collections. */
  write(row: ConfigRow): Promise<void>;
}

/** Changes of one document at several collectors: one of them wins each time. */
const MOST_TRIES = 8;

/** The documents of one kind. */
export class Collection<T> {
  readonly #table: ConfigTable;
  readonly #kind: string;
  readonly #shape: z.ZodType<T>;
  readonly #inTurn = createMutex();
  /** Every row as it was read, deleted ones too; null: none was read yet. */
  #rows: ReadonlyMap<string, ConfigRow> | null = null;
  #byId: ReadonlyMap<string, Stored<T>> = new Map();
  #all: readonly Stored<T>[] = [];

  constructor(table: ConfigTable, kind: string, shape: z.ZodType<T>) {
    this.#table = table;
    this.#kind = kind;
    this.#shape = shape;
  }

  /** @throws UnreadError */
  get(id: string): Stored<T> | undefined {
    return this.#read() && this.#byId.get(id);
  }

  /**
   * All of them, by id: the same list as before if nothing has changed.
   * @throws UnreadError
   */
  all(): readonly Stored<T>[] {
    return this.#read() && this.#all;
  }

  /**
   * Writes a document.
   * @param seen version that the change is based on; 0: there is none
   * @throws StaleError if another version is there
   */
  async put(id: string, body: T, seen: number): Promise<Stored<T>> {
    const row = this.#read().get(id);
    if ((isLive(row) ? row.version : 0) !== seen) throw this.#stale(id);
    await this.#write({
      kind: this.#kind,
      id,
      version: (row?.version ?? 0) + 1,
      body: JSON.stringify(this.#shape.parse(body)),
    });
    const written = this.get(id);
    if (written === undefined) throw this.#stale(id);
    return written;
  }

  /** The document; if there is none, this one is written. Of several writers one wins, and all get its document. */
  async ensure(id: string, body: T): Promise<Stored<T>> {
    try {
      return this.get(id) ?? (await this.put(id, body, 0));
    } catch (error) {
      const theirs = error instanceof StaleError ? this.get(id) : undefined;
      if (theirs === undefined) throw error;
      return theirs;
    }
  }

  /**
   * Changes a document on the basis of what the store has by then: anew if somebody else changed it meanwhile. Two who
   * make the very same document of it are both told that they did: what only one may do needs something random in it.
   * @param change gives the new document; null: it is to be deleted; the same object: it stays as it is. Its errors are thrown.
   * @returns undefined: there is none
   */
  update(id: string, change: (body: T) => T | null): Promise<Stored<T> | undefined> {
    return this.#inTurn(async () => {
      for (let tries = 1; ; tries++) {
        const seen = this.get(id);
        const body = seen === undefined ? null : change(seen.body);
        if (seen === undefined || body === seen.body) return seen;
        try {
          if (body !== null) return await this.put(id, body, seen.version);
          await this.remove(id);
          return undefined;
        } catch (error) {
          if (!(error instanceof StaleError) || tries === MOST_TRIES) throw error;
        }
      }
    });
  }

  /**
   * Deletes a document.
   * @throws StaleError if it is changed elsewhere at the same time
   */
  async remove(id: string): Promise<void> {
    const row = this.#read().get(id);
    if (isLive(row)) await this.#write({ kind: this.#kind, id, version: row.version + 1, body: '' });
  }

  /** Takes over what was read. Nothing is made anew for a row that is as it was. */
  take(rows: readonly ConfigRow[]): void {
    const before = this.#rows;
    if (before?.size === rows.length && rows.every((row) => isSame(row, before.get(row.id)))) return;
    const documents = rows.map((row) => (isSame(row, before?.get(row.id)) ? this.#byId.get(row.id) : this.#parse(row)));
    this.#rows = new Map(rows.map((row) => [row.id, row]));
    this.#all = documents.filter((document) => document !== undefined);
    this.#byId = new Map(this.#all.map((document) => [document.id, document]));
  }

  #read(): ReadonlyMap<string, ConfigRow> {
    if (this.#rows === null) throw this.#table.damage() ?? new UnreadError();
    return this.#rows;
  }

  /** Whether it was written is what the store shows afterwards: it takes the first of those who write a version. */
  async #write(row: ConfigRow): Promise<void> {
    await this.#table.write(row);
    const stored = this.#read().get(row.id);
    if (stored === undefined || stored.version < row.version)
      throw new StoreError('ClickHouse does not show what was written', 'unknown', null, '');
    if (!isSame(stored, row)) throw this.#stale(row.id);
  }

  /** One that cannot be read, as of a newer Passerby, stays as it was before. */
  #parse(row: ConfigRow): Stored<T> | undefined {
    const { id, version, body } = row;
    if (!isLive(row)) return undefined;
    try {
      return { id, version, body: this.#shape.parse(JSON.parse(body)) };
    } catch {
      this.#table.log.error('a document of the configuration cannot be read', { kind: this.#kind });
      return this.#byId.get(id);
    }
  }

  #stale(id: string): StaleError {
    return new StaleError(`${this.#kind} ${id} has changed meanwhile`);
  }
}

const isLive = (row: ConfigRow | undefined): row is ConfigRow => row !== undefined && row.body !== '';

const isSame = (a: ConfigRow, b: ConfigRow | undefined): boolean => a.version === b?.version && a.body === b.body;
