import { join } from 'node:path';
import { type FileSystem, type OpenFile, writeAll } from './file-system.ts';
import { type BatchId, decodeFrames, encodeFrame } from './spool-frame.ts';

/**
 * A segment is a file of rows that are stored together, under one token, which its name carries: `000000000042-TOKEN.rows`.
 * The number orders segments. Once closed it never changes, so that every try sends the same bytes.
 */
export interface SegmentName {
  readonly number: number;
  readonly token: string;
}

/** Name of a segment's file. */
export const segmentFile = ({ number, token }: SegmentName): string =>
  `${String(number).padStart(12, '0')}-${token}.rows`;

/** Reads a file's name; null: it is no segment's. */
export const segmentName = (file: string): SegmentName | null => {
  const [, number, token] = /^(\d{12})-([\w.-]+)\.rows$/.exec(file) ?? [];
  return number === undefined || token === undefined ? null : { number: Number(number), token };
};

/** A segment that was closed and waits for the store. */
export interface Closed extends SegmentName {
  readonly rows: number;
  /** Bytes of the file that count; what follows them was never accepted. */
  readonly bytes: number;
  /** When it was begun, Unix milliseconds. */
  readonly begun: number;
  /** Its file could not be read so far: what it holds is not known. */
  readonly isUnread?: boolean;
}

/** What is known of a segment whose file cannot be read. */
export const unread = (name: SegmentName): Closed => ({
  ...name,
  rows: 0,
  bytes: 0,
  begun: Number.POSITIVE_INFINITY,
  isUnread: true,
});

/** A whole segment of rows that are elsewhere already, as the bytes of its file. */
export const encodeSegment = (
  { columns, begun }: { readonly columns: readonly string[]; readonly begun: number },
  lines: readonly string[],
  ids: readonly BatchId[],
): Buffer =>
  Buffer.concat([
    encodeFrame({ columns, begun, rows: 0, ids: [] }, ''),
    encodeFrame({ rows: lines.length, ids }, lines.join('')),
  ]);

/** The segment that is being written. */
export class OpenSegment {
  readonly name: SegmentName;
  readonly begun: number;
  readonly #file: OpenFile;
  readonly #fsync: boolean;
  #bytes = 0;
  #rows = 0;
  #isTorn = false;

  private constructor(name: SegmentName, begun: number, file: OpenFile, fsync: boolean) {
    this.name = name;
    this.begun = begun;
    this.#file = file;
    this.#fsync = fsync;
  }

  /** Begins a segment. @param fsync whether each write is to survive a loss of power */
  static async create(
    files: FileSystem,
    dir: string,
    name: SegmentName,
    { columns, begun, fsync }: { columns: readonly string[]; begun: number; fsync: boolean },
  ): Promise<OpenSegment> {
    const path = join(dir, segmentFile(name));
    const segment = new OpenSegment(name, begun, await files.create(path), fsync);
    try {
      await segment.#write(encodeFrame({ columns, begun, rows: 0, ids: [] }, ''));
      if (fsync) await files.syncDir(dir);
      return segment;
    } catch (error) {
      await segment.close();
      await files.remove(path).catch(ignore);
      throw error;
    }
  }

  get bytes(): number {
    return this.#bytes;
  }

  get rows(): number {
    return this.#rows;
  }

  /** Adds a frame of rows; after an error none of them is in the segment. */
  async append(frame: Buffer, rows: number): Promise<void> {
    await this.#write(frame);
    this.#rows += rows;
  }

  /** Closes the file, whether or not that succeeds: what is in it is in it. */
  async close(): Promise<Closed> {
    await this.#file.close().catch(ignore);
    return { ...this.name, rows: this.#rows, bytes: this.#bytes, begun: this.begun };
  }

  /** Bytes of a write that failed are in the file still: the next process would take them for accepted. */
  get isTorn(): boolean {
    return this.#isTorn;
  }

  /** Takes the bytes of a write that failed off the file. */
  async mend(): Promise<void> {
    await this.#file.truncate(this.#bytes);
    if (this.#fsync) await this.#file.sync();
    this.#isTorn = false;
  }

  async #write(frame: Buffer): Promise<void> {
    try {
      await writeAll(this.#file, frame, this.#bytes);
      if (this.#fsync) await this.#file.sync();
    } catch (error) {
      this.#isTorn = true;
      await this.mend().catch(ignore);
      throw error;
    }
    this.#bytes += frame.length;
  }
}

const ignore = (): void => {
  // The failure before it is the one that is told.
};

/** What is in a segment's file. */
export interface Content {
  /** Of all of it. */
  readonly bytes: number;
  readonly columns: readonly string[] | null;
  readonly begun: number;
  readonly rows: number;
  readonly ids: readonly BatchId[];
  /** Rows as `JSONCompactEachRow`. */
  readonly lines: Buffer;
  readonly damaged: Buffer;
}

/** Reads a segment's bytes as far as they are whole. */
export const readSegment = (bytes: Buffer): Content => {
  const { frames, damaged } = decodeFrames(bytes);
  const first = frames.find(({ head }) => head.columns !== undefined)?.head;
  return {
    bytes: bytes.length,
    columns: first?.columns ?? null,
    begun: first?.begun ?? 0,
    rows: frames.reduce((rows, { head }) => rows + head.rows, 0),
    ids: frames.flatMap(({ head }) => head.ids),
    lines: Buffer.concat(frames.map(({ lines }) => lines)),
    damaged: Buffer.concat(damaged),
  };
};
