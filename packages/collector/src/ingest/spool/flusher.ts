import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../../http/api-error.ts';
import { errorOf, type Log } from '../../lib/logger.ts';
import type { Batch } from '../../store/lines.ts';
import { inTodaysSpelling } from '../../store/spelling/old-batch.ts';
import type { Store } from '../../store/store.ts';
import { isAway, isTooHeavy, StoreError } from '../../store/store-error.ts';
import type { BatchIdFiles } from './batch-id-files.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { FileSystem } from './file-system.ts';
import { type Blame, RetrySchedule } from './retry-schedule.ts';
import { type Closed, type Content, encodeSegment, readSegment, segmentFile } from './segment.ts';
import type { SegmentQueue } from './segment-queue.ts';
import { cutInHalves, isHalf, linesOf, writeHalves } from './split-segment.ts';
import type { BatchId } from './spool-frame.ts';

/** While those that failed wait for another turn, others are looked for this often, in milliseconds. */
const LOOK_MS = 100;
/** A segment that asks for too much at once is cut after so many tries: memory may be short for a moment only. */
const HEAVY_TRIES = 3;
/** From so many failures on a store that gives no answer is asked whether it answers others. */
const SILENT_TRIES = 5;
/** How long {@link Flusher.whileQuiesced} may take to begin, in milliseconds. */
const BETWEEN_MS = 20_000;
/** Batches that may be cut in halves for one segment: more means that it is not about single lines. */
const MOST_HALVED = 64;

/** What {@link Flusher} needs. */
export interface FlusherDeps {
  readonly files: FileSystem;
  /** The spool's folder. */
  readonly dir: string;
  readonly queue: SegmentQueue;
  readonly seen: BatchIdFiles;
  readonly deadLetters: DeadLetters;
  readonly store: Store;
  readonly log: Log;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** 0 ≤ x < 1 */
  readonly random: () => number;
  /** Milliseconds, however the clock is set. Missing: the machine's. */
  readonly elapsed?: () => number;
  readonly fsync: boolean;
  /**
   * Whether some table has rows of a batch that failed. Such a batch is never cut: halves have tokens of their own, and
   * what is there would be there twice. Missing: a batch that failed is stored nowhere.
   */
  readonly isPartlyStored?: (batch: Batch) => Promise<boolean>;
  /** Rows stored, for the metrics. */
  readonly stored: (rows: number) => void;
  /** Rows set aside, for the metrics. */
  readonly refused: (rows: number) => void;
  /** Bytes that were found damaged, for the metrics. */
  readonly damaged: (bytes: number) => void;
}

/** The file of a segment cannot be read. */
class FileError extends Error {
  override readonly name = 'FileError';
  readonly code: string;

  constructor(code: string) {
    super('The file of a segment cannot be read');
    this.code = code;
  }
}

/** Something to be done between segments, and whom to tell if it cannot be. */
interface Between {
  readonly job: () => Promise<void>;
  readonly giveUp: NodeJS.Timeout;
}

/** A segment that was begun so long ago, in milliseconds, may have rows of a day on which answers rely: see `query/admission/closed-days.ts`. */
const FRESH_MS = 15 * 60_000;

/**
 * Stores the segments one after the other: after any error the outcome is unknown, so the same bytes go with the same
 * token again, and the store recognises what it has. While the store is away they wait, in order. One that fails by itself
 * lets the others go on ({@link RetrySchedule}); it is cut in halves if it asks for too much, and set aside in the end, as is at
 * once what the store calls wrong.
 */
export class Flusher {
  readonly #deps: FlusherDeps;
  readonly #turns: RetrySchedule;
  readonly #stopping = new AbortController();
  /** What is to be done while every segment is stored whole or not at all. */
  readonly #whileQuiesced: Between[] = [];
  /** Tokens of segments that were tried and may be stored in part. Of what another process left, any may be. */
  readonly #doubtful: Set<string>;
  /** Tokens of segments whose damaged pieces were kept. */
  readonly #damagedKept = new Set<string>();
  #work: Promise<void> | null = null;
  #started = false;

  constructor(deps: FlusherDeps) {
    this.#deps = deps;
    this.#turns = new RetrySchedule(deps.queue, deps.random, deps.elapsed);
    this.#doubtful = new Set(deps.queue.tokens());
  }

  /** The store's tables are there. */
  start(): void {
    this.#started = true;
    this.wake();
  }

  /** There may be something to store. */
  wake(): void {
    const isIdle = this.#deps.queue.first === undefined && this.#whileQuiesced.length === 0;
    if (!this.#started || this.#stopping.signal.aborted || isIdle) return;
    this.#work ??= this.#run();
  }

  /**
   * Does something while every segment is stored whole or not at all: after those that were tried and failed, which are
   * stored or set aside first, and before any other is begun. What is accepted meanwhile waits in the spool.
   * @throws ApiError if that takes too long: the store is away, or has too little memory
   */
  whileQuiesced<T>(job: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => {
        this.#whileQuiesced.splice(this.#whileQuiesced.indexOf(waiting), 1);
        reject(new ApiError(409, 'busy', 'store', 'has a part of what was accepted half stored; try again later'));
      }, BETWEEN_MS);
      const waiting: Between = { job: () => job().then(resolve, reject), giveUp };
      this.#whileQuiesced.push(waiting);
      this.wake();
    });
  }

  /** Resolves when nothing is left to store. */
  async idle(): Promise<void> {
    this.wake();
    await this.#work;
  }

  /** Ends with the try that is under way, which may hang. What is not stored stays in the spool. */
  stop(): void {
    this.#stopping.abort();
  }

  async #run(): Promise<void> {
    const { queue } = this.#deps;
    const isWaiting = (): boolean => queue.first !== undefined || this.#whileQuiesced.length > 0;
    while (!this.#stopping.signal.aborted && isWaiting()) {
      const isSettling = this.#whileQuiesced.length > 0;
      if (isSettling && this.#doubtful.size === 0) {
        await this.#doBetween();
        continue;
      }
      const segment = this.#turns.next(isSettling ? this.#doubtful : null);
      if (segment === undefined) await this.#sleep(LOOK_MS);
      else await this.#turn(segment);
    }
    this.#work = null;
  }

  /** One at a time: whoever waits behind it can still give up. */
  async #doBetween(): Promise<void> {
    const next = this.#whileQuiesced.shift();
    clearTimeout(next?.giveUp);
    await next?.job();
  }

  async #turn(segment: Closed): Promise<void> {
    const answers = this.#turns.triesOf(segment) >= SILENT_TRIES && (await this.#answers());
    this.#doubtful.add(segment.token);
    try {
      await this.#finish(segment);
    } catch (error) {
      await this.#failed(segment, error, answers);
    }
  }

  /** True if the store answers now: a segment to which it says nothing all the same may be what silences it. */
  async #answers(): Promise<boolean> {
    try {
      await this.#deps.store.ping();
      return true;
    } catch {
      return false;
    }
  }

  async #failed(segment: Closed, error: unknown, answers: boolean): Promise<void> {
    const { wait, isSpent } = this.#turns.failed(segment, blame(error, answers), this.#whileQuiesced.length > 0);
    if (await this.#isSplit(segment, error)) return this.#sleep(wait);
    if (isSpent && (await this.#isSetAside(segment, error))) return;
    this.#deps.log.warn('a segment is not stored yet, trying again', {
      rows: segment.rows,
      wait_ms: Math.round(wait),
      error: errorOf(error),
    });
    await this.#sleep(wait);
  }

  async #sleep(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => {
      // Told to stop.
    });
  }

  /** Cuts a segment that asks for too much into two, each of which is a segment from then on. */
  async #isSplit(segment: Closed, error: unknown): Promise<boolean> {
    const { files, dir, queue, fsync, log } = this.#deps;
    if (!(error instanceof StoreError && isTooHeavy(error)) || segment.rows < 2) return false;
    if (this.#turns.triesOf(segment) < HEAVY_TRIES && !isHalf(segment.token)) return false;
    try {
      const content = await this.#read(segment);
      if (content === null || (await this.#hasTraces(segment, content))) return false;
      queue.begunToSplit(segment);
      const halves = await writeHalves(files, dir, segment, content, fsync);
      await queue.replace(segment, halves);
      this.#turns.cut(segment, halves);
      this.#leave(segment);
      log.warn('a segment asks too much of the store and was cut in two', {
        rows: segment.rows,
        error: errorOf(error),
      });
      return true;
    } catch (problem) {
      log.warn('a segment could not be cut in two', { error: errorOf(problem) });
      return false;
    }
  }

  async #hasTraces({ token }: Closed, { columns, lines }: Content): Promise<boolean> {
    if (columns === null) return true;
    return (await this.#deps.isPartlyStored?.({ token, columns, lines })) ?? false;
  }

  /** @returns false: the disk does not let it go */
  async #isSetAside(segment: Closed, error: unknown): Promise<boolean> {
    try {
      const content = error instanceof FileError ? null : await this.#read(segment);
      await this.#setAside(segment, content?.ids ?? [], error);
      return true;
    } catch (problem) {
      this.#deps.log.warn('a segment could not be set aside', { error: errorOf(problem) });
      return false;
    }
  }

  async #setAside(segment: Closed, ids: readonly BatchId[], error: unknown): Promise<void> {
    const { dir, queue, deadLetters } = this.#deps;
    await this.#keepIds(segment.token, ids);
    await queue.unsplit(segment);
    await deadLetters.move(join(dir, segmentFile(segment)), segment, reasonOf(error));
    this.#tell(segment.rows, error);
    queue.drop(segment);
    this.#leave(segment);
  }

  /** A segment is no longer here. */
  #leave(segment: Closed): void {
    this.#turns.forget(segment);
    this.#doubtful.delete(segment.token);
    this.#damagedKept.delete(segment.token);
  }

  /** @returns null: the file is gone @throws FileError */
  async #read(segment: Closed): Promise<Content | null> {
    const { files, dir } = this.#deps;
    try {
      const bytes = await files.read(join(dir, segmentFile(segment)));
      return readSegment(segment.isUnread ? bytes : bytes.subarray(0, segment.bytes));
    } catch (error) {
      const { code = 'unknown' } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return null;
      throw new FileError(code);
    }
  }

  /** Stores a segment and deletes it, or sets it aside. */
  async #finish(segment: Closed): Promise<void> {
    const { queue, log } = this.#deps;
    const content = await this.#read(segment);
    if (content === null) {
      log.error('a segment is gone from the spool', { rows: segment.rows });
      queue.drop(segment);
      this.#leave(segment);
      return;
    }
    if (segment.isUnread) return queue.know(segment, content);
    await this.#keepDamaged(segment, content);
    try {
      await this.#store(segment, content);
    } catch (error) {
      if (!(error instanceof StoreError) || error.outcome === 'unknown') throw error;
      await this.#setAside(segment, content.ids, error);
      return;
    }
    await this.#keepIds(segment.token, content.ids);
    await queue.delete(segment);
    this.#turns.stored(segment);
    this.#leave(segment);
  }

  async #keepDamaged(segment: Closed, { damaged }: Content): Promise<void> {
    if (damaged.length === 0 || this.#damagedKept.has(segment.token)) return;
    await this.#deps.deadLetters.keepDamaged(damaged, segment);
    this.#damagedKept.add(segment.token);
    this.#deps.damaged(damaged.length);
    this.#deps.log.error('a piece of a segment is damaged and was set aside', { bytes: damaged.length });
  }

  async #store(segment: Closed, { columns, lines, rows }: Content): Promise<void> {
    if (rows === 0) return;
    // Only what was damaged at its very beginning does not say its columns.
    if (columns === null) throw new StoreError('The columns of a segment are not known', 'refused', null, '');
    const { token } = segment;
    const rest = { number: segment.number, token: `${token}.wrong` };
    // A process before this one stored all but those, and died before it deleted the segment.
    if (this.#deps.queue.has(rest.token) || (await this.#deps.deadLetters.has(rest))) return;
    // A clock that was set back makes nothing fresh, and of a file that could not be read nobody knows.
    const isFresh = Math.abs(this.#deps.now() - segment.begun) < FRESH_MS;
    const batch = { ...inTodaysSpelling({ token, columns, lines }), isFresh };
    const wrong = await this.#storeReadable(batch, { left: MOST_HALVED });
    this.#deps.stored(rows - wrong.length);
    if (wrong.length === 0) return;
    const bytes = encodeSegment({ columns, begun: segment.begun }, wrong, []);
    await this.#deps.deadLetters.keep(bytes, { ...rest, rows: wrong.length }, 'unreadable');
    this.#tell(wrong.length, null);
  }

  /**
   * Stores a batch but for lines that the store cannot read: it is cut in halves until they stand alone. Halves have
   * tokens of their own, the same on every try.
   * @param cuts how often a batch may still be cut; the lines of those that would be cut later are left out whole
   * @returns the lines that were left out
   */
  async #storeReadable(batch: Batch, cuts: { left: number }): Promise<string[]> {
    try {
      await this.#deps.store.insert(batch);
      return [];
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      const isWhole = cuts.left === MOST_HALVED;
      const lines = linesOf(batch.lines);
      // Of a batch that was cut already, other parts may be stored: what is refused of it is left out by itself.
      if (error.outcome === 'refused' && !isWhole) return lines;
      if (error.outcome !== 'unreadable') throw error;
      if (lines.length === 1 || cuts.left === 0) return lines;
      cuts.left -= 1;
      const left: string[] = [];
      for (const [index, some] of cutInHalves(lines).entries()) {
        const token = `${batch.token}.${index}`;
        left.push(...(await this.#storeReadable({ ...batch, token, lines: Buffer.from(some.join('')) }, cuts)));
      }
      return left;
    }
  }

  /** On a full disk there is room for the ids when the segment is gone: they are tried again later. */
  async #keepIds(token: string, ids: readonly BatchId[]): Promise<void> {
    const { seen, now, log } = this.#deps;
    try {
      await seen.keep(token, ids, now());
    } catch (error) {
      log.warn('the ids of a segment could not be kept', { error: errorOf(error) });
    }
  }

  #tell(rows: number, error: unknown): void {
    this.#deps.refused(rows);
    this.#deps.log.error('rows were refused and set aside: see `passerby replay`', {
      rows,
      ...(error !== null && { error: errorOf(error) }),
    });
  }
}

/** @param answers the store was heard right before */
const blame = (error: unknown, answers: boolean): Blame => {
  if (error instanceof StoreError) return isAway(error) && !(answers && error.code === null) ? 'store' : 'segment';
  return error instanceof FileError ? 'segment' : 'disk';
};

/** The store's or the system's code, never their text: that may quote what was to be stored. */
const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
