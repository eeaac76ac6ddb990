import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../../packages/collector/src/store/store.ts';

/** Something that the product wrote. */
export interface Written {
  readonly where: string;
  readonly content: string | Buffer;
}

/** Every file under a folder, as its bytes are on the disk. */
export const filesUnder = (folder: string): Written[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    // What the engine merges away while we look is in what it was merged into.
    .filter((path) => existsSync(path))
    .map((path) => ({ where: path, content: readFileSync(path) }));

/** The engine's own tables that may quote what it was given: whatever logs, and those that say what it does or did. */
const QUOTING = [
  'asynchronous_inserts',
  'background_schedule_pool',
  'columns',
  'detached_parts',
  'dns_cache',
  'errors',
  'merges',
  'mutations',
  'parts',
  'parts_columns',
  'processes',
  'query_cache',
  'query_condition_cache',
  'schema_inference_cache',
  'tables',
  'user_processes',
  'warnings',
];

/** Every row of every table as text, the engine's own included: its files are compressed, its tables can be read. */
export const dumpOf = async (store: Store): Promise<Written[]> => {
  const tables = await store.query<{ name: string }>(
    `SELECT concat('\`', database, '\`.\`', name, '\`') AS name FROM system.tables
    WHERE engine != 'Null' AND lower(database) != 'information_schema'
      AND (database != 'system' OR endsWith(name, '_log') OR name IN {quoting:Array(String)}) ORDER BY name`,
    { quoting: QUOTING },
  );
  return Promise.all(
    tables.map(async ({ name }) => ({
      where: name,
      content: JSON.stringify(await store.query(`SELECT * FROM ${name}`)),
    })),
  );
};
