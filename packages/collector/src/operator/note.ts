import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const shape = z.object({ url: z.url(), token: z.string().min(1) });

/** How commands on this machine reach the collector that runs on a data folder. */
export type OperatorNote = z.infer<typeof shape>;

const fileIn = (dataDir: string): string => join(dataDir, 'operator.json');

/** Writes it down, for this user alone. Its token is good until the collector ends. */
export const leaveNote = (dataDir: string, note: OperatorNote): void => {
  const file = fileIn(dataDir);
  try {
    rmSync(`${file}.new`, { force: true });
    writeFileSync(`${file}.new`, JSON.stringify(note), { mode: 0o600, flag: 'wx' });
    renameSync(`${file}.new`, file);
  } catch {
    // A full disk must not keep a collector from counting. Commands find none then.
  }
};

/** null: nobody left one. One that a killed collector left leads nowhere, and its token is no longer good. */
export const readNote = (dataDir: string): OperatorNote | null => {
  try {
    return shape.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')));
  } catch {
    return null;
  }
};

export const removeNote = (dataDir: string): void => rmSync(fileIn(dataDir), { force: true });

/** Where a server that listens on this host is found on its own machine. */
export const ownUrl = (host: string, port: number): string => {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
};
