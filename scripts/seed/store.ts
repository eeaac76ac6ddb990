import { connectionOf } from '../../packages/collector/src/cli/open-store.ts';
import { prepareDataDir } from '../../packages/collector/src/config/data-dir.ts';
import { EngineError } from '../../packages/collector/src/engine/engine-error.ts';
import { SILENT, startEngineOn, type TestEngine } from '../../packages/collector/src/engine/testing.ts';
import { type Connection, connect } from '../../packages/collector/src/store/clickhouse.ts';
import { migrate } from '../../packages/collector/src/store/migrate.ts';
import { readNote } from '../dev/note.ts';

/**
 * The store of a data folder: that of `pnpm dev` while it runs, or an engine of its own.
 * @throws EngineError if another collector is running on the folder
 */
export const openStoreOf = async (dataDir: string): Promise<TestEngine> => {
  prepareDataDir(dataDir, SILENT);
  try {
    const engine = await startEngineOn(dataDir);
    return await ready(engine, engine.stop);
  } catch (error) {
    const url = readNote(dataDir);
    if (!(error instanceof EngineError) || error.reason !== 'in-use' || url === null) throw error;
    return ready(connectionOf(url, undefined), async () => {});
  }
};

const ready = async (connection: Connection, end: () => Promise<void>): Promise<TestEngine> => {
  const store = connect(connection);
  await migrate(store, null);
  return {
    ...connection,
    topology: null,
    store,
    dataDir: '',
    async stop() {
      await store.close();
      await end();
    },
  };
};
