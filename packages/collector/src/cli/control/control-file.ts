import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { hiddenFrom } from '../../config/data-dir.ts';
import { StartError } from '../../config/start-error.ts';
import { writeWholeSync } from '../../lib/write-whole.ts';

const shape = z.object({
  url: z.url(),
  /** The Unix socket that it listens on alone. */
  socket: z.string().optional(),
  token: z.string().min(1),
  /** Of the Passerby that runs; missing: an earlier one. */
  version: z.string().optional(),
});

/** How commands on this machine reach the collector that runs on a data folder. */
export type ControlFile = z.infer<typeof shape>;

/** What the system says of a path that can lead to no file. */
const LEADS_NOWHERE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG']);

const fileIn = (dataDir: string): string => join(dataDir, 'operator.json');

/** Writes it down, for this user alone. Its token is good until the collector ends. */
export const writeControlFile = (dataDir: string, note: ControlFile): void => {
  try {
    writeWholeSync(fileIn(dataDir), JSON.stringify(note));
  } catch {
    // A full disk must not keep a collector from counting. Commands find none then.
  }
};

/**
 * null: nobody left one. One that a killed collector left leads nowhere, and its token is no longer good.
 * @throws StartError if there is one, or may be, that cannot be read
 */
export const readControlFile = (dataDir: string): ControlFile | null => {
  const file = fileIn(dataDir);
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== undefined && LEADS_NOWHERE.has(code)) return null;
    throw (
      hiddenFrom(file, error) ??
      new StartError(`${resolve(file)} cannot be read (${code ?? 'damaged'}): start the collector anew.`)
    );
  }
};

export const removeControlFile = (dataDir: string): void => {
  try {
    rmSync(fileIn(dataDir), { force: true });
  } catch {
    // It is not ours: a folder was in its place.
  }
};
