import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { removeFolder } from '../support/temporary-folder.ts';

const MEMORY = '/dev/shm';
/** More than the tests of a run have in their folders. Containers have 64 MB in memory, which are too few. */
const MIN_BYTES = 2 * 2 ** 30;
/** Folders of this kind; the number is of the process that runs the tests. */
const NAME = /^passerby-(\d+)-[0-9a-f]{6}$/;

/**
 * `TMPDIR` for all tests of a run: what tests, engines, browsers and tools leave there goes with it. It lies in memory
 * where the machine has room there, because engines write many small files. The path is short: sockets lie below it.
 */
export const runFolder = (): string =>
  join(hasRoom(MEMORY) ? MEMORY : tmpdir(), `passerby-${process.pid}-${randomBytes(3).toString('hex')}`);

const hasRoom = (place: string): boolean => {
  try {
    const { bavail, bsize } = statfsSync(place);
    return bavail * bsize >= MIN_BYTES;
  } catch {
    // Not every system has one.
    return false;
  }
};

/** Makes the folder before the first test of a project, and deletes it after the last one. */
export default ({ config }: TestProject): (() => void) => {
  const folder = config.env.TMPDIR ?? runFolder();
  removeLeft(dirname(folder));
  mkdirSync(folder, { recursive: true });
  // As the system's own: some tests act as another user.
  chmodSync(folder, 0o1777);
  return () => removeFolder(folder);
};

/** Deletes the folders of runs that were killed. */
const removeLeft = (place: string): void => {
  for (const name of readdirSync(place)) {
    const pid = NAME.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(place, name), { recursive: true, force: true });
  }
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
