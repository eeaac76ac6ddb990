import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../test/support/until.ts';

/** A disk of a few hundred megabytes, in memory, with a data directory on it. */
export interface SmallDisk {
  readonly dataDir: string;
  /** Leaves no byte free. */
  fill(): void;
  free(): void;
  /** Makes the spool's folder read-only: possible only at a moment when no file in it is open to be written. */
  protect(): Promise<void>;
  unprotect(): void;
  remove(): void;
}

const SIZE = '512m';
const PIECE = Buffer.alloc(1024 * 1024);
const SMALLEST = 4096;
const PATIENCE_MS = 20_000;

const run = (command: 'mount' | 'umount', ...args: readonly string[]): void => {
  execFileSync(command, args, { stdio: 'ignore' });
};

/** Mounts one; null: this user may not. */
export const mountSmallDisk = (): SmallDisk | null => {
  const path = mkdtempSync(join(tmpdir(), 'passerby-soak-'));
  const dataDir = join(path, 'data');
  const spool = join(dataDir, 'spool');
  try {
    run('mount', '-t', 'tmpfs', '-o', `size=${SIZE},mode=700`, 'tmpfs', path);
    mkdirSync(spool, { recursive: true, mode: 0o700 });
    // The engine never closes all its files: what is to be read-only is a mount of its own.
    run('mount', '--bind', spool, spool);
  } catch {
    rmSync(path, { recursive: true });
    return null;
  }
  const ballast = join(path, 'ballast');
  const remount = (mode: 'ro' | 'rw'): void => run('mount', '-o', `remount,bind,${mode}`, spool);
  return {
    dataDir,
    fill: () => fill(ballast),
    free: () => rmSync(ballast),
    protect: () =>
      until('the spool is read-only', PATIENCE_MS, () => {
        try {
          remount('ro');
          return true;
        } catch {
          // A file is open.
          return false;
        }
      }),
    unprotect: () => remount('rw'),
    remove() {
      for (const mounted of [spool, path]) run('umount', '-l', mounted);
      rmSync(path, { recursive: true });
    },
  };
};

/** Writes as much as there is room for, at last in small pieces. */
const fill = (path: string): void => {
  const file = openSync(path, 'w');
  for (let size = PIECE.length; size >= SMALLEST; size /= 2) {
    try {
      for (;;) writeSync(file, PIECE, 0, size);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
  closeSync(file);
};
