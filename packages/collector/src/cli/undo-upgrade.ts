import { join, resolve } from 'node:path';
import { readConfig } from '../config/config.ts';
import { isThere, prepareDataDir } from '../config/data-dir.ts';
import { StartError } from '../config/start-error.ts';
import type { Program } from '../engine/child.ts';
import { lockDataDir } from '../engine/data-dir-lock.ts';
import { startEngine } from '../engine/supervisor.ts';
import { connect } from '../store/clickhouse.ts';
import { keptTables } from '../store/kept-tables.ts';
import type { Store } from '../store/store.ts';
import { lossOf, undoUpgrade } from '../store/undo-upgrade.ts';
import { type Command, readArguments } from './command.ts';
import { connectionOf } from './open-store.ts';
import { processLog, say } from './output.ts';
import { tableOf } from './table.ts';

/** `passerby undo-upgrade` */
export const undo: Command = {
  name: 'undo-upgrade',
  takes: '[--yes]',
  does: 'Says what would be lost if the tables became what they were before the last upgrade, for the Passerby of before; --yes does it. No collector may be running on them.',
  async run(args, env, { engine }) {
    const { yes = false } = readArguments(undo, args, [], { yes: { type: 'boolean' } }).values;
    process.umask(0o077);
    const { DATA_DIR: dataDir, CLICKHOUSE_URL: url, CLICKHOUSE_CLUSTER: cluster } = readConfig(env);
    if (cluster !== undefined)
      throw new StartError('CLICKHOUSE_CLUSTER: nothing is kept of a cluster: restore a backup that was made before.');
    await (url === undefined
      ? inFolder(engine, dataDir, (store) => goBack(store, yes))
      : onServer(url, (store) => goBack(store, yes)));
  },
};

type Job = (store: Store) => Promise<void>;

const inFolder = async (program: Program, folder: string, job: Job): Promise<void> => {
  if (!isThere(join(folder, 'engine')))
    throw new StartError(`DATA_DIR: ${resolve(folder)} is not the folder of a collector: it has no engine.`);
  prepareDataDir(folder, processLog);
  const lock = await lockDataDir(folder);
  try {
    const engine = await startEngine({ ...program, lock, log: processLog });
    const store = connect(engine);
    try {
      await engine.ready;
      await job(store);
    } finally {
      await store.close();
      await engine.stop();
    }
  } finally {
    lock.release();
  }
};

const onServer = async (url: string, job: Job): Promise<void> => {
  const store = connect(connectionOf(url, undefined));
  try {
    await job(store);
  } finally {
    await store.close();
  }
};

const goBack = async (store: Store, isSure: boolean): Promise<void> => {
  const kept = await keptTables(store);
  if (kept === null || kept.version === null)
    throw new StartError(
      'There is nothing to go back to: tables are kept from an upgrade until the next start after it, a purge, or the end of a site. Restore a backup.',
    );
  const { hits, logs, documents } = await lossOf(store, kept);
  const rows = [
    ['views and events', hits],
    ['log records and errors', logs],
    ['sites, accounts and tokens that were changed', documents],
  ] as const;
  say(`Since the upgrade from version ${kept.version} to ${kept.target} of the tables there came`);
  say(tableOf(['WHAT', 'LOST'], rows));
  if (!isSure) throw new StartError('Nothing was changed: passerby undo-upgrade --yes loses these and goes back.');
  await undoUpgrade(store, kept);
  say(`The tables are those of version ${kept.version} again, with what they had: start the Passerby of before.`);
};
