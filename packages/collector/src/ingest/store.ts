import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { StoreError } from '../store/error.ts';
import type { Batch } from '../store/lines.ts';
import type { Store } from '../store/store.ts';
import type { Aside } from './spool/aside.ts';
import type { Files } from './spool/files.ts';
import { encodeFrame, type SeenId } from './spool/frame.ts';
import type { SegmentQueue } from './spool/queue.ts';
import type { SeenFiles } from './spool/seen-files.ts';
import { type Closed, type Content, readSegment, segmentFile } from './spool/segment.ts';

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;
/** Batches that may be cut in halves for one segment: more means that it is not about single lines. */
const MOST_HALVED = 64;

/** What {@link Drain} needs. */
export interface DrainDeps {
  readonly files: Files;
  /** The spool's folder. */
  readonly dir: string;
  readonly queue: SegmentQueue;
  readonly seen: SeenFiles;
  readonly aside: Aside;
  readonly store: Store;
  readonly log: Log;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** 0 ≤ x < 1 */
  readonly random: () => number;
  /** Rows stored, for the metrics. */
  readonly stored: (rows: number) => void;
  /** Rows set aside, for the metrics. */
  readonly refused: (rows: number) => void;
  /** Bytes that were found damaged, for the metrics. */
  readonly damaged: (bytes: number) => void;
}

/**
 * Stores the segments one after the other, each for as long as it takes: after any error the outcome is unknown, so the
 * same bytes go with the same token again, and the store recognises what it has. What the store calls wrong is set
 * aside, so that it does not hold up the rest.
 */
export class Drain {
  readonly #deps: DrainDeps;
  readonly #stopping = new AbortController();
  /** What is to be done while every segment is stored whole or not at all. */
  readonly #between: (() => Promise<void>)[] = [];
  #work: Promise<void> | null = null;
  #started = false;
  /** The first segment was not begun. Of what another process left, it may have been. */
  #isWhole: boolean;

  constructor(deps: DrainDeps) {
    this.#deps = deps;
    this.#isWhole = deps.queue.first === undefined;
  }

  /** The store's tables are there. */
  start(): void {
    this.#started = true;
    this.wake();
  }

  /** There may be something to store. */
  wake(): void {
    const isIdle = this.#deps.queue.first === undefined && this.#between.length === 0;
    if (!this.#started || this.#stopping.signal.aborted || isIdle) return;
    this.#work ??= this.#run();
  }

  /**
   * Does something while every segment is stored whole or not at all: after the one that is under way, before the next.
   * What is accepted meanwhile waits in the spool. While the store is away this waits too.
   */
  between<T>(job: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#between.push(() => job().then(resolve, reject));
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
    const { queue, log, random } = this.#deps;
    const { signal } = this.#stopping;
    let wait = FIRST_WAIT_MS;
    while (!signal.aborted && (queue.first !== undefined || this.#between.length > 0)) {
      if (this.#isWhole || queue.first === undefined) await this.#doBetween();
      if (queue.first === undefined) continue;
      try {
        this.#isWhole = false;
        await this.#finish(queue.first);
        this.#isWhole = true;
        wait = FIRST_WAIT_MS;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
          log.error('a segment is gone from the spool', { rows: queue.first.rows });
          queue.drop();
          continue;
        }
        log.warn('a segment is not stored yet, trying again', {
          rows: queue.first.rows,
          wait_ms: wait,
          ...codeOf(error),
        });
        await sleep(wait * (0.5 + random()), undefined, { signal }).catch(() => {
          // Told to stop.
        });
        wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      }
    }
    this.#work = null;
  }

  async #doBetween(): Promise<void> {
    for (const job of this.#between.splice(0)) await job();
  }

  /** Stores a segment and deletes it, or sets it aside. */
  async #finish(segment: Closed): Promise<void> {
    const { files, dir, queue, aside, damaged } = this.#deps;
    const path = join(dir, segmentFile(segment));
    const content = readSegment((await files.read(path)).subarray(0, segment.bytes));
    if (content.damaged.length > 0) {
      await aside.keepDamaged(content.damaged, segment);
      damaged(content.damaged.length);
      this.#deps.log.error('a piece of a segment is damaged and was set aside', { bytes: content.damaged.length });
    }
    try {
      await this.#store(segment, content);
    } catch (error) {
      if (!(error instanceof StoreError) || error.outcome === 'unknown') throw error;
      await this.#keepIds(segment.token, content.ids);
      await aside.move(path, segment, String(error.code));
      this.#tell(segment.rows, error);
      queue.drop();
      return;
    }
    await this.#keepIds(segment.token, content.ids);
    await queue.delete();
  }

  async #store(segment: Closed, { columns, lines, rows }: Content): Promise<void> {
    if (rows === 0) return;
    // Only what was damaged at its very beginning does not say its columns.
    if (columns === null) throw new StoreError('The columns of a segment are not known', 'refused', null, '');
    const { token } = segment;
    const rest = { number: segment.number, token: `${token}.wrong` };
    // A process before this one stored all but those, and died before it deleted the segment.
    if (this.#deps.queue.has(rest.token) || (await this.#deps.aside.has(rest))) return;
    const wrong = await this.#storeReadable({ token, columns, lines }, { left: MOST_HALVED });
    this.#deps.stored(rows - wrong.length);
    if (wrong.length === 0) return;
    const bytes = [
      encodeFrame({ columns, begun: segment.begun, rows: 0, ids: [] }, ''),
      encodeFrame({ rows: wrong.length, ids: [] }, wrong.join('')),
    ];
    await this.#deps.aside.keep(Buffer.concat(bytes), { ...rest, rows: wrong.length }, 'unreadable');
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
      const lines = batch.lines.toString().split(/(?<=\n)/);
      // Of a batch that was cut already, other parts may be stored: what is refused of it is left out by itself.
      if (error.outcome === 'refused' && !isWhole) return lines;
      if (error.outcome !== 'unreadable') throw error;
      if (lines.length === 1 || cuts.left === 0) return lines;
      cuts.left -= 1;
      const middle = lines.length >> 1;
      const half = (name: string, some: readonly string[]): Promise<string[]> =>
        this.#storeReadable({ ...batch, token: batch.token + name, lines: Buffer.from(some.join('')) }, cuts);
      return [...(await half('.0', lines.slice(0, middle))), ...(await half('.1', lines.slice(middle)))];
    }
  }

  /** On a full disk there is room for the ids when the segment is gone: they are tried again later. */
  async #keepIds(token: string, ids: readonly SeenId[]): Promise<void> {
    const { seen, now, log } = this.#deps;
    try {
      await seen.keep(token, ids, now());
    } catch (error) {
      log.warn('the ids of a segment could not be kept', codeOf(error));
    }
  }

  #tell(rows: number, error: StoreError | null): void {
    this.#deps.refused(rows);
    this.#deps.log.error('rows were refused and set aside: see `passerby replay`', {
      rows,
      ...(error === null ? {} : codeOf(error)),
    });
  }
}

/** The store's or the system's code, never their text: that may quote what was to be stored. */
const codeOf = (error: unknown): { error: string } => ({
  error: error instanceof Error ? `${error.name}${'code' in error ? ` ${String(error.code)}` : ''}` : 'unknown',
});
