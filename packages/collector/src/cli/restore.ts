import { readdirSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ArchiveError } from '../backup/archive.ts';
import type { Manifest } from '../backup/archive-frame.ts';
import { inspectBackup, loadBackup } from '../backup/restore.ts';
import { readConfig } from '../config/config.ts';
import { prepareDataDir } from '../config/data-dir.ts';
import { StartError, UsageError } from '../config/start-error.ts';
import type { Program } from '../engine/child.ts';
import { type DataDirLock, lockDataDir } from '../engine/data-dir-lock.ts';
import type { Store } from '../store/store.ts';
import { nameOf, rowsOf, STREAM } from './backup.ts';
import { command } from './command.ts';
import { connectionOf, withEngine, withServer } from './open-store.ts';
import { processLog, say } from './output.ts';

/** `passerby restore` */
export const restore = command({
  name: 'restore',
  does: 'Puts a backup into an empty DATA_DIR, or into the empty database that CLICKHOUSE_URL names. No collector may be running on it.',
  takes: { FILE: 'a backup; -: the standard input' },
  options: {},
  examples: ['DATA_DIR=/var/lib/passerby passerby restore /backups/passerby-2026-06-09'],
  async run({ positionals: { FILE } }, env, { engine }) {
    // Whatever is written, by the engine too, is for this user alone.
    process.umask(0o077);
    const { DATA_DIR: dataDir, CLICKHOUSE_URL: url, CLICKHOUSE_CLUSTER: cluster } = readConfig(env);
    if (cluster !== undefined)
      throw new UsageError('CLICKHOUSE_CLUSTER', 'a cluster is restored with its own RESTORE statement.');
    if (FILE === STREAM && url === undefined) expectEmpty(dataDir);
    const file = FILE === STREAM ? await receive(dataDir) : FILE;
    try {
      const manifest = await inspectBackup(file);
      prepareDataDir(dataDir, processLog);
      const lock = await lockDataDir(dataDir);
      const load = (store: Store): Promise<void> => loadBackup(store, file, manifest);
      await (url === undefined ? intoFolder(engine, lock, load) : intoServer(url, load)).finally(() => lock.release());
      tell(manifest);
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      const { kind, code } = error.failure;
      throw new StartError(`FILE: ${nameOf(FILE)} ${error.message}. Nothing was restored.`, {
        kind: kind === 'unsound' ? 'failed' : kind,
        code,
        field: 'FILE',
      });
    } finally {
      if (file !== FILE) await rm(file, { force: true });
    }
  },
});

/** It is read twice, once before anything is restored: what comes by the standard input is kept until then. */
const receive = async (dataDir: string): Promise<string> => {
  prepareDataDir(dataDir, processLog);
  const path = join(dataDir, RECEIVED);
  await rm(path, { force: true });
  try {
    await writeFile(path, process.stdin, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined);
    throw error;
  }
  return path;
};

type Load = (store: Store) => Promise<void>;

/** Folder in which the engine's data lie until they are complete. */
const UNFINISHED = 'restoring';
/** File in which a backup lies that came by the standard input. */
const RECEIVED = 'restoring.backup';
/** What may lie in an empty folder: this process's own, and what one that was killed left. */
const NOTHING = new Set([
  ...['engine.json', 'engine.json.new', 'collector.sock', 'operator.json', 'operator.json.new', 'lost+found'],
  ...[UNFINISHED, RECEIVED],
]);

const expectEmpty = (dataDir: string): void => {
  const other = namesIn(dataDir).find((name) => !NOTHING.has(name));
  if (other !== undefined)
    throw new UsageError('DATA_DIR', `${dataDir} is not empty (${other}): a backup is restored into an empty folder.`);
};

/** Of a folder that may not be there yet. What else is wrong with it shows when it is made. */
const namesIn = (dir: string): string[] => {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
};

const intoFolder = async (program: Program, lock: DataDirLock, load: Load): Promise<void> => {
  expectEmpty(lock.dataDir);
  const unfinished = join(lock.dataDir, UNFINISHED);
  await rm(unfinished, { recursive: true, force: true });
  try {
    await withEngine(program, { ...lock, dataDir: unfinished }, processLog, async (store, ready) => {
      await ready;
      await load(store);
    });
    await rename(join(unfinished, 'engine'), join(lock.dataDir, 'engine'));
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
};

const intoServer = (url: string, load: Load): Promise<void> =>
  withServer(connectionOf(url, undefined), async (store) => {
    const [table] = await tablesIn(store);
    if (table !== undefined)
      throw new UsageError(
        'CLICKHOUSE_URL',
        `the database is not empty (${table.name}): a backup is restored into an empty one.`,
      );
    try {
      await load(store);
    } catch (error) {
      for (const { name } of await tablesIn(store)) await store.command(`DROP TABLE ${name} SYNC`);
      throw error;
    }
  });

const tablesIn = (store: Store) =>
  store.query<{ name: string }>('SELECT name FROM system.tables WHERE database = currentDatabase() ORDER BY name');

const tell = ({ tables, taken }: Manifest): void => {
  say(rowsOf(tables));
  say(`\nRestored and compared: the store as it was at ${taken}.`);
};
