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
  // What is under way at the end may still write a file into a folder that is being emptied.
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
};
