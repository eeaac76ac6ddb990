import { accessSync, constants, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemFailure } from '../config/start-error.ts';
import { backoff } from '../lib/backoff.ts';
import { errorOf, type Log } from '../lib/logger.ts';
import { ownUrl } from '../lib/own-url.ts';
import { secretBytes } from '../lib/system.ts';
import { type EngineChild, launch, type Program } from './child.ts';
import type { DataDirLock } from './data-dir-lock.ts';
import { EngineError } from './engine-error.ts';
import { untilUnwell } from './health.ts';
import { newKey } from './message-auth.ts';
import { isOwnFolder, makeScratchDir, removeScratchDir } from './scratch-dir.ts';
import type { SocketAddress } from './socket-agent.ts';

/** What {@link startEngine} needs. */
export interface EngineOptions extends Program {
  /** The data directory; the engine's data lie in `engine/` in it. It is given back by who took it, after `stop`. */
  readonly lock: DataDirLock;
  readonly log: Log;
  /** Port that it listens on. Missing: a socket that nobody but this process can use. */
  readonly listen?: { readonly host: string; readonly port: number };
  /** For who comes by the port. Missing: a random one. */
  readonly password?: string;
  /** More of ClickHouse's server configuration: elements of `<clickhouse>`. */
  readonly serverConfig?: string;
  /** Is called whenever it has come up, the first time and again. */
  readonly onUp?: () => void;
  /** Whether it is worth to go on trying although it was never up. Missing: it gives up after {@link MOST_FAILURES}. */
  readonly keepsTrying?: () => boolean;
}

/** The embedded engine, kept running. Address and password of a port stay the same over restarts. */
export interface Engine {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Its socket and key, others in each life; missing if it listens on a port. */
  readonly socketAddress?: () => SocketAddress | null;
  /** `starting`: it has not been up yet. `down`: it crashed or hung and is being restarted. */
  readonly state: 'starting' | 'up' | 'down' | 'stopped';
  /** How often it had to be started anew after it had been up. */
  readonly restarts: number;
  /** Resolves when it is up for the first time. Rejects with an {@link EngineError} if it never will be. */
  readonly ready: Promise<void>;
  /** Ends it within a few seconds. */
  stop(): Promise<void>;
}

const USERNAME = 'passerby';
/** Stands for the socket, which has no URL. */
const SOCKET_URL = 'http://engine';
/** Queries that are answered at a time. */
const READERS = 3;
/** Waits before the second and, twice as long each time, before further starts, in milliseconds. */
const WAITS_MS = { first: 100, longest: 5_000 };
/** Starts in vain after which one that has never been up gives up: about three seconds, if each of them fails at once. */
const MOST_FAILURES = 6;
/** What has been running for so long, in milliseconds, did not end because of how it started: waits are short again. */
const STEADY_MS = 60_000;
/** How long it may take to end by itself, in milliseconds. */
const GRACE_MS = 4_000;

/**
 * Starts the embedded engine and keeps it running: one that crashes or hangs is killed and started anew. It comes up in
 * the background, see `ready`.
 *
 * @example
 * const lock = await lockDataDir('./data');
 * const engine = await startEngine({ entry: '/app/dist/engine-process.js', lock, log });
 * const store = connect(engine);
 * await engine.ready;
 */
export const startEngine = async ({ lock, log, onUp, keepsTrying, ...options }: EngineOptions): Promise<Engine> => {
  const { listen, serverConfig = '' } = options;
  const credentials = {
    username: USERNAME,
    password: listen ? (options.password ?? secretBytes(24).toString('base64url')) : '',
  };
  const dataDir = join(lock.dataDir, 'engine');
  let place: Place | null = null;
  const begin = (): EngineChild => {
    makeUsable(dataDir);
    if (place) removeScratchDir(place.scratchDir);
    place = newPlace(lock.dataDir);
    const { scratchDir, socketAddress } = place;
    const child = launch(options, {
      dataDir,
      scratchDir,
      listen: listen ? { ...listen, ...credentials } : socketAddress,
      readers: READERS,
      serverConfig,
    });
    lock.record(child.pid, scratchDir);
    return child;
  };
  const hasPlace = (): boolean => place !== null && isWhole(place, listen === undefined);
  const supervisor = new Supervisor({ begin, hasPlace, log, onUp, keepsTrying });
  return {
    url: listen ? ownUrl(listen.host, listen.port) : SOCKET_URL,
    ...credentials,
    ...(!listen && { socketAddress: () => place?.socketAddress ?? null }),
    get state() {
      return supervisor.state;
    },
    get restarts() {
      return supervisor.restarts;
    },
    ready: supervisor.ready,
    async stop() {
      await supervisor.stop();
      if (place) removeScratchDir(place.scratchDir);
    },
  };
};

/** Folders that ClickHouse makes among its data. What keeps it out of them it does not say at its start, or not clearly. */
const INNER_FOLDERS = ['data', 'metadata', 'store'];

/** Makes the folder of its data, if it is not there, and sees to it that this user may use it and what is in it. */
const makeUsable = (dir: string): void => {
  mkdirSync(dir, { recursive: true });
  const inner = INNER_FOLDERS.map((name) => join(dir, name)).filter((path) => existsSync(path));
  for (const folder of [dir, ...inner]) {
    readdirSync(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
  }
};

/** Where one life of the engine takes place: the next one has another folder and another key. */
interface Place {
  readonly scratchDir: string;
  readonly socketAddress: SocketAddress;
}

const newPlace = (ownPlace: string): Place => {
  const scratchDir = makeScratchDir(ownPlace);
  return { scratchDir, socketAddress: { socketPath: join(scratchDir, 'engine.sock'), key: newKey() } };
};

/** Whether the folder is still there, which whoever tidies up the system may have deleted. */
const isWhole = ({ scratchDir, socketAddress }: Place, hasSocket: boolean): boolean =>
  isOwnFolder(scratchDir) && (!hasSocket || existsSync(socketAddress.socketPath));

interface SupervisorDeps extends Pick<EngineOptions, 'log'> {
  readonly begin: () => EngineChild;
  readonly hasPlace: () => boolean;
  readonly onUp: EngineOptions['onUp'] | undefined;
  readonly keepsTrying: EngineOptions['keepsTrying'] | undefined;
}

/** Keeps one process of the engine running after the other. */
class Supervisor {
  state: Engine['state'] = 'starting';
  restarts = 0;
  readonly ready: Promise<void>;
  readonly #deps: SupervisorDeps;
  readonly #stopping = new AbortController();
  readonly #ended: Promise<void>;
  #child: EngineChild | undefined;
  /** Starts in a row that did not last. */
  #failures = 0;
  /** Why it did not start, since it was up the last time: each cause is told once. */
  readonly #causes = new Set<string>();

  constructor(deps: SupervisorDeps) {
    this.#deps = deps;
    const first = this.#bringUp();
    this.ready = first.then(() => {});
    this.#ended = this.#keepUp(first).catch(() => {
      // It was stopped while it was starting, or it never starts: `ready` tells which. Whoever does not wait for that
      // asks for the state.
      this.state = 'stopped';
    });
    this.ready.catch(() => {});
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    if (this.#child) await endGently(this.#child);
    await this.#ended;
    this.state = 'stopped';
  }

  get #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Milliseconds before the next start. */
  get #wait(): number {
    return backoff(this.#failures + 1, WAITS_MS);
  }

  /** Starts it until it is up. @throws EngineError if it never will be */
  async #bringUp(): Promise<EngineChild> {
    for (let failures = 1; !this.#isStopping; failures++) {
      try {
        this.#child = this.#deps.begin();
        await this.#child.ready;
        this.#causes.clear();
        return this.#child;
      } catch (thrown) {
        const error = asEngineError(thrown);
        if (this.state === 'starting' && (lasts(error) || this.#isEnough(failures))) throw error;
        this.#tell(error);
      }
      await this.#pause();
    }
    throw new EngineError('failed', 'The embedded engine was stopped before it was up.');
  }

  #isEnough(failures: number): boolean {
    return failures >= MOST_FAILURES && this.#deps.keepsTrying?.() !== true;
  }

  #tell({ reason, message }: EngineError): void {
    if (this.#isStopping || this.#causes.has(message)) return;
    this.#causes.add(message);
    this.#deps.log.error('the engine does not start, trying again', { reason, why: message });
  }

  async #keepUp(first: Promise<EngineChild>): Promise<void> {
    for (let child = await first; ; child = await this.#bringUp()) {
      this.state = 'up';
      if (this.restarts > 0) this.#deps.log.info('the engine is up again', { restarts: this.restarts });
      this.#deps.onUp?.();
      const steady = setTimeout(() => {
        this.#failures = 0;
      }, STEADY_MS);
      const why = await untilDown(child, this.#deps.hasPlace, this.#stopping.signal);
      clearTimeout(steady);
      if (this.#isStopping) return;
      this.state = 'down';
      this.restarts += 1;
      this.#deps.log.warn('the engine is started anew', { why });
      child.kill();
      await child.ended;
      await this.#pause();
    }
  }

  async #pause(): Promise<void> {
    await sleep(this.#wait, undefined, { signal: this.#stopping.signal }).catch(() => {
      // Cut short by the signal.
    });
    this.#failures += 1;
  }
}

/** Waits for the engine to end, to hang or to lose its folder, and says which; or for the signal. */
const untilDown = async (
  child: EngineChild,
  hasPlace: () => boolean,
  stopping: AbortSignal,
): Promise<'ended' | 'hung' | 'cut off'> => {
  const watching = new AbortController();
  const isWell = async (): Promise<boolean> => hasPlace() && (await child.isWell());
  const why = await Promise.race([
    child.ended.then(() => 'ended' as const),
    untilUnwell(isWell, AbortSignal.any([watching.signal, stopping])).then(() => (hasPlace() ? 'hung' : 'cut off')),
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

/** What the system refuses is told in its words. */
const asEngineError = (error: unknown): EngineError =>
  error instanceof EngineError
    ? error
    : new EngineError(
        'failed',
        `The embedded engine does not start: ${systemFailure(error)?.message ?? errorOf(error)}`,
      );

/** Waiting does not help against it. */
const lasts = ({ reason }: EngineError): boolean => reason !== 'failed';
