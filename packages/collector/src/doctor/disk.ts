import { lstat, opendir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Room, roomOf } from '../lib/disk-space.ts';

/** What is asked of the file system; tests put another one in its place. */
export interface Disk {
  room(path: string): Promise<Room>;
  /** @throws if it is not there */
  look(path: string): Promise<Entry>;
  /** Names in a folder; none: it is not there. */
  names(path: string): Promise<string[]>;
  read(path: string): Promise<Buffer>;
  /** Number of the user of this process. */
  user(): number;
  /** Everything below a folder, without following links. */
  walk(path: string): AsyncIterable<Entry>;
}

export interface Entry {
  readonly path: string;
  readonly isFolder: boolean;
  readonly isFile: boolean;
  /** Bytes. */
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  /** Number of its user. */
  readonly uid: number;
  /** When it was changed last, Unix milliseconds. */
  readonly changed: number;
}

/** The file system. */
export const realDisk: Disk = {
  room: roomOf,
  look: (path) => entryOf(path),
  async names(path) {
    const names: string[] = [];
    try {
      for await (const { name } of await opendir(path)) names.push(name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    return names;
  },
  read: (path) => readFile(path),
  user: () => process.getuid?.() ?? 0,
  walk,
};

const entryOf = async (path: string): Promise<Entry> => {
  const found = await lstat(path);
  return {
    path,
    isFolder: found.isDirectory(),
    isFile: found.isFile(),
    size: found.size,
    mode: found.mode & 0o7777,
    uid: found.uid,
    changed: found.mtimeMs,
  };
};

/** What goes away meanwhile is left out: parts of tables are merged, segments stored. */
async function* walk(path: string): AsyncGenerator<Entry> {
  for (const name of await realDisk.names(path)) {
    const entry = await entryOf(join(path, name)).catch(unlessGone);
    if (entry === null) continue;
    yield entry;
    if (entry.isFolder) yield* walk(entry.path);
  }
}

const unlessGone = (error: NodeJS.ErrnoException): null => {
  if (error.code === 'ENOENT') return null;
  throw error;
};
