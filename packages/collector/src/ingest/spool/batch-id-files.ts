import { join } from 'node:path';
import { type FileSystem, readPatiently, writeWhole } from './file-system.ts';
import { type BatchId, decodeFrames, encodeFrame } from './spool-frame.ts';

/**
 * Ids of beacons outlive their segment, in a file of their own, for as long as a client may try again: so a retry is
 * counted once over restarts too.
 */
export class BatchIdFiles {
  readonly #files: FileSystem;
  readonly #dir: string;
  readonly #keepMs: number;
  readonly #fsync: boolean;
  /** Name of a file → when the last of its ids arrived. */
  readonly #latest = new Map<string, number>();

  /** Ids that could not be written down yet, by token of their segment. */
  readonly #owed = new Map<string, readonly BatchId[]>();

  /** @param keepMs how long an id is kept after its beacon arrived */
  constructor(files: FileSystem, dir: string, keepMs: number, fsync: boolean) {
    this.#files = files;
    this.#dir = dir;
    this.#fsync = fsync;
    this.#keepMs = keepMs;
  }

  /** Reads what an earlier process left. A file that cannot be read costs its own ids, not everybody's start. */
  async read(now: number): Promise<BatchId[]> {
    const found: BatchId[] = [];
    for (const file of await this.#files.list(this.#dir)) {
      if (!file.endsWith('.ids')) continue;
      const bytes = await readPatiently(this.#files, join(this.#dir, file)).catch(() => null);
      if (bytes === null) continue;
      const ids = decodeFrames(bytes).frames.flatMap(({ head }) => head.ids);
      this.#latest.set(file, latest(ids));
      found.push(...ids.filter(([, at]) => this.#isKept(at, now)));
    }
    return found;
  }

  /** Writes down the ids of a segment, before it is deleted. What fails is tried again by {@link sweep}. */
  async keep(token: string, ids: readonly BatchId[], now: number): Promise<void> {
    try {
      await this.#write(token, ids, now);
      this.#owed.delete(token);
    } catch (error) {
      this.#owed.set(token, ids);
      throw error;
    }
  }

  async #write(token: string, ids: readonly BatchId[], now: number): Promise<void> {
    const kept = ids.filter(([, at]) => this.#isKept(at, now));
    if (kept.length === 0) return;
    const file = `${token}.ids`;
    await writeWhole(this.#files, join(this.#dir, file), encodeFrame({ rows: 0, ids: kept }, ''), this.#fsync);
    this.#latest.set(file, latest(kept));
  }

  /**
   * Deletes what nobody can send again any more, and writes what could not be written.
   * @throws the first failure, after all the others had their turn
   */
  async sweep(now: number): Promise<void> {
    const failures: unknown[] = [];
    const note = (error: unknown): void => void failures.push(error);
    for (const [token, ids] of this.#owed) await this.keep(token, ids, now).catch(note);
    for (const [file, at] of this.#latest) if (!this.#isKept(at, now)) await this.#forget(file).catch(note);
    if (failures.length > 0) throw failures[0];
  }

  async #forget(file: string): Promise<void> {
    await this.#files.remove(join(this.#dir, file));
    this.#latest.delete(file);
  }

  /** A clock that went back leaves ids of the future: they are kept as long as others. */
  #isKept(at: number, now: number): boolean {
    return Math.abs(now - at) < this.#keepMs;
  }
}

const latest = (ids: readonly BatchId[]): number => ids.reduce((last, [, at]) => Math.max(last, at), 0);
