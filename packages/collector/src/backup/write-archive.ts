import { open, rm } from 'node:fs/promises';
import { renameWhole } from '../lib/write-whole.ts';
import { readArchive } from './archive.ts';
import type { ArchiveFrame, Manifest } from './archive-frame.ts';
import { inspectFrames } from './restore.ts';

/** A backup that lies in a file. */
export interface Written {
  readonly bytes: number;
  readonly manifest: Manifest;
}

/** What is done beside. */
export interface WriteOptions {
  /** Is called before more is written, with the bytes that are written so far. What it throws ends the writing. */
  readonly before?: (bytes: number) => Promise<void>;
  /** Reads the file that was written. */
  readonly read?: (path: string) => AsyncIterable<ArchiveFrame>;
}

/** Name under which a file is written that is not whole yet. */
export const partOf = (path: string): string => `${path}.part`;

/** Bytes after which the disk is told to write: all at once at the end would keep others waiting. */
const SYNC = 16 * 1024 * 1024;

/**
 * Writes an archive, reads it again, and only then gives it its name: under it there is a whole one or none.
 * @param begin is called when there is a file to write to
 * @throws ArchiveError if it is not whole; what the file system says (`EEXIST`: it is being written already)
 */
export const writeArchive = async (
  path: string,
  begin: () => Promise<AsyncIterable<Uint8Array>>,
  { before, read = readArchive }: WriteOptions = {},
): Promise<Written> => {
  const part = partOf(path);
  // A new file: one that is there may be another user's, who could read what is written into it.
  const file = await open(part, 'wx', 0o600);
  try {
    let [bytes, synced] = [0, 0];
    try {
      for await (const chunk of await begin()) {
        await before?.(bytes);
        await file.writeFile(chunk);
        bytes += chunk.length;
        if (bytes - synced < SYNC) continue;
        await file.datasync();
        synced = bytes;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    const manifest = await inspectFrames(read(part));
    await renameWhole(part, path);
    return { bytes, manifest };
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw error;
  }
};
