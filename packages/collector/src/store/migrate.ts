import { TABLES } from './migrations/0001-tables.ts';
import type { Store } from './store.ts';

/**
 * The schema's versions, oldest first; the first is version 1. A version that was released never changes: a change of
 * the schema is a new entry. Each statement can be run again, so that a version that was interrupted is repaired by
 * running it from its beginning.
 */
export const MIGRATIONS: readonly (readonly string[])[] = [TABLES];

/** The store was written by a newer Passerby; the message says so to whoever runs this one. */
export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError';
}

const VERSIONS_TABLE = `CREATE TABLE IF NOT EXISTS migrations (
  version UInt32,
  applied DateTime('UTC') DEFAULT now()
) ENGINE = ReplacingMergeTree ORDER BY version`;

/**
 * Brings the store to the newest version of the schema.
 * @throws NewerSchemaError before anything is changed
 */
export const migrate = async (store: Store, migrations = MIGRATIONS): Promise<void> => {
  await store.command(VERSIONS_TABLE);
  const version = await versionOf(store);
  if (version > migrations.length) {
    throw new NewerSchemaError(
      `The data has version ${version} of the schema, this Passerby knows it up to version ${migrations.length}: start the newer Passerby that wrote the data, or an even newer one.`,
    );
  }
  for (const [index, statements] of migrations.entries()) {
    if (index >= version) await apply(store, index + 1, statements);
  }
};

const versionOf = async (store: Store): Promise<number> => {
  const [row] = await store.query<{ version: number }>('SELECT max(version) AS version FROM migrations');
  return row?.version ?? 0;
};

const apply = async (store: Store, version: number, statements: readonly string[]): Promise<void> => {
  for (const statement of statements) await store.command(statement);
  await store.command('INSERT INTO migrations (version) SELECT {version:UInt32}', { version });
};
