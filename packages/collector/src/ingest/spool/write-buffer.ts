import { join } from 'node:path';
import { errorOf } from '../../lib/logger.ts';
import { COLUMNS } from '../../store/lines.ts';
import { MAX_AGE_MS } from '../validate.ts';
import { SeenFiles } from './batch-id-files.ts';
import { Aside } from './dead-letters.ts';
import { Drain, type DrainDeps } from './flusher.ts';
import type { SeenId } from './frame.ts';
import { DurableSpool, type Spool } from './spool.ts';

/**
 * A segment is one block of an insert: that is at most 16,384 rows. Of this size the embedded engine needs 14 to 26 MB for
 * one, whatever is in it; from 10 MB on, where a part of a table gets a file a column, it is 200.
 */
const SEGMENT = { segmentRows: 10_000, segmentBytes: 4 * 1024 * 1024, segmentMs: 1000 };

/** What {@link openKeeping} needs. */
export interface KeepingDeps
  extends Pick<
    DrainDeps,
    'files' | 'store' | 'log' | 'now' | 'random' | 'stored' | 'refused' | 'damaged' | 'isPartlyStored'
  > {
  /** `spool/` and `rejected/` lie in it. */
  readonly dataDir: string;
  /** Bytes that may wait for the store. */
  readonly most: number;
  /** Whether what is accepted survives a loss of power. */
  readonly fsync: boolean;
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
export interface Keeping {
  readonly spool: Spool;
  /** Batch ids of before, which may be sent again. */
  readonly seen: readonly SeenId[];
  backlog(): Backlog;
  /** The store's tables are there: what waits may be stored. */
  start(): void;
  /** Does something while what was accepted in one go is stored whole or not at all, see {@link Drain.between}. */
  between<T>(job: () => Promise<T>): Promise<T>;
  /** Housekeeping: to be called about every second. */
  look(): Promise<void>;
  /** Stores all that was accepted. */
  flush(): Promise<void>;
  /** Ends. What is not stored stays on the disk. */
  close(): Promise<void>;
}

/** Opens the spool in the data directory, with what an earlier process left in it. */
export const openKeeping = async (deps: KeepingDeps): Promise<Keeping> => {
  const { files, dataDir, fsync, now } = deps;
  const dir = join(dataDir, 'spool');
  const aside = await Aside.open(files, join(dataDir, 'rejected'), fsync);
  const spool: DurableSpool = await DurableSpool.open({
    ...SEGMENT,
    files,
    dir,
    columns: COLUMNS,
    most: deps.most,
    fsync,
    now,
    closed: () => drain.wake(),
    failed: (error) => deps.log.error('hits cannot be kept and are refused', { error: errorOf(error) }),
  });
  const seenFiles = new SeenFiles(files, dir, MAX_AGE_MS, fsync);
  const seen = [...(await seenFiles.read(now())), ...spool.seen];
  const drain: Drain = new Drain({ ...deps, dir, queue: spool.queue, seen: seenFiles, aside });
  let looking: Promise<void> = Promise.resolve();
  const warn = (error: unknown): void => deps.log.warn('the spool cannot be looked after', { error: errorOf(error) });
  /** Each for itself: what one of them trips over is not to keep the others from their work. */
  const look = async (): Promise<void> => {
    await spool.look().catch(warn);
    await seenFiles.sweep(now()).catch(warn);
    await aside.look().catch(warn);
  };
  return {
    spool,
    seen,
    backlog: () => ({
      rows: spool.rows,
      bytes: spool.bytes,
      behind: spool.oldest === null ? 0 : Math.max(0, Math.floor((now() - spool.oldest) / 1000)),
      rejected: aside.count,
      damaged: aside.damaged,
    }),
    start: () => drain.start(),
    between: (job) => drain.between(job),
    look() {
      looking = looking.then(look);
      return looking;
    },
    async flush() {
      await spool.close();
      await drain.idle();
    },
    async close() {
      drain.stop();
      await spool.close();
      await looking;
    },
  };
};
