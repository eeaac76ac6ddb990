import { everywhere } from './schema.ts';
import type { Store } from './store.ts';
import { onEveryServer, type Topology } from './topology.ts';

/**
 * Takes what documents were before out of the files: e-mails, hashes and names of what was changed or deleted. The engine leaves
 * rows that a newer version stands for until it happens to merge them, which of so small a table may be never.
 */
export const dropSuperseded = async (store: Store, topology: Topology): Promise<void> => {
  const [found] = await store.query<{ there: number }>(
    'SELECT toUInt8(count() > uniqExact(kind, id)) AS there FROM config',
    {},
    { pool: 'config' },
  );
  if (found?.there !== 1) return;
  const table = `${everywhere('config', topology)}${onEveryServer(topology)}`;
  await store.command(`OPTIMIZE TABLE ${table} FINAL`, {}, { pool: 'config' });
};
