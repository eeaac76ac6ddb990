import type { z } from 'zod';
import type { Store } from './store.ts';

/** A stale write: somebody else has changed the document meanwhile. */
export class StaleError extends Error {
  override readonly name = 'StaleError';
}

/** A document and its version, from 1. */
export interface Stored<T> {
  readonly id: string;
  readonly version: number;
  readonly body: T;
}

interface ConfigRow {
  id: string;
  version: number;
  body: string;
}

/**
 * Documents of one kind in the table `config`, kept whole in memory: there are few, and the intake asks for a site
 * with every beacon. A write is in the store before it is seen here.
 */
export class Documents<T> {
  readonly #store: Store;
  readonly #kind: string;
  readonly #shape: z.ZodType<T>;
  readonly #known = new Map<string, Stored<T>>();

  private constructor(store: Store, kind: string, shape: z.ZodType<T>) {
    this.#store = store;
    this.#kind = kind;
    this.#shape = shape;
  }

  /** Reads the documents of a kind. */
  static async load<T>(store: Store, kind: string, shape: z.ZodType<T>): Promise<Documents<T>> {
    const documents = new Documents(store, kind, shape);
    const rows = await store.query<ConfigRow>(
      'SELECT id, toUInt32(version) AS version, body FROM config FINAL WHERE kind = {kind:String} AND deleted = 0 ORDER BY id',
      { kind },
    );
    for (const { id, version, body } of rows)
      documents.#known.set(id, { id, version, body: shape.parse(JSON.parse(body)) });
    return documents;
  }

  get(id: string): Stored<T> | undefined {
    return this.#known.get(id);
  }

  all(): Stored<T>[] {
    return [...this.#known.values()];
  }

  /**
   * Writes a document.
   * @param seen version that the change is based on; 0: there is none yet
   * @throws StaleError if another version is there
   */
  async put(id: string, body: T, seen: number): Promise<Stored<T>> {
    this.#expect(id, seen);
    const next = { id, version: seen + 1, body: this.#shape.parse(body) };
    const before = this.#known.get(id);
    // Seen at once, so that of two writes under way only the first finds the version it expects.
    this.#known.set(id, next);
    try {
      await this.#write(next.id, next.version, JSON.stringify(next.body), 0);
    } catch (error) {
      if (before === undefined) this.#known.delete(id);
      else this.#known.set(id, before);
      throw error;
    }
    return next;
  }

  /** Deletes a document. */
  async remove(id: string): Promise<void> {
    const known = this.#known.get(id);
    if (known === undefined) return;
    await this.#write(id, known.version + 1, '', 1);
    this.#known.delete(id);
  }

  #expect(id: string, seen: number): void {
    if ((this.#known.get(id)?.version ?? 0) !== seen) throw new StaleError(`${this.#kind} ${id} has changed meanwhile`);
  }

  #write(id: string, version: number, body: string, deleted: 0 | 1): Promise<void> {
    return this.#store.command(
      'INSERT INTO config (kind, id, version, body, deleted) SELECT {kind:String}, {id:String}, {version:UInt64}, {body:String}, {deleted:UInt8}',
      { kind: this.#kind, id, version, body, deleted },
    );
  }
}
