import { realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Log } from '../lib/logger.ts';
import { ConfigError } from './config-error.ts';
import { codeOf, prepareDir } from './data-dir.ts';

/** Folders of the data folder that are the collector's and the engine's: what else lies there they may delete, or trip over. */
const TAKEN = ['engine', 'spool', 'rejected', 'restoring'];

/** What is wrong with the place of the folder of backups, which need not be there yet; null: nothing. */
export const misplacedBackupDir = (path: string, dataDir: string): ConfigError | null => {
  const [dir, data] = [realOf(resolve(path)), realOf(resolve(dataDir))];
  if (dir === data)
    return new ConfigError('BACKUP_DIR', 'must be a folder of its own, not DATA_DIR itself, best on another disk');
  const taken = TAKEN.find((name) => isWithin(dir, join(data, name)));
  return taken === undefined
    ? null
    : new ConfigError('BACKUP_DIR', `must not be in DATA_DIR/${taken}, which is the collector's own`);
};

/**
 * Makes the folder of backups, for this user alone, unless it is there.
 * @throws ConfigError if it cannot be one
 */
export const prepareBackupDir = (path: string, dataDir: string, log: Log): void => {
  const misplaced = misplacedBackupDir(path, dataDir);
  if (misplaced !== null) throw misplaced;
  try {
    prepareDir(resolve(path), 'BACKUP_DIR', log);
  } catch (error) {
    throw new ConfigError(
      'BACKUP_DIR',
      `${resolve(path)} cannot be written to (${codeOf(error)}): make it a folder that is writable for this user, or choose another`,
    );
  }
};

const isWithin = (path: string, folder: string): boolean => {
  const way = relative(folder, path);
  return way === '' || (way.split('/')[0] !== '..' && !way.startsWith('/'));
};

/** Where a path leads, whatever of it is there. */
const realOf = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realOf(above), basename(path));
  }
};
