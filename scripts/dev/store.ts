import { randomBytes } from 'node:crypto';
import { lockDataDir } from '../../packages/collector/src/engine/data-dir-lock.ts';
import { freePort } from '../../packages/collector/src/engine/free-port.ts';
import { SOURCE_PROGRAM } from '../../packages/collector/src/engine/source-program.ts';
import { type Engine, startEngine } from '../../packages/collector/src/engine/supervisor.ts';
import { createLog } from '../../packages/collector/src/lib/logger.ts';
import { leaveNote, removeNote } from './note.ts';
import type { Print } from './print.ts';

/** The engine on a port of its own: it stays up while the collector is started anew. */
export interface DevStore {
  /** As `CLICKHOUSE_URL`; the same over restarts. */
  readonly url: string;
  /** Resolves when it is up, for the first time or again. @throws EngineError */
  ready(): Promise<void>;
  /** Starts the engine anew, from what its source is now. */
  restart(): void;
  stop(): Promise<void>;
}

/** Starts it, in the background. @throws EngineError if the folder is in use */
export const startStore = async (dataDir: string, print: Print): Promise<DevStore> => {
  const lock = await lockDataDir(dataDir);
  const listen = { host: '127.0.0.1', port: await freePort() };
  const password = randomBytes(24).toString('base64url');
  const begin = (): Promise<Engine> =>
    startEngine({ ...SOURCE_PROGRAM, lock, listen, password, log: createLog((line) => print(line)) });
  let engine = await begin();
  let ready = engine.ready;
  const url = engine.url.replace('//', `//${engine.username}:${password}@`);
  leaveNote(dataDir, url);
  return {
    url,
    ready: () => ready,
    restart() {
      ready = engine.stop().then(async () => {
        engine = await begin();
        await engine.ready;
      });
      ready.catch(() => {
        // Whoever waits for it is told.
      });
    },
    async stop() {
      removeNote(dataDir);
      await engine.stop();
      lock.release();
    },
  };
};
