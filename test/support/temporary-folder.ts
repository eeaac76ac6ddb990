import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of a test. */
export interface TemporaryFolder {
  readonly path: string;
  /** Deletes it with all that is in it. What is left goes with the last test of the run. */
  readonly remove: () => void;
}

/**
 * Makes an empty folder that only this user can enter.
 * @param place where the run of the tests has its folders, in memory if possible: see `test/runner/folders.ts`
 */
export const temporaryFolder = (place = tmpdir()): TemporaryFolder => {
  const path = mkdtempSync(join(place, 'test-'));
  return { path, remove: () => removeFolder(path) };
};

const TRIES = 20;
const PAUSE_MS = 50;

/**
 * Deletes a folder with all that is in it. What is under way at the end, as the processes of a browser that was told to go,
 * may still write a file into it while it is being emptied. `maxRetries` would only try the last step once more, and such
 * a file stays.
 */
export const removeFolder = (path: string): void => {
  for (let tries = 1; ; tries++) {
    try {
      rmSync(path, { recursive: true, force: true });
      return;
    } catch (error) {
      if (tries === TRIES || !(error instanceof Error && 'code' in error && error.code === 'ENOTEMPTY')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
};
