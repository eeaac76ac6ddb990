import { constants } from 'node:fs';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../lib/write-whole.ts';
import { partOf } from './write-archive.ts';

/** A backup in the folder. */
export interface Kept {
  readonly name: string;
  /** Unix milliseconds of the minute in which it was begun. */
  readonly at: number;
}

const NAME = /^passerby-(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)Z\.backup$/;
const PART = partOf('');
const DAY_MS = 86_400_000;
/** Says of which store the folder is: backups of two would delete each other. */
const STORE = 'passerby-backups.json';

/** Name of one that is begun at this moment. @example 'passerby-2026-06-09T0330Z.backup' */
export const nameAt = (at: number): string => {
  const [day, hour, minute] = new Date(at).toISOString().split(/[T:]/);
  return `passerby-${day}T${hour}${minute}Z.backup`;
};

/** When one of this name was begun; null: it is no name of ours. */
const timeOf = (name: string): number | null => {
  const [, day, hour, minute] = NAME.exec(name) ?? [];
  const at = Date.parse(`${day}T${hour}:${minute}:00Z`);
  return Number.isNaN(at) || nameAt(at) !== name ? null : at;
};

/** The backups in a folder that were written by schedule, the latest first. */
export const listKept = async (dir: string): Promise<Kept[]> => {
  const files = (await readdir(dir, { withFileTypes: true })).filter((entry) => entry.isFile());
  const kept = files.flatMap(({ name }) => {
    const at = timeOf(name);
    return at === null ? [] : [{ name, at }];
  });
  return kept.sort((one, other) => other.at - one.at);
};

/**
 * Deletes what is too many, the oldest first, and never the one that has just been written. One from the future was
 * written while the clock was wrong: it goes before all others, or it would stay for good.
 * @returns how many are left
 */
export const thin = async (dir: string, written: string, most: number, now: number): Promise<number> => {
  const age = ({ at }: Kept): number => (at > now + DAY_MS ? Number.POSITIVE_INFINITY : now - at);
  const others = (await listKept(dir)).filter(({ name }) => name !== written);
  const tooMany = others.sort((one, other) => age(one) - age(other) || other.at - one.at).slice(most - 1);
  for (const { name } of tooMany) await rm(join(dir, name), { force: true });
  return 1 + others.length - tooMany.length;
};

/**
 * Deletes what a process that was killed had begun.
 * @param since Unix milliseconds: what was written to later may be another collector's, which is at it
 * @returns whether there is such a one
 */
export const clearParts = async (dir: string, since: number): Promise<boolean> => {
  const parts = (await readdir(dir)).filter(
    (name) => name.endsWith(PART) && timeOf(name.slice(0, -PART.length)) !== null,
  );
  let isBusy = false;
  for (const name of parts) {
    const path = join(dir, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.NEGATIVE_INFINITY }));
    if (mtimeMs > since) isBusy = true;
    else await rm(path, { force: true });
  }
  return isBusy;
};

/** Makes the folder this store's, unless it is another's. @returns false: it is */
export const claim = async (dir: string, store: string): Promise<boolean> => {
  const file = join(dir, STORE);
  const text = await noteIn(file);
  if (text === null) await writeWhole(file, `${JSON.stringify({ store })}\n`);
  return text === null || storeIn(text) === store;
};

/** A note of ours is a short plain file: a pipe or a device in its place, of whoever may write here too, has no end. */
const NOTE = { flags: constants.O_RDONLY | constants.O_NONBLOCK, most: 4096 };

/** What a note says; null: there is none. */
const noteIn = async (path: string): Promise<string | null> => {
  const file = await open(path, NOTE.flags).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (file === null) return null;
  try {
    const stats = await file.stat();
    return stats.isFile() && stats.size <= NOTE.most ? await file.readFile('utf8') : '';
  } finally {
    await file.close();
  }
};

const storeIn = (text: string): unknown => {
  try {
    return (JSON.parse(text) as { store?: unknown } | null)?.store;
  } catch {
    return undefined;
  }
};
