import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { type EngineChild, launch, type Program } from './child.ts';
import { type Claim, claim } from './claim.ts';
import { EngineError } from './errors.ts';
import { untilUnwell } from './health.ts';
import type { Start } from './messages.ts';

/** What {@link startEngine} needs. */
export interface EngineOptions extends Program {
  /** The collector's data directory; the engine's data lie in `engine/` in it. */
  readonly dataDir: string;
  readonly log: Log;
}

/** The embedded engine, kept running. Its address and password stay the same over restarts. */
export interface Engine {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** `down`: it crashed or hung and is being restarted. */
  readonly state: 'up' | 'down' | 'stopped';
  /** Ends it within a few seconds and gives the data directory back. */
  stop(): Promise<void>;
}

const USERNAME = 'passerby';
/** Queries that are answered at a time. */
const READERS = 3;
/** Waits before the first and, twice as long each time, before further starts, in milliseconds. */
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;
/** What has been running for so long, in milliseconds, did not end because of how it started: waits are short again. */
const STEADY_MS = 60_000;
/** How long it may take to end by itself, in milliseconds. */
const GRACE_MS = 4_000;

/**
 * Starts the embedded engine and keeps it running: one that crashes or hangs is killed and started anew.
 *
 * @throws EngineError when it cannot be started the first time
 * @example
 * const engine = await startEngine({ entry: '/app/dist/engine-process.js', dataDir: './data', log });
 * const store = connect(engine);
 */
export const startEngine = async ({ dataDir, log, ...program }: EngineOptions): Promise<Engine> => {
  const claimed = await claim(resolve(dataDir));
  const password = randomBytes(24).toString('base64url');
  const start = (port: number): Promise<Running> => {
    const engineDir = join(resolve(dataDir), 'engine');
    const { scratchDir } = claimed;
    return begin(
      program,
      { dataDir: engineDir, scratchDir, port, readers: READERS, username: USERNAME, password },
      claimed,
    );
  };
  let running: Running;
  try {
    running = await start(0);
  } catch (error) {
    claimed.release();
    throw error;
  }

  const { port } = running;
  const url = `http://127.0.0.1:${port}`;
  const stopping = new AbortController();
  let state: Engine['state'] = 'up';

  let wait = FIRST_WAIT_MS;

  const restart = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await pause(wait, stopping.signal);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      try {
        running = await start(port);
        state = 'up';
        return;
      } catch (error) {
        log.error('the engine does not start, trying again', { reason: reasonOf(error), wait_ms: wait });
      }
    }
  };

  const supervise = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const steady = setTimeout(() => {
        wait = FIRST_WAIT_MS;
      }, STEADY_MS);
      const why = await untilDown(running.child, url, stopping.signal);
      clearTimeout(steady);
      if (stopping.signal.aborted) return;
      state = 'down';
      log.warn('the engine is started anew', { why });
      running.child.kill();
      await running.child.ended;
      await restart();
    }
  };
  const supervision = supervise();

  return {
    url,
    username: USERNAME,
    password,
    get state() {
      return state;
    },
    async stop() {
      stopping.abort();
      await supervision;
      await endGently(running.child);
      state = 'stopped';
      claimed.release();
    },
  };
};

interface Running {
  readonly child: EngineChild;
  readonly port: number;
}

const begin = async (program: Program, start: Start, claimed: Claim): Promise<Running> => {
  mkdirSync(start.dataDir, { recursive: true });
  const child = launch(program, start);
  claimed.record(child.pid);
  return { child, port: await child.ready };
};

/** Waits for the engine to end or to hang, and says which; or for the signal. */
const untilDown = async (child: EngineChild, url: string, stopping: AbortSignal): Promise<'ended' | 'hung'> => {
  const watching = new AbortController();
  const why = await Promise.race([
    child.ended.then(() => 'ended' as const),
    untilUnwell(url, AbortSignal.any([watching.signal, stopping])).then(() => 'hung' as const),
  ]);
  watching.abort();
  return why;
};

const endGently = async (child: EngineChild): Promise<void> => {
  child.release();
  const patience = setTimeout(child.kill, GRACE_MS);
  await child.ended;
  clearTimeout(patience);
};

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => {
    // Cut short by the signal.
  });

const reasonOf = (error: unknown): string => (error instanceof EngineError ? error.reason : 'unknown');
