import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startTestEngine } from '../../packages/collector/src/engine/testing.ts';
import type { Store } from '../../packages/collector/src/store/store.ts';
import { type Gate, startGate } from '../../test/support/gate.ts';
import { reopened } from '../../test/support/reopen.ts';
import { type Stand, startStand } from '../../test/support/stand.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';

/** Where faults happen: collectors, what they stand on, and the clients' way to them. */
export interface Field {
  /** Where a client is led to; null: it waits. */
  target(client: number): string | null;
  /** Keeps the clients waiting, or lets them go on. */
  hold(waiting: boolean): void;
  /** Stores everything, ends the collectors and reads what is stored. */
  finish<T>(read: (store: Store) => Promise<T>): Promise<T>;
  clear(): Promise<void>;
}

/** A collector with its embedded engine, all on one small disk, with a clock that can be set. */
export interface EmbeddedField extends Field {
  readonly stand: Stand;
  /** null: this user may mount none. */
  readonly disk: SmallDisk | null;
  /** Sets the collector's clock ahead by so many milliseconds. */
  setClock(ahead: number): void;
}

/** Two collectors on an engine that is a server of its own. */
export interface ServerField extends Field {
  readonly stands: readonly [Stand, Stand];
  /** The line between them and their engine. */
  readonly gate: Gate;
}

const JUMPING_CLOCK = fileURLToPath(new URL('../../test/support/jumping-clock.mjs', import.meta.url));

export const openEmbedded = async (): Promise<EmbeddedField> => {
  const disk = mountSmallDisk();
  const folder = temporaryFolder();
  const dataDir = disk?.dataDir ?? join(folder.path, 'data');
  const clockFile = join(folder.path, 'clock');
  const stand = await startStand(
    { NODE_OPTIONS: `--import ${JUMPING_CLOCK}`, CLOCK_FILE: clockFile },
    { path: dataDir, remove: () => {} },
  );
  let held = false;
  return {
    stand,
    disk,
    target: () => (held ? null : stand.url()),
    hold(waiting) {
      held = waiting;
    },
    setClock(ahead) {
      writeFileSync(clockFile, String(ahead));
      stand.collector().process.kill('SIGUSR2');
    },
    async finish(read) {
      await stand.drained();
      await stand.end();
      return reopened(dataDir, read);
    },
    async clear() {
      await stand.clear();
      disk?.remove();
      folder.remove();
    },
  };
};

export const openServer = async (): Promise<ServerField> => {
  const engine = await startTestEngine();
  const gate = await startGate(Number(new URL(engine.url).port));
  const { username, password, database = 'default', store } = engine;
  const env = { CLICKHOUSE_URL: `http://${username}:${password}@127.0.0.1:${gate.port}/${database}` };
  const stands = [await startStand(env), await startStand(env)] as const;
  let held = false;
  return {
    stands,
    gate,
    target: (client) => (held ? null : (stands[client % stands.length]?.url() ?? null)),
    hold(waiting) {
      held = waiting;
    },
    async finish(read) {
      for (const stand of stands) {
        await stand.drained();
        await stand.end();
      }
      return read(store);
    },
    async clear() {
      for (const stand of stands) await stand.clear();
      await gate.stop();
      await engine.stop();
    },
  };
};
