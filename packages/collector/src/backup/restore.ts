import { MIGRATIONS, migrate, NewerSchemaError } from '../store/migrate.ts';
import type { Store } from '../store/store.ts';
import { TABLES } from '../store/tables.ts';
import { ArchiveError, readArchive } from './archive.ts';
import type { ArchiveFrame, Manifest } from './archive-frame.ts';
import { contentsOf } from './tables.ts';

/**
 * Reads a backup from its beginning to its end, and changes nothing.
 * @throws ArchiveError if it is not whole, or not as it was written
 * @throws NewerSchemaError if its tables are of a newer Passerby
 */
export const inspectBackup = async (path: string): Promise<Manifest> => {
  const manifest = await inspectFrames(readArchive(path));
  if (manifest.schema > MIGRATIONS.length)
    throw new NewerSchemaError(
      `The backup has version ${manifest.schema} of the schema, this Passerby knows it up to version ${MIGRATIONS.length}: restore it with Passerby ${manifest.passerby} or a newer one.`,
    );
  return manifest;
};

/**
 * Reads all frames of an archive.
 * @throws ArchiveError if it is not whole, or not as it was written
 */
export const inspectFrames = async (frames: AsyncIterable<ArchiveFrame>): Promise<Manifest> => {
  let manifest: Manifest | null = null;
  for await (const { header } of frames) if (header.kind === 'manifest') manifest = header;
  if (manifest === null) throw new ArchiveError('has nothing in it');
  return manifest;
};

/**
 * Makes the tables of a store that has none, fills them, and compares them with what the manifest says. Those of an older
 * version are made as they were then, and brought up to date when their rows are in.
 * @throws ArchiveError and others: the store is not to be used then
 */
export const loadBackup = async (store: Store, path: string, manifest: Manifest): Promise<void> => {
  await migrate(store, null, MIGRATIONS.slice(0, manifest.schema));
  await store.command('TRUNCATE TABLE migrations');
  // What is older than it is kept for goes when it has been compared.
  for (const table of TABLES) await store.command(`SYSTEM STOP TTL MERGES ${table}`);
  for await (const { header, body } of readArchive(path))
    if (header.kind === 'block') await store.writeNative(header.table, body);
  await compare(store, manifest);
  for (const table of TABLES) await store.command(`SYSTEM START TTL MERGES ${table}`);
  await migrate(store);
};

const compare = async (store: Store, { tables }: Manifest): Promise<void> => {
  for (const { name, rows, checksum } of tables) {
    const found = await contentsOf(store, name);
    if (found.rows !== rows || found.checksum !== checksum)
      throw new ArchiveError(`was not restored as it was: ${name} has ${found.rows} rows, it had ${rows}`);
  }
};
