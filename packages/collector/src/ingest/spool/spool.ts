import type { DiskSpace } from '../../lib/disk-space.ts';
import { elapsed, randomUuid } from '../../lib/system.ts';
import { lineOf } from '../../store/lines.ts';
import type { Row } from '../../store/row.ts';
import type { FileSystem } from './file-system.ts';
import { OpenSegment } from './segment.ts';
import { SegmentQueue } from './segment-queue.ts';
import { type BatchId, encodeFrame } from './spool-frame.ts';

/** What a beacon leaves to be stored. */
export interface Entry {
  readonly rows: readonly Row[];
  /** Batch id with its site; null: the sender gave none. */
  readonly id: string | null;
  /** Unix milliseconds at which it arrived. */
  readonly at: number;
  /** Takes back what was remembered of the rows: called if they could not be kept. */
  readonly undo: () => void;
}

/** Keeps accepted rows until the store has them. Its word is the collector's word: what it took is counted. */
export interface Spool {
  /** True if there is room for a beacon. To be asked before anything is changed on its behalf. */
  hasRoom(): boolean;
  /**
   * Takes rows; resolves when they are as safe as the spool promises. If they cannot be kept, all that could not be is
   * undone first, the newest before the older.
   * @throws SpoolError
   */
  append(entry: Entry): Promise<void>;
  /** Resolves when it is known what became of everything that was appended so far. */
  settled(): Promise<void>;
}

/** Rows could not be kept. */
export class SpoolError extends Error {
  override readonly name = 'SpoolError';
  /**
   * False: they could not be taken off the disk again either. If the process dies before that is mended they will have
   * been kept all the same, so that nobody may be told that they were not.
   */
  readonly isCertain: boolean;

  constructor(isCertain: boolean) {
    super('could not be kept');
    this.isCertain = isCertain;
  }
}

/** How the spool works. */
export interface SpoolOptions {
  readonly files: FileSystem;
  /** Folder of its own. */
  readonly dir: string;
  /** Columns of the rows. */
  readonly columns: readonly string[];
  /** Bytes that may wait for the store. */
  readonly most: number;
  /** Whether what was taken survives a loss of power, not only the death of the process. */
  readonly fsync: boolean;
  /** A segment has at most this many rows … */
  readonly segmentRows: number;
  /** … and its file this many bytes, unless it is what a single beacon left … */
  readonly segmentBytes: number;
  /**
   * … and it is closed so many milliseconds after its first rows came, if it is not full before.
   * @param sinceClosed milliseconds since the segment before was closed
   */
  readonly waitMs: (sinceClosed: number) => number;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Milliseconds, however the clock is set. Missing: the machine's. */
  readonly elapsed?: () => number;
  /** Makes the token of a segment. Missing: random ones. */
  readonly newToken?: () => string;
  /** Told when there is a segment to be stored. */
  readonly closed: () => void;
  /** Told why rows could not be kept. */
  readonly failed: (error: unknown) => void;
}

/** In an outage it is looked this often whether a segment can be closed, in milliseconds. */
const LOOK_MS = 50;
/** After a failure nothing is taken for this long, in milliseconds. */
const REST_MS = 1_000;
/** Bytes on their way to the disk: more means that it is slower than what comes in. */
const MOST_UNDER_WAY = 32 * 1024 * 1024;
/** Beacons in one write: who comes first does not wait for a crowd. */
const MOST_TOGETHER = 50;
/** What a frame has beside its lines and ids, in bytes, at most. */
const FRAME_BYTES = 64;
const RESERVED = { bytes: 64 * 1024 * 1024, share: 0.1 };

/**
 * Bytes of the disk that are left to the engine, which makes room by storing what waits: with less, beacons are refused. Of
 * a small disk it is a share.
 */
export const engineReserveOf = ({ total }: Pick<DiskSpace, 'total'>): number =>
  Math.min(RESERVED.bytes, total * RESERVED.share);

interface Waiting extends Entry {
  readonly lines: string;
  /** What they take in a file, with their id. */
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (error: SpoolError) => void;
}

/**
 * The spool in `DATA_DIR/spool`. Rows are appended to one segment at a time; what arrives while a write is under way goes
 * into the next write, so that under load one write serves many requests.
 */
export class DurableSpool implements Spool {
  readonly queue: SegmentQueue;
  /** Ids of the beacons that an earlier process left in it. */
  readonly seen: readonly BatchId[];
  readonly #options: SpoolOptions;
  readonly #elapsed: () => number;
  readonly #newToken: () => string;
  #waiting: Waiting[] = [];
  #bytesUnderWay = 0;
  #rowsUnderWay = 0;
  /** The one actor on the open segment, while it has something to do. */
  #work: Promise<void> | null = null;
  #open: OpenSegment | null = null;
  /** Bytes with which a segment begins. */
  readonly #firstFrame: number;
  #number: number;
  #closeDue = false;
  #timer: NodeJS.Timeout | undefined;
  #lastClosed = Number.NEGATIVE_INFINITY;
  #restUntil = Number.NEGATIVE_INFINITY;
  #diskIsFull = false;

  private constructor(options: SpoolOptions, queue: SegmentQueue, seen: readonly BatchId[]) {
    this.#options = options;
    this.#elapsed = options.elapsed ?? elapsed;
    this.#newToken = options.newToken ?? randomUuid;
    this.queue = queue;
    this.seen = seen;
    this.#number = queue.highest;
    this.#firstFrame = encodeFrame({ columns: options.columns, begun: options.now(), rows: 0, ids: [] }, '').length;
  }

  /** Opens the folder and finds what an earlier process left in it. */
  static async open(options: SpoolOptions): Promise<DurableSpool> {
    await options.files.makeDir(options.dir);
    const { queue, seen } = await SegmentQueue.open(options.files, options.dir, options.fsync);
    return new DurableSpool(options, queue, seen);
  }

  /** Rows taken and not yet stored. */
  get rows(): number {
    return this.queue.rows + (this.#open?.rows ?? 0) + this.#rowsUnderWay;
  }

  /** Bytes of them. */
  get bytes(): number {
    return this.queue.bytes + (this.#open?.bytes ?? 0) + this.#bytesUnderWay;
  }

  /** When the oldest of them was taken, Unix milliseconds; null: there is none. */
  get oldest(): number | null {
    return this.queue.first?.begun ?? this.#open?.begun ?? null;
  }

  hasRoom(): boolean {
    return (
      !this.#diskIsFull &&
      this.#open?.isTorn !== true &&
      this.bytes < this.#options.most &&
      this.#bytesUnderWay < MOST_UNDER_WAY &&
      this.#elapsed() >= this.#restUntil
    );
  }

  append(entry: Entry): Promise<void> {
    const lines = entry.rows.map(lineOf).join('');
    const bytes = Buffer.byteLength(lines) + Buffer.byteLength(JSON.stringify([entry.id, entry.at])) + 1;
    this.#bytesUnderWay += bytes;
    this.#rowsUnderWay += entry.rows.length;
    return new Promise((resolve, reject) => {
      const { rows, id, at, undo } = entry;
      this.#waiting.push({ rows, id, at, undo, lines, bytes, resolve, reject });
      this.#wake();
    });
  }

  async settled(): Promise<void> {
    while (this.#rowsUnderWay > 0) await this.#work;
  }

  /** Closes the segment that is being written, so that it can be stored. */
  async close(): Promise<void> {
    await this.settled();
    this.#closeDue = true;
    this.#wake();
    await this.#work;
  }

  /** Somebody asks for what is in the open segment: it does not wait for company any longer. */
  async hurry(): Promise<void> {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#closeLater();
    await this.#work;
  }

  /** Looks at the disk and for segments that somebody put into the folder. To be called about every second. */
  async look(): Promise<void> {
    const { files, dir } = this.#options;
    try {
      const space = await files.space(dir);
      this.#diskIsFull = space.free < engineReserveOf(space);
    } catch {
      // Not every file system tells; a write that fails does.
      this.#diskIsFull = false;
    }
    if (this.#open?.isTorn) await this.close();
    await this.queue.tidy();
    await this.queue.takeIn();
    if (this.queue.first !== undefined) this.#options.closed();
  }

  #wake(): void {
    this.#work ??= this.#run();
  }

  async #run(): Promise<void> {
    // Whatever else arrives in this turn of the event loop goes with it.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0 || this.#closeDue) {
      if (!this.#closeDue && this.#isFullFor(this.#waiting[0])) this.#closeDue = true;
      if (this.#closeDue) await this.#closeOpen();
      else await this.#commit(this.#nextGroup());
    }
    this.#work = null;
  }

  /** True if the open segment has rows, and these would take it over its size. */
  #isFullFor(next: Waiting | undefined): boolean {
    const open = this.#open;
    if (open === null || open.isTorn || open.rows === 0 || next === undefined) return false;
    const room = this.#room();
    return next.rows.length > room.rows || next.bytes > room.bytes;
  }

  /** Takes those that are written together: as many as there is room for in the segment, and one at least. */
  #nextGroup(): Waiting[] {
    const room = this.#room();
    let taken = 0;
    for (const { rows, bytes } of this.#waiting) {
      room.rows -= rows.length;
      room.bytes -= bytes;
      if (taken > 0 && (taken === MOST_TOGETHER || room.rows < 0 || room.bytes < 0)) break;
      taken += 1;
    }
    return this.#waiting.splice(0, taken);
  }

  /** What still fits the open segment, or one that is begun now. */
  #room(): { rows: number; bytes: number } {
    const { segmentRows, segmentBytes } = this.#options;
    const { rows, bytes } = this.#open ?? { rows: 0, bytes: this.#firstFrame };
    return { rows: segmentRows - rows, bytes: segmentBytes - bytes - FRAME_BYTES };
  }

  /** Writes a group, or fails it and all that came later, which may build on what it changed. */
  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      this.#open ??= await this.#begin();
      const ids = group.flatMap(({ id, at }): BatchId[] => (id === null ? [] : [[id, at]]));
      const rows = count(group);
      await this.#open.append(encodeFrame({ rows, ids }, group.map(({ lines }) => lines).join('')), rows);
      this.#landed(group);
      for (const { resolve } of group) resolve();
    } catch (error) {
      this.#restUntil = this.#elapsed() + REST_MS;
      const failed = [...group, ...this.#waiting].reverse();
      this.#waiting = [];
      this.#landed(failed);
      for (const { undo } of failed) undo();
      const isCertain = this.#open?.isTorn !== true;
      for (const { reject } of failed) reject(new SpoolError(isCertain));
      this.#closeDue = this.#open !== null && isCertain;
      this.#options.failed(error);
      return;
    }
    const { segmentRows, segmentBytes } = this.#options;
    if (this.#open.rows >= segmentRows || this.#open.bytes >= segmentBytes) this.#closeDue = true;
    else this.#timer ??= setTimeout(() => this.#closeLater(), this.#delay());
  }

  #landed(entries: readonly Waiting[]): void {
    for (const { bytes, rows } of entries) {
      this.#bytesUnderWay -= bytes;
      this.#rowsUnderWay -= rows.length;
    }
  }

  #begin(): Promise<OpenSegment> {
    const { files, dir, columns, fsync, now } = this.#options;
    this.#number += 1;
    const name = { number: this.#number, token: this.#newToken() };
    this.queue.expect(name.token);
    return OpenSegment.create(files, dir, name, { columns, begun: now(), fsync });
  }

  #delay(): number {
    return this.#options.waitMs(this.#elapsed() - this.#lastClosed);
  }

  /**
   * In an outage segments are closed only when they are full: a day of it is not to be a hundred thousand files. Those
   * that failed by themselves and wait for another turn hold up nobody, unless they are many.
   */
  #closeLater(): void {
    if (!this.queue.isClear) {
      this.#timer = setTimeout(() => this.#closeLater(), LOOK_MS);
      return;
    }
    this.#closeDue = true;
    this.#wake();
  }

  async #mend(open: OpenSegment): Promise<boolean> {
    try {
      await open.mend();
      return true;
    } catch {
      // Nothing is taken until it succeeds, see hasRoom().
      return false;
    }
  }

  async #closeOpen(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#closeDue = false;
    const open = this.#open;
    if (open === null) return;
    if (open.isTorn && !(await this.#mend(open))) return;
    const closed = await open.close();
    this.#open = null;
    this.#lastClosed = this.#elapsed();
    this.queue.push(closed);
    this.#options.closed();
  }
}

const count = (entries: readonly Entry[]): number => entries.reduce((sum, { rows }) => sum + rows.length, 0);
