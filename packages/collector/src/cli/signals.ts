import { setTimeout as sleep } from 'node:timers/promises';
import type { Collector } from '../collector.ts';
import type { DataDirLock } from '../engine/data-dir-lock.ts';
import { errorOf } from '../lib/logger.ts';
import type { ReloadableGeo } from '../privacy/geo.ts';
import type { VisitorKeys } from '../privacy/keys.ts';
import type { Listening } from '../server/listen.ts';
import { removeControlFile } from './control/control-file.ts';
import type { OpenStore } from './open-store.ts';
import { processLog as log } from './output.ts';

/** How long connections and requests under way are waited for when the collector is told to stop, in milliseconds. */
const PATIENCE = { lingerMs: 500, answerMs: 2000 };
/** While it starts it has nothing to say but that it is starting. */
const AT_ONCE = { lingerMs: 0, answerMs: 0 };
/** After this time questions are given up, so that 503 is their answer, and not a connection that is cut. */
const QUESTIONS_MS = 1700;
/** How long storing may take then. What is not stored is in the spool, and is stored after the next start. */
const STORE_MS = 3000;

/** What has been started so far, and is to be ended. */
export interface Running {
  readonly listening: Listening;
  readonly keys: VisitorKeys;
  isStopping?: true;
  lock?: DataDirLock;
  geo?: ReloadableGeo;
  opened?: OpenStore;
  collector?: Collector;
}

/**
 * Has the signals of a service heeded: those that end it, and the one that asks it to read its files anew. That one ends
 * what runs in a terminal, which is closed.
 */
export const onSignals = (end: (signal: NodeJS.Signals) => void, reload: () => void): void => {
  process.on('SIGTERM', end).on('SIGINT', end);
  process.on('SIGHUP', (signal) => (process.stdin.isTTY ? end(signal) : reload()));
};

/** From the beginning on: as process 1 of a container it would not be ended by a signal otherwise. */
export const heedSignals = (running: Running): void =>
  onSignals(
    (signal) => void (running.isStopping ?? stop(running, signal)),
    () => void reload(running),
  );

const stop = async (running: Running, signal: NodeJS.Signals): Promise<void> => {
  running.isStopping = true;
  const begun = performance.now();
  log.info('ending: what was accepted is stored first', { signal });
  try {
    await shutDown(running);
    const waiting = running.collector?.waiting() ?? 0;
    log.info('ended', { took_ms: Math.round(performance.now() - begun), waiting });
  } catch (error) {
    log.error('the end was not clean', { error: errorOf(error) });
  } finally {
    running.keys.destroy();
    process.exit(0);
  }
};

/** Stops accepting, answers what is under way, stores what it can, and ends. */
const shutDown = async ({ listening, lock, opened, collector }: Running): Promise<void> => {
  if (lock !== undefined) removeControlFile(lock.dataDir);
  collector?.announceEnd();
  const givingUp = setTimeout(() => collector?.giveUpQuestions(), QUESTIONS_MS);
  await listening.end(collector === undefined ? AT_ONCE : PATIENCE);
  clearTimeout(givingUp);
  if (collector !== undefined) await Promise.race([collector.flush(), sleep(STORE_MS)]);
  await collector?.close();
  await opened?.stop();
  lock?.release();
};

/** The settings are the environment's, which nobody can change; what lies in a file can be another than at the start. */
const reload = async ({ geo }: Running): Promise<void> => {
  try {
    await geo?.reload();
    log.info('the country database was read anew; settings are read at the start alone');
  } catch (error) {
    log.warn('the country database cannot be read anew, the one of before stays', { error: errorOf(error) });
  }
};
