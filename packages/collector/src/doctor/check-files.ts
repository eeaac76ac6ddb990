import { join } from 'node:path';
import { MIGRATIONS } from '../store/migrate.ts';
import type { Disk } from './disk.ts';
import { atMost, count, type Found, ok, skipped, wrong } from './finding.ts';
import type { Patient, Say } from './patient.ts';
import { expectedSchema } from './schema.ts';
import { reasonOf } from './trouble.ts';

const RESTORE = 'bring the file back, or restore a backup: see "Damage" in docs/backup.md';
const MOST = 20;
/** What each part of a table has beside its columns. */
const OF_A_PART = ['checksums.txt', 'columns.txt', 'count.txt'];
const PART = /^(?:all|\d+)_\d+_\d+_\d+(?:_\d+)?$/;

/**
 * Whether the files are there without which the embedded engine does not open a table: what describes it, its folder, and of
 * each of its parts the files that every part has. It asks the disk alone, so that it tells why an engine does not start.
 */
export const checkFiles = async ({ engine, disk, dataDir, signal }: Patient, say: Say): Promise<Found[]> => {
  if (engine !== 'embedded') return [skipped('The files of a ClickHouse server are its own.')];
  const root = join(dataDir, 'engine');
  const found: Found[] = [];
  const { tables, views } = expectedSchema(MIGRATIONS.length);
  let parts = 0;
  const described = await describedIn(disk, root);
  for (const name of [...tables.keys(), ...views.keys()]) {
    signal.throwIfAborted();
    say(`looking at the files of ${name}`);
    try {
      const uuid = await uuidOf(disk, join(described, `${name}.sql`));
      if (uuid === null) {
        found.push(
          wrong(
            `The file engine/metadata/default/${name}.sql does not say what the table ${name} is: it is cut off, or garbled.`,
            RESTORE,
          ),
        );
        continue;
      }
      // What keeps no rows has no folder.
      if ((tables.get(name)?.engine ?? 'Null') === 'Null' || views.has(name)) continue;
      const folder = join(root, 'store', uuid.slice(0, 3), uuid);
      const names = await disk.names(folder);
      if (!names.includes('format_version.txt'))
        found.push(wrong(`The folder of the table ${name} is missing, or what it begins with.`, RESTORE));
      for (const part of names.filter((one) => PART.test(one))) {
        parts += 1;
        found.push(...(await partOf(disk, join(folder, part), `part ${part} of ${name}`)));
      }
    } catch (error) {
      if (signal.aborted) throw error;
      found.push(
        (error as NodeJS.ErrnoException).code === 'ENOENT'
          ? wrong(
              `The file engine/metadata/default/${name}.sql is missing: the engine knows no table ${name}.`,
              RESTORE,
            )
          : skipped(`The files of ${name} cannot be looked at: ${reasonOf(error)}.`),
      );
    }
  }
  if (found.length > 0)
    return atMost(MOST, found, (more) =>
      wrong(`${count(more, 'more file')} of tables are missing or cut off.`, RESTORE),
    );
  return [ok(`The files of ${tables.size + views.size} tables and views, and of ${count(parts, 'part')}, are there.`)];
};

/**
 * The folder of what describes the tables. The engine reaches it by a link, which leads nowhere once `DATA_DIR` was moved,
 * until the engine makes it anew.
 */
const describedIn = async (disk: Disk, root: string): Promise<string> => {
  const linked = join(root, 'metadata', 'default');
  if ((await disk.names(linked)).length > 0) return linked;
  for (const prefix of await disk.names(join(root, 'store')))
    for (const id of await disk.names(join(root, 'store', prefix))) {
      const folder = join(root, 'store', prefix, id);
      if ((await disk.names(folder)).some((name) => name.endsWith('.sql'))) return folder;
    }
  return linked;
};

/** The id under which a table's folder lies; null: the file does not say it to its end. */
const uuidOf = async (disk: Disk, path: string): Promise<string | null> => {
  const text = (await disk.read(path)).toString();
  const [, uuid] = /^ATTACH (?:TABLE|MATERIALIZED VIEW) _ UUID '([0-9a-f-]{36})'/.exec(text) ?? [];
  const isWhole = /\n(?:ENGINE = `?\w|FROM )/.test(text) && /\n$/.test(text);
  return uuid !== undefined && isWhole ? uuid : null;
};

/** Parts are merged, and go, while they are looked at. */
const partOf = async (disk: Disk, folder: string, what: string): Promise<Found[]> => {
  const missing: string[] = [];
  for (const name of OF_A_PART)
    if (
      (await disk.look(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      )) === 0
    )
      missing.push(name);
  const isThere = await disk.look(folder).then(
    () => true,
    () => false,
  );
  return isThere && missing.length > 0
    ? [wrong(`Of ${what} ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing or empty.`, RESTORE)]
    : [];
};
