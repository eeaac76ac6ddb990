import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../packages/collector/src/engine/free-port.ts';
import { beginCollectorProcess, type CollectorProcess } from './collector-process.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { until } from './until.ts';

/** A collector on one data folder whose process comes and goes. */
export interface Stand {
  readonly dataDir: string;
  /** Where it takes requests, always at the same address; null while it is not up. */
  readonly url: () => string | null;
  /** The process that is up. */
  readonly collector: () => CollectorProcess;
  /** What all its processes wrote to their standard error. */
  readonly log: () => string;
  /** Its process, and that of its embedded engine; NaN: there is none at this moment. */
  readonly pids: () => { readonly collector: number; readonly engine: number };
  /** Starts it, and waits until it is ready, or says that it does without its store. */
  start(): Promise<void>;
  /** Kills it with SIGKILL. */
  kill(): Promise<void>;
  /** Tells it to end, and expects that it does so in order. */
  end(): Promise<void>;
  /** Rows accepted and not stored yet, as it says itself. */
  waiting(): Promise<number>;
  /** Waits until all that was accepted is stored. */
  drained(): Promise<void>;
  /** Kills what is left of it, and deletes the folder. */
  clear(): Promise<void>;
}

/** Site that its clients visit. */
export const SITE = 'example.com';
const DRAIN_MS = 60_000;
/** Every client names itself; there is no limit to what one may send. */
const BASE = { TRUSTED_PROXIES: '127.0.0.1/32', CLIENT_LIMIT: '0', DEMO: '0' };

/** Sets up a collector with a site, on an empty folder or on the one given. */
export const startStand = async (
  env: Readonly<Record<string, string>> = {},
  folder = temporaryFolder(),
): Promise<Stand> => {
  let collector: CollectorProcess | null = null;
  const started: CollectorProcess[] = [];
  const up = (): CollectorProcess => {
    if (collector === null) throw new Error('the collector is not up');
    return collector;
  };
  const port = await freePort();
  const start = async (): Promise<void> => {
    const begun = await beginCollectorProcess(folder.path, port, { ...BASE, ...env });
    collector = begun.collector;
    started.push(collector);
    await begun.settled;
  };
  const leave = (signal: NodeJS.Signals): Promise<number | null> => {
    const leaving = up();
    collector = null;
    return leaving.end(signal);
  };
  const waiting = async (): Promise<number> => {
    const text = await (await up().api('GET', '/metrics')).text();
    return Number(/^passerby_spool_rows (\d+)$/m.exec(text)?.[1] ?? Number.NaN);
  };

  await start();
  const { status } = await up().api('POST', '/api/sites', { domain: SITE });
  if (status !== 201 && status !== 409) throw new Error(`the site was not added: ${status}`);
  return {
    dataDir: folder.path,
    url: () => collector?.url ?? null,
    collector: up,
    log: () => started.map(({ output }) => output().stderr).join(''),
    pids: () => ({ collector: collector?.process.pid ?? Number.NaN, engine: enginePidOf(folder.path) }),
    start,
    async kill() {
      if ((await leave('SIGKILL')) !== null) throw new Error('the collector had ended before it was killed');
    },
    async end() {
      const code = await leave('SIGTERM');
      if (code !== 0) throw new Error(`the collector ended with ${code}`);
    },
    waiting,
    drained: () => until('everything is stored', DRAIN_MS, async () => (await waiting()) === 0),
    async clear() {
      if (collector !== null) await leave('SIGKILL');
      folder.remove();
    },
  };
};

const enginePidOf = (dataDir: string): number => {
  try {
    const note = JSON.parse(readFileSync(join(dataDir, 'engine.json'), 'utf8')) as { engine: { pid: number } | null };
    return note.engine?.pid ?? Number.NaN;
  } catch {
    // Nobody has taken the folder, or it is being written.
    return Number.NaN;
  }
};
