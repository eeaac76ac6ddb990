/** ClickHouse for tests: a real embedded engine on an empty folder, or a fresh database on `CLICKHOUSE_URL`. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Log } from '../log.ts';
import { type Connection, connect } from '../store/clickhouse.ts';
import { migrate } from '../store/migrate.ts';
import type { Store } from '../store/store.ts';
import type { Program } from './child.ts';
import { startEngine } from './supervisor.ts';

/** ClickHouse with the schema of today and no rows. */
export interface TestEngine extends Connection {
  readonly store: Store;
  /** Folder of the embedded engine; empty if a server is used. */
  readonly dataDir: string;
  stop(): Promise<void>;
}

/** The engine's program as source. */
export const PROGRAM: Program = {
  entry: fileURLToPath(new URL('./engine-process.ts', import.meta.url)),
  execArgv: ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href],
};

/** A log for what tells nothing to a test. */
export const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };

/**
 * @example
 * let engine: TestEngine;
 * beforeAll(async () => { engine = await startTestEngine(); });
 * afterAll(() => engine.stop());
 */
export const startTestEngine = (): Promise<TestEngine> => {
  const url = process.env.CLICKHOUSE_URL;
  return url ? onServer(new URL(url)) : embedded();
};

const embedded = async (): Promise<TestEngine> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'passerby-test-'));
  const engine = await startEngine({ ...PROGRAM, dataDir, log: SILENT });
  const { url, username, password } = engine;
  return ready({ url, username, password }, dataDir, async () => {
    await engine.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
};

const onServer = async (server: URL): Promise<TestEngine> => {
  const database = `passerby_test_${randomBytes(6).toString('hex')}`;
  const credentials = {
    url: server.origin,
    username: decodeURIComponent(server.username) || 'default',
    password: decodeURIComponent(server.password),
  };
  const admin = connect(credentials);
  await admin.command(`CREATE DATABASE ${database}`);
  return ready({ ...credentials, database }, '', async () => {
    await admin.command(`DROP DATABASE ${database}`);
    await admin.close();
  });
};

const ready = async (connection: Connection, dataDir: string, end: () => Promise<void>): Promise<TestEngine> => {
  const store = connect(connection);
  await migrate(store);
  return {
    ...connection,
    store,
    dataDir,
    async stop() {
      await store.close();
      await end();
    },
  };
};
