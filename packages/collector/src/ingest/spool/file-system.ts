import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DiskSpace, spaceOf } from '../../lib/disk-space.ts';

/** A file that is being written. */
export interface OpenFile {
  /**
   * Writes at a position.
   * @returns bytes written, which may be fewer than given
   */
  write(bytes: Uint8Array, position: number): Promise<number>;
  truncate(length: number): Promise<void>;
  /** Resolves when what was written would survive a loss of power. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Everything the spool asks of a file system; the tests put one that fails under it. */
export interface FileSystem {
  /** Makes a folder for this user alone, unless it is there. */
  makeDir(path: string): Promise<void>;
  /** Names in a folder, in no order. */
  list(dir: string): Promise<string[]>;
  read(path: string): Promise<Buffer>;
  /** Makes a new file for this user alone. */
  create(path: string): Promise<OpenFile>;
  rename(from: string, to: string): Promise<void>;
  /** Deletes a file; one that is not there is deleted already. */
  remove(path: string): Promise<void>;
  /** Resolves when the folder's entries would survive a loss of power. */
  syncDir(path: string): Promise<void>;
  /** Bytes of the folder's disk: free for this user, and altogether. */
  space(dir: string): Promise<DiskSpace>;
}

/** The file system. */
export const realFileSystem: FileSystem = {
  makeDir: async (path) => {
    await mkdir(path, { recursive: true, mode: 0o700 });
  },
  list: (dir) => readdir(dir),
  read: (path) => readFile(path),
  create: async (path) => {
    const file = await open(path, 'wx', 0o600);
    return {
      write: async (bytes, position) => (await file.write(bytes, 0, bytes.length, position)).bytesWritten,
      truncate: (length) => file.truncate(length),
      sync: () => file.datasync(),
      close: () => file.close(),
    };
  },
  rename,
  remove: (path) => rm(path, { force: true }),
  syncDir: async (path) => {
    const dir = await open(path);
    await dir.sync().finally(() => dir.close());
  },
  space: spaceOf,
};

/**
 * Writes a file that is there whole or not at all.
 * @param fsync whether it is to survive a loss of power from now on: what is deleted or moved later relies on it
 */
export const writeWhole = async (files: FileSystem, path: string, bytes: Uint8Array, fsync: boolean): Promise<void> => {
  const draft = `${path}.new`;
  // What a process that was killed may have left.
  await files.remove(draft);
  const file = await files.create(draft);
  try {
    await writeAll(file, bytes, 0);
    if (fsync) await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(draft, path);
  if (fsync) await files.syncDir(dirname(path));
};

/** Reads of a file that fail are tried so often, this many milliseconds apart. */
const READS = 3;
const READ_PAUSE_MS = 50;

/**
 * Reads a file of which one failed read says little yet.
 * @returns null: it is not there
 * @throws the last failure
 */
export const readPatiently = async (files: FileSystem, path: string): Promise<Buffer | null> => {
  for (let left = READS - 1; ; left--) {
    try {
      return await files.read(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      if (left === 0) throw error;
      await sleep(READ_PAUSE_MS);
    }
  }
};

/** Writes all the bytes, however many it takes at a time. */
export const writeAll = async (file: OpenFile, bytes: Uint8Array, position: number): Promise<void> => {
  for (let done = 0; done < bytes.length; ) {
    const written = await file.write(bytes.subarray(done), position + done);
    if (written === 0) throw new Error('nothing was written');
    done += written;
  }
};
