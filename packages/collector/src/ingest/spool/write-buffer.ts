import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorOf } from '../../lib/logger.ts';
import { COLUMNS } from '../../store/lines.ts';
import { MAX_AGE_MS } from '../validate.ts';
import { BatchIdFiles } from './batch-id-files.ts';
import { DeadLetters } from './dead-letters.ts';
import { Flusher, type FlusherDeps } from './flusher.ts';
import { DurableSpool, type Spool } from './spool.ts';
import type { BatchId } from './spool-frame.ts';

/**
 * A segment is one block of an insert: that is at most 16,384 rows. Of this size the embedded engine needs 14 to 26 MB for
 * one, whatever is in it; from 10 MB on, where a part of a table gets a file a column, it is 200.
 */
const SEGMENT = { segmentRows: 10_000, segmentBytes: 4 * 1024 * 1024 };
/** A lone hit waits this long for company, in milliseconds. */
const SETTLE_MS = 50;
/** While somebody looks a segment is closed this often, in milliseconds. */
const LOOKED_MS = 1000;
/**
 * While nobody does rows wait this long for company, unless nothing came for as long. The engine writes some 110 kB for a block, be it of
 * one row or of hundreds, and what waits is on the disk already.
 */
const UNSEEN_MS = 10_000;
const waitMs = (isLookedAt: boolean, sinceClosed: number): number => {
  if (isLookedAt) return Math.max(SETTLE_MS, LOOKED_MS - sinceClosed);
  return sinceClosed < UNSEEN_MS ? UNSEEN_MS : SETTLE_MS;
};
/** How long a question waits for what was accepted before it, in milliseconds. */
const CATCH_UP_MS = 500;

/** What {@link openWriteBuffer} needs. */
export interface WriteBufferDeps
  extends Pick<
    FlusherDeps,
    'files' | 'store' | 'log' | 'now' | 'random' | 'stored' | 'refused' | 'damaged' | 'isPartlyStored'
  > {
  /** `spool/` and `rejected/` lie in it. */
  readonly dataDir: string;
  /** Bytes that may wait for the store. */
  readonly most: number;
  /** Whether what is accepted survives a loss of power. */
  readonly fsync: boolean;
  /** Whether somebody looks at what is stored. Missing: always. */
  readonly isLookedAt?: () => boolean;
}

/** What is kept and not stored yet. */
export interface Backlog {
  readonly rows: number;
  readonly bytes: number;
  /** Seconds since the oldest row was accepted; 0: there is none. */
  readonly behind: number;
  /** Segments, and parts of such, that were set aside and can be put back. */
  readonly rejected: number;
  /** Pieces of segments that were damaged on the disk and set aside. */
  readonly damaged: number;
}

/** Keeps what is accepted: the spool, and what carries it on to the store. */
export interface WriteBuffer {
  readonly spool: Spool;
  /** Batch ids of before, which may be sent again. */
  readonly seen: readonly BatchId[];
  backlog(): Backlog;
  /** The store's tables are there: what waits may be stored. */
  start(): void;
  /** Somebody begins to look: stores what waits for company. Resolves when that is done, or takes long. */
  catchUp(): Promise<void>;
  /** Catches up, and does something while what was accepted in one go is stored whole or not at all, see {@link Flusher.whileQuiesced}. */
  whileQuiesced<T>(job: () => Promise<T>): Promise<T>;
  /** Housekeeping: to be called about every second. */
  look(): Promise<void>;
  /** Stores all that was accepted. */
  flush(): Promise<void>;
  /** Ends. What is not stored stays on the disk. */
  close(): Promise<void>;
}

/** Opens the spool in the data directory, with what an earlier process left in it. */
export const openWriteBuffer = async (deps: WriteBufferDeps): Promise<WriteBuffer> => {
  const { files, dataDir, fsync, now } = deps;
  const dir = join(dataDir, 'spool');
  const deadLetters = await DeadLetters.open(files, join(dataDir, 'rejected'), fsync);
  const spool: DurableSpool = await DurableSpool.open({
    ...SEGMENT,
    waitMs: (sinceClosed) => waitMs(deps.isLookedAt?.() ?? true, sinceClosed),
    files,
    dir,
    columns: COLUMNS,
    most: deps.most,
    fsync,
    now,
    closed: () => flusher.wake(),
    failed: (error) => deps.log.error('hits cannot be kept and are refused', { error: errorOf(error) }),
  });
  const batchIdFiles = new BatchIdFiles(files, dir, MAX_AGE_MS, fsync);
  const seen = [...(await batchIdFiles.read(now())), ...spool.seen];
  const flusher: Flusher = new Flusher({ ...deps, dir, queue: spool.queue, seen: batchIdFiles, deadLetters });
  let looking: Promise<void> = Promise.resolve();
  const warn = (error: unknown): void => deps.log.warn('the spool cannot be looked after', { error: errorOf(error) });
  /** Each for itself: what one of them trips over is not to keep the others from their work. */
  const look = async (): Promise<void> => {
    await spool.look().catch(warn);
    await batchIdFiles.sweep(now()).catch(warn);
    await deadLetters.look().catch(warn);
  };
  const catchUp = async (): Promise<void> => {
    const stored = spool.hurry().then(() => flusher.idle());
    await Promise.race([stored, sleep(CATCH_UP_MS, undefined, { ref: false })]);
  };
  return {
    spool,
    seen,
    backlog: () => ({
      rows: spool.rows,
      bytes: spool.bytes,
      behind: spool.oldest === null ? 0 : Math.max(0, Math.floor((now() - spool.oldest) / 1000)),
      rejected: deadLetters.count,
      damaged: deadLetters.damaged,
    }),
    start: () => flusher.start(),
    catchUp,
    async whileQuiesced(job) {
      await catchUp();
      return flusher.whileQuiesced(job);
    },
    look() {
      looking = looking.then(look);
      return looking;
    },
    async flush() {
      await spool.close();
      await flusher.idle();
    },
    async close() {
      flusher.stop();
      await spool.close();
      await looking;
    },
  };
};
