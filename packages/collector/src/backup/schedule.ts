import { ApiError } from '../http/api-error.ts';
import { errorOf, type Log } from '../lib/logger.ts';
import { elapsed as systemElapsed } from '../lib/system.ts';
import { latestTime, nextTime } from '../lib/times-of-day.ts';
import type { BackupState } from './backup-state.ts';
import { listKept, nameAt, thin } from './folder.ts';
import type { Pace } from './gently.ts';
import type { BackupHistory } from './history.ts';
import { BackupError, makeScheduled, type ScheduledDeps } from './scheduled.ts';

/** When, where and how many. */
export interface BackupPlan {
  /** Folder of backups, which is there. */
  readonly dir: string;
  /** Times of the day, as `parseTimesOfDay` gives them. */
  readonly at: readonly string[];
  /** How many are kept, 1 at least. */
  readonly keep: number;
}

/** What {@link createBackupSchedule} needs. */
export interface BackupScheduleDeps extends ScheduledDeps {
  /** null: none is made by schedule. */
  readonly plan: BackupPlan | null;
  readonly history: BackupHistory;
  readonly log: Log;
  /** Milliseconds, however the clock is set. Missing: the machine's. */
  readonly elapsed?: () => number;
  /** See {@link Pace}. */
  readonly rest?: Pace['rest'];
}

/** One that somebody asked for. */
export interface Asked {
  /** Milliseconds from its beginning to its end. */
  readonly tookMs: number;
  readonly bytes: number;
  /** Why it failed; null: it did not. */
  readonly error: unknown;
}

/** Makes backups when it is time, and knows what became of them. */
export interface BackupSchedule {
  /** The store is there: what is due may be made. */
  start(): Promise<void>;
  /** To be called about every second: begins what is due, and does not wait for it. */
  tick(): void;
  state(): BackupState;
  /** Notes what became of one that somebody asked for. */
  note(asked: Asked): Promise<void>;
  /** Begins no more, and breaks off what is under way: it is made up for after the next start. */
  stop(): void;
  /** Resolves when none is under way any more. */
  settled(): Promise<void>;
}

/** How long after a start, in milliseconds, what was missed before is made up for: the start has work enough. */
const GRACE_MS = 5 * 60_000;
/** What failed is tried again after this time, so often. */
const AGAIN_MS = 15 * 60_000;
const TRIES = 4;
/** While another one is under way it is looked again after this time. */
const BUSY_MS = 10_000;
const DAY_MS = 86_400_000;

/** A time of the schedule that has no backup. */
interface Due {
  readonly time: number;
  /** Milliseconds, as `elapsed` has them, from which on it is made. */
  readonly from: number;
  /** How often it was tried. */
  readonly tries: number;
}

/** Makes backups at times of the day. What was missed is made up for once. */
export const createBackupSchedule = (deps: BackupScheduleDeps): BackupSchedule => {
  const { plan, history, now, log, elapsed = systemElapsed } = deps;
  const stopping = new AbortController();
  const pace: Pace = { elapsed, signal: stopping.signal, ...(deps.rest && { rest: deps.rest }) };
  /** The latest time that was looked at, if it has to wait; null: not started. */
  let waiting: Due | null = null;
  let running: Promise<void> | null = null;
  let [kept, failures] = [0, 0];

  /** @returns null: no time is without its backup */
  const dueOf = ({ at }: BackupPlan): Due | null => {
    const [time, { done }] = [latestTime(at, now()), history.known];
    // A clock that was ahead when the last one was made must not keep the next ones from being made.
    if (done !== null && done >= time && done <= now() + DAY_MS) return null;
    return waiting !== null && time <= waiting.time ? { ...waiting, time } : { time, from: elapsed(), tries: 0 };
  };

  const note = async (file: string | null, { tookMs, bytes, error }: Asked): Promise<void> => {
    const ok = error === null;
    if (!ok) failures += 1;
    await history.note({
      at: new Date(now()).toISOString(),
      ok,
      file: ok ? file : null,
      bytes: ok ? bytes : null,
      tookMs: Math.ceil(tookMs),
      error: ok ? null : reasonOf(error),
    });
  };

  const look = async ({ dir }: BackupPlan): Promise<void> => {
    const files = await listKept(dir);
    kept = files.length;
    const newest = files.find(({ at }) => at <= now());
    if (newest !== undefined) await history.learn(newest.at);
  };

  const make = async ({ dir, keep }: BackupPlan, { time, tries }: Due): Promise<void> => {
    const [at, begun] = [now(), elapsed()];
    const file = nameAt(at);
    const begins = (estimated: number): void => log.info('a backup begins', { file, estimated });
    const outcome = await makeScheduled(deps, { dir, file, time, pace, begins });
    if (outcome === 'busy') {
      waiting = { time, from: elapsed() + BUSY_MS, tries };
      return;
    }
    if (outcome !== 'there') {
      const { bytes } = outcome;
      const tookMs = elapsed() - begun;
      await note(file, { tookMs, bytes, error: null });
      log.info('a backup was made', { file, bytes, ms: Math.ceil(tookMs) });
      await thin(dir, file, keep, now()).catch((error: unknown) =>
        log.warn('backups that are too many cannot be deleted', { error: errorOf(error) }),
      );
    }
    // A time that came meanwhile is not in it.
    await history.settle(at);
  };

  const fail = async ({ time, tries }: Due, tookMs: number, error: unknown): Promise<void> => {
    if (stopping.signal.aborted)
      return log.info('a backup is broken off by the end, and made up for after the next start');
    log.error('a backup failed', { error: reasonOf(error), try: tries + 1 });
    await note(null, { tookMs, bytes: 0, error });
    if (tries + 1 === TRIES) await history.settle(now());
    else waiting = { time, from: elapsed() + AGAIN_MS, tries: tries + 1 };
  };

  const run = async (due: Due, by: BackupPlan): Promise<void> => {
    const begun = elapsed();
    await make(by, due).catch((error: unknown) => fail(due, elapsed() - begun, error));
    await look(by).catch(() => {
      // The folder is away: the next backup says so.
    });
  };

  return {
    async start() {
      if (plan === null) return;
      waiting = { time: latestTime(plan.at, now()), from: elapsed() + GRACE_MS, tries: 0 };
      await look(plan).catch(() => {
        // As above.
      });
    },
    tick() {
      if (plan === null || waiting === null || running !== null || stopping.signal.aborted) return;
      const due = dueOf(plan);
      if (due === null || due.from > elapsed()) return;
      running = run(due, plan).finally(() => {
        running = null;
      });
    },
    state() {
      const due = plan && dueOf(plan);
      const next = plan && (due ? now() + Math.max(0, due.from - elapsed()) : nextTime(plan.at, now()));
      return {
        dir: plan?.dir ?? null,
        every: plan?.at ?? [],
        kept,
        last: history.known.last,
        lastGood: history.known.lastGood,
        next: next === null ? null : new Date(next).toISOString(),
        failures,
        isUnderWay: running !== null,
      };
    },
    note: (asked) => note(null, asked),
    stop: () => stopping.abort(),
    async settled() {
      await running;
      await deps.backups.settled();
    },
  };
};

/** Why it failed, in a word: a code of ours or of the system, or the name of the error. */
const reasonOf = (error: unknown): string =>
  error instanceof ApiError || error instanceof BackupError ? error.code : errorOf(error);
