import { accessSync, constants, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

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

/** Node's own `recursive` never ends where the parent is there and still nothing can be made in it, as in /proc. */
const make = (dir: string): void => {
  if (existsSync(dir)) return;
  make(dirname(dir));
  mkdirSync(dir, { mode: 0o700 });
};
