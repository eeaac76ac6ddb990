import { accessSync, constants, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StartError } from './start-error.ts';

/** The data directory cannot be used; the message says which and why. */
export class DataDirError extends Error {
  override readonly name = 'DataDirError';
}

/** Makes the data directory, for this user alone. */
export const prepareDataDir = (path: string): void => {
  const dir = resolve(path);
  try {
    make(dir);
    readdirSync(dir);
    accessSync(dir, constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new DataDirError(
      `The data folder ${dir} cannot be written to (${code}): make it writable, or choose another with DATA_DIR.`,
    );
  }
};

/** That this user may not look is another thing than that nothing is there; null: it is not that. */
export const hiddenFrom = (path: string, error: unknown): StartError | null => {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'EACCES' && code !== 'EPERM') return null;
  return new StartError(
    `${resolve(path)} may not be read by this user (${code}): run the command as the collector's user, for instance with sudo.`,
  );
};

/** Whether something is there. @throws StartError if this user may not know */
export const isThere = (path: string): boolean => {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    const hidden = hiddenFrom(path, error);
    if (hidden !== null) throw hidden;
    // Something else than a folder is in its place.
    return false;
  }
};

/** Node's own `recursive` never ends where the parent is there and still nothing can be made in it, as in /proc. */
const make = (dir: string): void => {
  if (existsSync(dir)) return;
  make(dirname(dir));
  mkdirSync(dir, { mode: 0o700 });
};
