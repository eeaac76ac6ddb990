import { readConfig } from '../config/config.ts';
import { expectCollectorFolder, prepareDataDir } from '../config/data-dir.ts';
import { StartError, UsageError } from '../config/start-error.ts';
import type { Program } from '../engine/child.ts';
import { lockDataDir } from '../engine/data-dir-lock.ts';
import { keptTables } from '../store/kept-tables.ts';
import type { Store } from '../store/store.ts';
import { type Loss, lossOf, undoUpgrade } from '../store/undo-upgrade.ts';
import { command, JSON_OPTION, notConfirmed, YES_OPTION } from './command.ts';
import { connectionOf, withEngine, withServer } from './open-store.ts';
import { answer, processLog, say } from './output.ts';
import { tableOf } from './table.ts';

/** `passerby undo-upgrade` */
export const undo = command({
  name: 'undo-upgrade',
  does: 'Says what would be lost if the tables became what they were before the last upgrade, for the Passerby of before; --yes does it. No collector may be running on them.',
  takes: {},
  options: { yes: YES_OPTION, json: JSON_OPTION },
  examples: ['passerby undo-upgrade'],
  async run({ values }, env, { engine }) {
    process.umask(0o077);
    const { DATA_DIR: dataDir, CLICKHOUSE_URL: url, CLICKHOUSE_CLUSTER: cluster } = readConfig(env);
    if (cluster !== undefined)
      throw new UsageError(
        'CLICKHOUSE_CLUSTER',
        'nothing is kept of a cluster: restore a backup that was made before.',
      );
    await (url === undefined
      ? inFolder(engine, dataDir, (store) => goBack(store, values))
      : withServer(connectionOf(url, undefined), (store) => goBack(store, values)));
  },
});

type Job = (store: Store) => Promise<void>;

const inFolder = async (program: Program, folder: string, job: Job): Promise<void> => {
  expectCollectorFolder(folder, 'engine');
  prepareDataDir(folder, processLog);
  const lock = await lockDataDir(folder);
  try {
    await withEngine(program, lock, processLog, async (store, ready) => {
      await ready;
      await job(store);
    });
  } finally {
    lock.release();
  }
};

const goBack = async (store: Store, { yes, json }: { yes: boolean; json: boolean }): Promise<void> => {
  const kept = await keptTables(store);
  if (kept === null || kept.version === null)
    throw new StartError(
      'There is nothing to go back to: tables are kept from an upgrade until the next start after it, a purge, or the end of a site. Restore a backup.',
    );
  const { version, target } = kept;
  const lost = await lossOf(store, kept);
  if (!json) say(lossTable(version, target, lost));
  if (yes) await undoUpgrade(store, kept);
  if (json) answer(JSON.stringify({ from: target, to: version, lost, done: yes }, null, 2));
  if (!yes) throw notConfirmed('passerby undo-upgrade --yes loses these and goes back.');
  if (!json) say(`The tables are those of version ${version} again, with what they had: start the Passerby of before.`);
};

const lossTable = (version: number, target: number, { hits, logs, documents }: Loss): string => {
  const rows = [
    ['views and events', hits],
    ['log records and errors', logs],
    ['sites, accounts and tokens that were changed', documents],
  ] as const;
  return `Since the upgrade from version ${version} to ${target} of the tables there came\n${tableOf(['WHAT', 'LOST'], rows)}`;
};
