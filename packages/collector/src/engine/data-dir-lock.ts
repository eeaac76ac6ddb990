import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../lib/logger.ts';
import { elapsed } from '../lib/system.ts';
import { writeWholeSync } from '../lib/write-whole.ts';
import { EngineError } from './engine-error.ts';
import { lockSocket } from './lock-socket.ts';
import { identify, isRunning, type ProcessIdentity } from './process-identity.ts';
import { removeScratchDir } from './scratch-dir.ts';

/** A data directory, taken by this process. */
export interface DataDirLock {
  /** Absolute. */
  readonly dataDir: string;
  /** Whether a collector in another container, whose processes are not seen from here, would be kept out. */
  readonly isGuarded: boolean;
  /**
   * Writes down what would be left behind if this process died: the engine's process and its scratch folder. A later
   * claim ends the one and deletes the other.
   */
  record(enginePid: number | null, scratchDir: string): void;
  /** Gives the directory back; what was recorded is gone by then. */
  release(): void;
}

/** What `engine.json` says. */
interface Note {
  readonly collector: ProcessIdentity;
  readonly engine: ProcessIdentity | null;
  readonly scratchDir: string;
}

const KILL_PATIENCE_MS = 10_000;

/**
 * Takes the data directory, with or without an engine in it, and clears away what a process that died left in it.
 * @param now milliseconds
 * @throws EngineError `in-use` if another process that is running has taken it
 */
export const lockDataDir = async (dataDir: string, now = elapsed): Promise<DataDirLock> => {
  const dir = resolve(dataDir);
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'engine.json');
  const left = read(file);
  if (left && isRunning(left.collector)) throw inUse(dir, ` (process ${left.collector.pid})`);
  const lock = await lockSocket(join(dir, 'collector.sock'));
  if (lock === null) throw inUse(dir, '');
  try {
    if (left) await clear(left, now);
    const record = recorder(file);
    record(null, '');
    return {
      dataDir: dir,
      isGuarded: lock.holds,
      record,
      release: () => {
        try {
          rmSync(file, { force: true });
        } catch {
          // It is not ours: a folder was in its place.
        }
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
};

/** The process that has taken a data directory and runs, as it is seen from here; null: none. */
export const holderOf = (dataDir: string): number | null => {
  const note = read(join(resolve(dataDir), 'engine.json'));
  return note !== null && isRunning(note.collector) ? note.collector.pid : null;
};

/** A guard that is off is told. */
export const warnIfUnguarded = ({ isGuarded }: DataDirLock, log: Log): void => {
  if (!isGuarded)
    log.warn('DATA_DIR can hold no socket: a second collector on it would not be noticed from another container');
};

const recorder = (file: string): DataDirLock['record'] => {
  const collector = identify(process.pid);
  if (!collector) throw new EngineError('failed', 'The system does not tell when this process started.');
  return (enginePid, scratchDir) => {
    const engine = enginePid === null ? null : identify(enginePid);
    try {
      writeWholeSync(file, JSON.stringify({ collector, engine, scratchDir } satisfies Note));
    } catch {
      // A full disk must not keep anything from running. At worst the next lock finds the engine's data in use.
    }
  };
};

const inUse = (dir: string, by: string): EngineError =>
  new EngineError(
    'in-use',
    `The data directory ${dir} is in use by another collector${by}: stop it, or give this one another DATA_DIR.`,
  );

const read = (file: string): Note | null => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Note;
  } catch {
    // None yet, or nothing that was written here; the socket and the engine's own lock still hold.
    return null;
  }
};

const clear = async ({ engine, scratchDir }: Note, now: () => number): Promise<void> => {
  if (engine) await end(engine, now);
  removeScratchDir(scratchDir);
};

const end = async (engine: ProcessIdentity, now: () => number): Promise<void> => {
  const patience = now() + KILL_PATIENCE_MS;
  while (isRunning(engine)) {
    if (now() > patience)
      throw new EngineError('failed', `The engine left behind (process ${engine.pid}) does not end.`);
    process.kill(engine.pid, 'SIGKILL');
    await sleep(20);
  }
};
