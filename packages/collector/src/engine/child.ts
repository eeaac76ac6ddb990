import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Check, Checked, Start, StartOutcome } from './messages.ts';
import { startFailure } from './start-failure.ts';

/** The engine's program. */
export interface Program {
  /** File to run: `engine-process`, built or as source. */
  readonly entry: string;
  /** Arguments for Node before it, as a loader. */
  readonly execArgv?: readonly string[];
}

/** A process of the engine. */
export interface EngineChild {
  readonly pid: number;
  /** Resolves when it answers. Rejects with an {@link EngineError}; the process is gone then. */
  readonly ready: Promise<void>;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Asks it over the pipe between them, where nobody stands before. Does not settle if it hangs or has ended. */
  isWell(): Promise<boolean>;
  /** Closes the pipe: it ends by itself, after what is under way. */
  release(): void;
  kill(): void;
}

/** Opening a large data directory takes seconds; longer than this, in milliseconds, is a hang. */
const START_MS = 120_000;
const LAST_WORDS_MS = 100;
/** Threads that the process needs beside one a Session: files, name look-ups, and room. */
const SPARE_THREADS = 4;
/** For inserts, long and short writes, the end of reads, checks: see `engine.ts`. */
const SESSIONS_BESIDE_READERS = 5;
/** A process that is killed leaves no picture of its memory on the disk. `sh` is replaced by the program, its number stays. */
const WITHOUT_CORE_DUMP = ['-c', 'ulimit -c 0; exec "$0" "$@"'];

/**
 * Starts a process of the engine. It inherits nothing of the environment; what it writes once it has started, which may
 * quote values, goes nowhere.
 */
export const launch = ({ entry, execArgv = [] }: Program, start: Start): EngineChild => {
  const threads = start.readers + SESSIONS_BESIDE_READERS + SPARE_THREADS;
  const child = spawn('/bin/sh', [...WITHOUT_CORE_DUMP, process.execPath, ...execArgv, entry], {
    env: { UV_THREADPOOL_SIZE: String(threads), TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // The engine takes a name that it does not know for a file in the folder it runs in.
    cwd: start.scratchDir,
  });
  const ended = endOf(child);
  return {
    pid: child.pid ?? 0,
    ready: readiness(child, ended, start),
    ended,
    isWell: checker(child),
    release: () => {
      if (child.connected) child.disconnect();
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
};

/** Answers that are missing end with the process, which is not asked for long without one. */
const checker = (child: ChildProcess): EngineChild['isWell'] => {
  const pending = new Map<number, (isWell: boolean) => void>();
  let number = 0;
  child.on('message', (message: StartOutcome | Checked) => {
    if (!('check' in message)) return;
    pending.get(message.check)?.(message.isWell);
    pending.delete(message.check);
  });
  return () =>
    new Promise((resolve) => {
      const check: Check = { check: ++number };
      pending.set(check.check, resolve);
      child.send(check, () => {
        // A failure to send is the process's end.
      });
    });
};

const endOf = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    // Node does not tell of `close` once the channel was closed from this side.
    child.once('exit', () => {
      if (child.stderr === null || child.stderr.closed) resolve();
      else child.stderr.once('close', resolve);
    });
    // It could not be started at all. What else is told so, as a signal that does not reach it, is not its end.
    child.on('error', () => {
      if (child.pid === undefined) resolve();
    });
    child.stderr?.on('error', () => {
      // Its last words are lost.
    });
  });

const readiness = async (child: ChildProcess, ended: Promise<void>, start: Start): Promise<void> => {
  const output = outputOf(child, ended);
  const patience = setTimeout(() => child.kill('SIGKILL'), START_MS);
  try {
    child.send(start, () => {
      // A failure to send is the process's end, which is awaited below.
    });
    const outcome = await Promise.race([outcomeOf(child), ended.then(() => null)]);
    if (outcome?.ready) return;
    child.kill('SIGKILL');
    await ended;
    throw startFailure(outcome, await output.text(), start.dataDir);
  } finally {
    clearTimeout(patience);
    output.ignore();
  }
};

const outcomeOf = async (child: ChildProcess): Promise<StartOutcome> => {
  const [outcome] = (await once(child, 'message')) as [StartOutcome];
  return outcome;
};

/** What the process writes while it starts, when no values are known to it; later its words are read and forgotten. */
const outputOf = (child: ChildProcess, ended: Promise<void>): { text(): Promise<string>; ignore(): void } => {
  let text = '';
  const collect = (chunk: Buffer): void => {
    text += chunk.toString();
  };
  child.stderr?.on('data', collect);
  return {
    async text() {
      // Its last words may come after the news of its end.
      await sleep(LAST_WORDS_MS);
      return text;
    },
    ignore: () => {
      child.stderr?.off('data', collect).resume();
      void ended.then(() => child.stderr?.destroy());
    },
  };
};
