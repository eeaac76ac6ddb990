import { accessSync, chmodSync, constants, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isDenied } from '../lib/denied.ts';
import { ExpectedError } from '../lib/expected-error.ts';
import type { Log } from '../lib/logger.ts';
import { StartError, UsageError } from './start-error.ts';

/** The data directory cannot be used; the message says which and why. */
export class DataDirError extends ExpectedError {
  override readonly name = 'DataDirError';
}

/** Makes the data directory, for this user alone, or closes the one that is there to others who could change it. */
export const prepareDataDir = (path: string, log: Log): void => {
  const dir = resolve(path);
  try {
    prepareDir(dir, 'DATA_DIR', log);
  } catch (error) {
    const code = codeOf(error);
    throw new DataDirError(
      `The data folder ${dir} cannot be written to (${code}): make it writable, or choose another with DATA_DIR.`,
      { kind: isDenied(code) ? 'forbidden' : 'usage', code, field: 'DATA_DIR' },
    );
  }
};

/** Makes a folder as {@link prepareDataDir} does. @throws what the file system says */
export const prepareDir = (dir: string, variable: string, log: Log): void => {
  make(dir);
  readdirSync(dir);
  accessSync(dir, constants.W_OK | constants.X_OK);
  if (!isClosed(dir))
    log.warn(
      `other users can take away what is in ${variable}: make it a folder of this user that nobody else can change`,
    );
};

/** The system's code of an error, for a sentence. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown';

const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;

/**
 * Sees to it that no other user can change what lies in a folder. One that is sticky, as `/tmp`, serves others too and is
 * left as it is; nor is a group kept out, by which a container or a volume may give its folder to this user.
 */
const isClosed = (dir: string): boolean => {
  const { uid, mode } = statSync(dir);
  const isOwn = uid === process.getuid?.();
  if ((mode & OTHERS_WRITE) === 0) return isOwn || uid === 0;
  if (!isOwn || (mode & STICKY) !== 0) return false;
  try {
    chmodSync(dir, mode & 0o7777 & ~OTHERS_WRITE);
    return true;
  } catch {
    // A file system that has no rights of its own.
    return false;
  }
};

/** Why nothing could be written to a folder, which is not made by asking: a code of the system; null: it could be. */
export const whyUnwritable = (path: string): string | null => {
  const dir = resolve(path);
  try {
    if (!isTaken(dir)) return dirname(dir) === dir ? 'ENOENT' : whyUnwritable(dirname(dir));
    readdirSync(dir);
    accessSync(dir, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return codeOf(error);
  }
};

/** That this user may not look is another thing than that nothing is there; null: it is not that. */
export const hiddenFrom = (path: string, error: unknown): StartError | null => {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined || !isDenied(code)) return null;
  return new StartError(
    `${resolve(path)} may not be read by this user (${code}): run the command as the collector's user, for instance with sudo.`,
    { kind: 'forbidden', code },
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

/** What a collector makes in its folder. */
const MADE = ['spool', 'rejected', 'engine', 'sites.json'];

/**
 * Why a path is not the folder of a collector; empty: it is one.
 * @throws StartError if this user may not look
 */
export const whatIs = (path: string): string => {
  if (!isThere(path)) return 'there is no such folder';
  if (!statSync(path).isDirectory()) return 'it is no folder';
  const names = namesIn(path);
  if (names.length === 0) return 'it is empty';
  return MADE.some((name) => names.includes(name)) ? '' : 'it is the folder of something else';
};

/**
 * For what is done to a folder without its collector.
 * @param parts folders in it that are needed
 * @throws StartError if they are not there, or if this user may not look
 */
export const expectCollectorFolder = (path: string, ...parts: readonly string[]): void => {
  const missing = parts.find((part) => !isThere(join(path, part)));
  if (missing === undefined) return;
  throw new UsageError(
    'DATA_DIR',
    `${resolve(path)} is not the folder of a collector: ${whatIs(path) || `it has no ${missing}`}.`,
  );
};

const namesIn = (path: string): readonly string[] => {
  try {
    return readdirSync(path);
  } catch (error) {
    throw hiddenFrom(path, error) ?? error;
  }
};

/** Node's own `recursive` never ends where the parent is there and still nothing can be made in it, as in /proc. */
const make = (dir: string): void => {
  if (isTaken(dir)) return;
  make(dirname(dir));
  mkdirSync(dir, { mode: 0o700 });
};

/** Whether anything has this name, also a link that leads nowhere, in whose place no folder can be made. */
const isTaken = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;
