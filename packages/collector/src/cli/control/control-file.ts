import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { hiddenFrom } from '../../config/data-dir.ts';
import { StartError } from '../../config/start-error.ts';

const shape = z.object({ url: z.url(), token: z.string().min(1) });

/** How commands on this machine reach the collector that runs on a data folder. */
export type ControlFile = z.infer<typeof shape>;

const fileIn = (dataDir: string): string => join(dataDir, 'operator.json');

/** Writes it down, for this user alone. Its token is good until the collector ends. */
export const writeControlFile = (dataDir: string, note: ControlFile): void => {
  const file = fileIn(dataDir);
  try {
    rmSync(`${file}.new`, { force: true });
    writeFileSync(`${file}.new`, JSON.stringify(note), { mode: 0o600, flag: 'wx' });
    renameSync(`${file}.new`, file);
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
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
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

/** Where a server that listens on this host is found on its own machine. */
export const ownUrl = (host: string, port: number): string => {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
};
