import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where `pnpm dev` writes down how its store is reached, for this user alone: `pnpm seed` fills it meanwhile. */
const noteIn = (dataDir: string): string => join(dataDir, 'dev-store');

/** @param url with user and password, as `CLICKHOUSE_URL` */
export const leaveNote = (dataDir: string, url: string): void => writeFileSync(noteIn(dataDir), url, { mode: 0o600 });

export const removeNote = (dataDir: string): void => rmSync(noteIn(dataDir), { force: true });

/** null: `pnpm dev` does not run on this folder. After one that was killed, the address leads nowhere. */
export const readNote = (dataDir: string): string | null => {
  try {
    return readFileSync(noteIn(dataDir), 'utf8');
  } catch {
    return null;
  }
};
