import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const PREFIX = 'passerby-engine-';
const IN_MEMORY = '/dev/shm';

/** Makes a folder that only this user can read, in memory where the system has a file system there. */
export const makeScratchDir = (): string => mkdtempSync(join(isWritable(IN_MEMORY) ? IN_MEMORY : tmpdir(), PREFIX));

/** Deletes a folder of {@link makeScratchDir}, and no other. */
export const removeScratchDir = (dir: string): void => {
  if (basename(dir).startsWith(PREFIX)) rmSync(dir, { recursive: true, force: true });
};

const isWritable = (dir: string): boolean => {
  try {
    accessSync(dir, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};
