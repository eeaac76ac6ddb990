import { startEngineOn } from '../../packages/collector/src/engine/testing.ts';
import { connect } from '../../packages/collector/src/store/clickhouse.ts';
import type { Store } from '../../packages/collector/src/store/store.ts';

/** Reads what a collector that has ended left in its data folder. */
export const reopened = async <T>(dataDir: string, read: (store: Store) => Promise<T>): Promise<T> => {
  const engine = await startEngineOn(dataDir);
  const store = connect(engine);
  try {
    return await read(store);
  } finally {
    await store.close();
    await engine.stop();
  }
};
