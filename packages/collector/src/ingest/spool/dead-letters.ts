import { join } from 'node:path';
import { type FileSystem, writeWhole } from './file-system.ts';
import { type Closed, type SegmentName, segmentFile, segmentName } from './segment.ts';

/**
 * `DATA_DIR/rejected`: what could not be stored and must not hold up the rest. A segment lies there as it was, beside a
 * note with the reason; {@link replay} puts it back. Pieces of damaged files are kept for whoever wants to look at them, until {@link discardDamaged}.
 */
export class DeadLetters {
  readonly #files: FileSystem;
  readonly #dir: string;
  readonly #fsync: boolean;
  #count = 0;
  #damaged = 0;

  private constructor(files: FileSystem, dir: string, fsync: boolean) {
    this.#files = files;
    this.#dir = dir;
    this.#fsync = fsync;
  }

  static async open(files: FileSystem, dir: string, fsync: boolean): Promise<DeadLetters> {
    await files.makeDir(dir);
    const deadLetters = new DeadLetters(files, dir, fsync);
    await deadLetters.look();
    return deadLetters;
  }

  /** Segments that lie there. */
  get count(): number {
    return this.#count;
  }

  /** Damaged pieces that lie there. */
  get damaged(): number {
    return this.#damaged;
  }

  /** Counts them anew: somebody may have put them back, or deleted them. */
  async look(): Promise<void> {
    const files = await this.#list();
    this.#count = files.filter((file) => segmentName(file) !== null).length;
    this.#damaged = files.filter(isDamaged).length;
  }

  /** True if a segment lies here. */
  async has(name: SegmentName): Promise<boolean> {
    return (await this.#list()).includes(segmentFile(name));
  }

  /** Moves a segment's file here. */
  async move(path: string, { number, token, rows }: Closed, reason: string): Promise<void> {
    await this.#note(segmentFile({ number, token }), { token, rows, reason });
    await this.#files.rename(path, join(this.#dir, segmentFile({ number, token })));
    await this.#added();
  }

  /** Keeps a part of a segment, as the bytes of a segment with a token of its own. */
  async keep(bytes: Buffer, { number, token, rows }: Pick<Closed, 'number' | 'token' | 'rows'>, reason: string) {
    const file = segmentFile({ number, token });
    await this.#note(file, { token, rows, reason });
    await writeWhole(this.#files, join(this.#dir, file), bytes, this.#fsync);
    await this.#added();
  }

  /** Keeps what is not whole of a segment. */
  async keepDamaged(bytes: Buffer, { number, token }: Closed): Promise<void> {
    const file = segmentFile({ number, token }).replace(/rows$/, 'damaged');
    await this.#files.makeDir(this.#dir);
    await writeWhole(this.#files, join(this.#dir, file), bytes, this.#fsync);
    await this.#added();
  }

  /** Somebody may have deleted the folder: what it held was let go. */
  async #list(): Promise<string[]> {
    return this.#files.list(this.#dir).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
  }

  /** The reason is a code, never the store's words: they may quote what was to be stored. */
  async #note(file: string, note: { token: string; rows: number; reason: string }): Promise<void> {
    await this.#files.makeDir(this.#dir);
    const path = join(this.#dir, file.replace(/rows$/, 'json'));
    await writeWhole(this.#files, path, Buffer.from(`${JSON.stringify(note)}\n`), this.#fsync);
  }

  async #added(): Promise<void> {
    if (this.#fsync) await this.#files.syncDir(this.#dir);
    await this.look();
  }
}

/** True for the name of a damaged piece. */
const isDamaged = (file: string): boolean =>
  segmentName(file.replace(/damaged$/, 'rows')) !== null && file.endsWith('damaged');

/**
 * Puts the segments that were set aside back into the spool, each with its old token. A running collector stores them
 * within seconds, another one when it starts.
 * @returns how many
 */
export const replay = async (files: FileSystem, rejectedDir: string, spoolDir: string): Promise<number> => {
  const segments = (await files.list(rejectedDir)).filter((file) => segmentName(file) !== null).sort();
  for (const file of segments) {
    await files.rename(join(rejectedDir, file), join(spoolDir, file));
    await files.remove(join(rejectedDir, file.replace(/rows$/, 'json')));
  }
  return segments.length;
};

/** Names of the damaged pieces that were set aside, in the order in which they came. */
export const damagedPieces = async (files: Pick<FileSystem, 'list'>, rejectedDir: string): Promise<string[]> =>
  (await files.list(rejectedDir)).filter(isDamaged).sort();

/** Deletes the damaged pieces for good. @returns how many */
export const discardDamaged = async (files: FileSystem, rejectedDir: string): Promise<number> => {
  const pieces = await damagedPieces(files, rejectedDir);
  for (const piece of pieces) await files.remove(join(rejectedDir, piece));
  return pieces.length;
};
