import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stand } from '../support/stand.ts';
import { until } from '../support/until.ts';

/** 0 ≤ x < 1 */
type Random = () => number;

const RESTART_MS = 60_000;

/** Lets the load go on for a random moment: flushes, merges and restarts are met at any point. */
export const aWhile = (random: Random, most = 1_000): Promise<void> => sleep(50 + random() * most);

/** The collector dies at a random moment and is started again. */
export const killCollector = async (stand: Stand, random: Random): Promise<void> => {
  await aWhile(random);
  await stand.kill();
  await stand.start();
};

/** The engine dies at a random moment; the collector starts another. */
export const killEngine = async (stand: Stand, random: Random): Promise<void> => {
  await aWhile(random);
  const engine = stand.pids().engine;
  process.kill(engine, 'SIGKILL');
  await anotherEngine(stand, engine);
};

/** Both die at once. */
export const killBoth = async (stand: Stand, random: Random): Promise<void> => {
  await aWhile(random);
  process.kill(stand.pids().engine, 'SIGKILL');
  await stand.kill();
  await stand.start();
};

/** The engine stands still for a time too short to be noticed, and goes on. */
export const freezeEngine = async (stand: Stand, random: Random, ms: number): Promise<void> => {
  await aWhile(random);
  const engine = stand.pids().engine;
  process.kill(engine, 'SIGSTOP');
  await sleep(ms);
  process.kill(engine, 'SIGCONT');
  if (stand.pids().engine !== engine)
    throw new Error('the engine was given up, although it stood still for a moment only');
};

/** The engine stands still for good: the collector notices, kills it and starts another. */
export const hangEngine = async (stand: Stand, random: Random): Promise<void> => {
  await aWhile(random);
  const engine = stand.pids().engine;
  process.kill(engine, 'SIGSTOP');
  await anotherEngine(stand, engine);
};

/** The engine's data are gone for a while, as with a volume that is not mounted: it dies and cannot be started. */
export const loseEngine = async (stand: Stand, random: Random, ms: number): Promise<void> => {
  await aWhile(random);
  const data = join(stand.dataDir, 'engine');
  const engine = stand.pids().engine;
  process.kill(engine, 'SIGKILL');
  renameSync(data, `${data}.away`);
  writeFileSync(data, '');
  await sleep(ms);
  if (await isReady(stand)) throw new Error('there is an engine, although it has no data');
  rmSync(data);
  renameSync(`${data}.away`, data);
  await anotherEngine(stand, engine);
};

const anotherEngine = (stand: Stand, engine: number): Promise<void> =>
  until('another engine', RESTART_MS, async () => {
    const now = stand.pids().engine;
    return now !== engine && !Number.isNaN(now) && (await isReady(stand));
  });

/** The collector answers, and its engine. */
const isReady = async (stand: Stand): Promise<boolean> => {
  const { store } = (await (await fetch(`${stand.url()}/readyz`)).json()) as { store: string };
  return store === 'ready';
};
