import { readdirSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ArchiveError } from '../backup/archive.ts';
import type { Manifest } from '../backup/archive-frame.ts';
import { inspectBackup, loadBackup } from '../backup/restore.ts';
import { readConfig } from '../config/config.ts';
import { prepareDataDir } from '../config/data-dir.ts';
import { StartError, UsageError } from '../config/start-error.ts';
import type { Program } from '../engine/child.ts';
import { type DataDirLock, lockDataDir } from '../engine/data-dir-lock.ts';
import { startEngine } from '../engine/supervisor.ts';
import { connect } from '../store/clickhouse.ts';
import type { Store } from '../store/store.ts';
import { rowsOf } from './backup.ts';
import { command } from './command.ts';
import { connectionOf } from './open-store.ts';
import { processLog, say } from './output.ts';

/** `passerby restore` */
export const restore = command({
  name: 'restore',
  does: 'Puts a backup into an empty DATA_DIR, or into the empty database that CLICKHOUSE_URL names. No collector may be running on it.',
  takes: { FILE: 'a backup' },
  options: {},
  examples: ['DATA_DIR=/var/lib/passerby passerby restore /backups/passerby-2026-06-09'],
  async run({ positionals: { FILE } }, env, { engine }) {
    // Whatever is written, by the engine too, is for this user alone.
    process.umask(0o077);
    const { DATA_DIR: dataDir, CLICKHOUSE_URL: url, CLICKHOUSE_CLUSTER: cluster } = readConfig(env);
    if (cluster !== undefined)
      throw new UsageError('CLICKHOUSE_CLUSTER', 'a cluster is restored with its own RESTORE statement.');
    try {
      const manifest = await inspectBackup(FILE);
      prepareDataDir(dataDir, processLog);
      const lock = await lockDataDir(dataDir);
      const load = (store: Store): Promise<void> => loadBackup(store, FILE, manifest);
      await (url === undefined ? intoFolder(engine, lock, load) : intoServer(url, load)).finally(() => lock.release());
      tell(manifest);
    } catch (error) {
      throw error instanceof ArchiveError
        ? new StartError(`FILE: ${FILE} ${error.message}. Nothing was restored.`)
        : error;
    }
  },
});

type Load = (store: Store) => Promise<void>;

/** Folder in which the engine's data lie until they are complete. */
const UNFINISHED = 'restoring';
/** What may lie in an empty folder: this process's own, and what one that was killed left. */
const NOTHING = new Set(['engine.json', 'collector.sock', 'operator.json', 'lost+found', UNFINISHED]);

const intoFolder = async (program: Program, lock: DataDirLock, load: Load): Promise<void> => {
  const other = readdirSync(lock.dataDir).find((name) => !NOTHING.has(name));
  if (other !== undefined)
    throw new UsageError(
      'DATA_DIR',
      `${lock.dataDir} is not empty (${other}): a backup is restored into an empty folder.`,
    );
  const unfinished = join(lock.dataDir, UNFINISHED);
  await rm(unfinished, { recursive: true, force: true });
  try {
    await withEngine(program, { ...lock, dataDir: unfinished }, load);
    await rename(join(unfinished, 'engine'), join(lock.dataDir, 'engine'));
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
};

const withEngine = async (program: Program, lock: DataDirLock, load: Load): Promise<void> => {
  const engine = await startEngine({ ...program, lock, log: processLog });
  const store = connect(engine);
  try {
    await engine.ready;
    await load(store);
  } finally {
    await store.close();
    await engine.stop();
  }
};

const intoServer = async (url: string, load: Load): Promise<void> => {
  const store = connect(connectionOf(url, undefined));
  const present = () =>
    store.query<{ name: string }>('SELECT name FROM system.tables WHERE database = currentDatabase() ORDER BY name');
  try {
    const [table] = await present();
    if (table !== undefined)
      throw new UsageError(
        'CLICKHOUSE_URL',
        `the database is not empty (${table.name}): a backup is restored into an empty one.`,
      );
    try {
      await load(store);
    } catch (error) {
      for (const { name } of await present()) await store.command(`DROP TABLE ${name} SYNC`);
      throw error;
    }
  } finally {
    await store.close();
  }
};

const tell = ({ tables, taken }: Manifest): void => {
  say(rowsOf(tables));
  say(`\nRestored and compared: the store as it was at ${taken}.`);
};
