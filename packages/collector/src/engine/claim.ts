import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from './errors.ts';
import { identify, isRunning, type ProcessIdentity } from './process-identity.ts';
import { makeScratchDir, removeScratchDir } from './scratch.ts';

/** A data directory, taken by this collector. */
export interface Claim {
  /** Folder, in memory where there is one, for what lives no longer than the engine's process. */
  readonly scratchDir: string;
  /** Writes down the engine's process, so that a later collector can end it if this one dies. */
  record(enginePid: number): void;
  /** Gives the directory back. */
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
 * Takes the data directory: ends an engine that a dead collector left behind and deletes what it left.
 * @throws EngineError `in-use` if another collector is running on it
 */
export const claim = async (dataDir: string): Promise<Claim> => {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'engine.json');
  const left = read(file);
  if (left) await clear(left, dataDir);
  const collector = identify(process.pid);
  if (!collector) throw new EngineError('failed', 'The system does not tell when this process started.');
  const scratchDir = makeScratchDir();
  const write = (engine: ProcessIdentity | null): void => {
    writeFileSync(`${file}.new`, JSON.stringify({ collector, engine, scratchDir } satisfies Note), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  write(null);
  return {
    scratchDir,
    record: (enginePid) => {
      try {
        write(identify(enginePid));
      } catch {
        // A full disk must not keep the engine from running. At worst the next collector finds the data in use.
      }
    },
    release: () => {
      removeScratchDir(scratchDir);
      rmSync(file, { force: true });
    },
  };
};

const read = (file: string): Note | null => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Note;
  } catch {
    // None yet, or nothing that was written here; the engine's own lock still holds.
    return null;
  }
};

const clear = async ({ collector, engine, scratchDir }: Note, dataDir: string): Promise<void> => {
  if (isRunning(collector)) {
    throw new EngineError(
      'in-use',
      `The data directory ${dataDir} is in use by another collector (process ${collector.pid}): stop it, or give this one another DATA_DIR.`,
    );
  }
  if (engine) await end(engine);
  removeScratchDir(scratchDir);
};

const end = async (engine: ProcessIdentity): Promise<void> => {
  const patience = Date.now() + KILL_PATIENCE_MS;
  while (isRunning(engine)) {
    if (Date.now() > patience)
      throw new EngineError('failed', `The engine left behind (process ${engine.pid}) does not end.`);
    process.kill(engine.pid, 'SIGKILL');
    await sleep(20);
  }
};
