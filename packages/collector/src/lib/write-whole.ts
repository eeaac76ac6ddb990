import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** For this user alone, and new: one that is there may be another user's, who could read what is written into it. */
const DRAFT = { flag: 'wx', mode: 0o600, flush: true } as const;

const draftOf = (path: string): string => `${path}.new`;

/** Writes a file that is there whole or not at all, also after a loss of power. On a full disk nothing is left of it. */
export const writeWhole = async (path: string, text: string): Promise<void> => {
  const draft = draftOf(path);
  // What a process that was killed may have left.
  await rm(draft, { force: true });
  const file = await open(draft, DRAFT.flag, DRAFT.mode);
  try {
    await writeThrough(file, text);
    await renameWhole(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
};

const writeThrough = async (file: FileHandle, text: string): Promise<void> => {
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** The same, for what is so short, and so seldom, that everything may wait for it. */
export const writeWholeSync = (path: string, text: string): void => {
  const draft = draftOf(path);
  rmSync(draft, { force: true });
  try {
    writeFileSync(draft, text, DRAFT);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncFolderSync(dirname(path));
};

/** Gives a file its name for good: also after a loss of power. What is in it has been synced. */
export const renameWhole = async (from: string, to: string): Promise<void> => {
  await rename(from, to);
  await syncFolder(dirname(to));
};

const syncFolder = async (path: string): Promise<void> => {
  // One that this user may change, and not read: the name is there all the same.
  const folder = await open(path).catch(() => null);
  await folder?.sync().finally(() => folder.close());
};

const syncFolderSync = (path: string): void => {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};
