import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiskSpace } from '../lib/disk-space.ts';
import type { Store } from '../store/store.ts';
import { readArchive } from './archive.ts';
import type { Backups } from './backup.ts';
import { claim, clearParts, listKept } from './folder.ts';
import { gently, type Pace } from './gently.ts';
import { estimate, reserveOf } from './room.ts';
import { type Written, writeArchive } from './write-archive.ts';

/** What {@link makeScheduled} needs. */
export interface ScheduledDeps {
  readonly backups: Backups;
  readonly store: Store;
  /** Other collectors may write to the store, and into the folder. */
  readonly isShared: boolean;
  readonly space: (dir: string) => Promise<DiskSpace>;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** What is written where, and for which time of the schedule. */
export interface Order {
  readonly dir: string;
  readonly file: string;
  /** Unix milliseconds. */
  readonly time: number;
  readonly pace: Pace;
  /** Is called when it begins, with the bytes that it will have, about. */
  readonly begins: (estimated: number) => void;
}

/** `busy`: another one is under way. `there`: another collector has made it. */
export type Outcome = Written | 'busy' | 'there';

/** Why a backup is not made, in a word. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  readonly code: 'no_room' | 'other_store';

  constructor(code: BackupError['code']) {
    super(code);
    this.code = code;
  }
}

/** A file to which another collector has not written for this time, in milliseconds, is one of a process that was killed. */
const STALE_MS = 60 * 60_000;

/**
 * Writes a backup into the folder, at leisure, unless it is another's turn.
 * @throws BackupError, ApiError, StoreError, and what the file system says
 */
export const makeScheduled = async (deps: ScheduledDeps, order: Order): Promise<Outcome> => {
  const { backups, store, isShared, now } = deps;
  const { dir, file, time, pace } = order;
  if (backups.isUnderWay()) return 'busy';
  if (!(await claim(dir, await identityOf(store)))) throw new BackupError('other_store');
  const [newest] = (await listKept(dir)).filter(({ at }) => at <= now());
  if (isShared && newest !== undefined && newest.at >= time) return 'there';
  if (await clearParts(dir, isShared ? now() - STALE_MS : Number.POSITIVE_INFINITY)) return 'busy';
  const before = newest === undefined ? null : (await stat(join(dir, newest.name))).size;
  const bytes = await estimate(store, before);
  await expectRoom(deps, dir, bytes);
  order.begins(bytes);
  let end = async (): Promise<void> => {};
  const begin = async (): Promise<AsyncIterable<Uint8Array>> => {
    const underWay = await backups.begin();
    end = underWay.end;
    return gently(
      underWay.bytes(() => {}),
      pace,
    );
  };
  try {
    return await writeArchive(join(dir, file), begin, {
      before: () => expectRoom(deps, dir, 0),
      read: (path) => gently(readArchive(path), pace),
    });
  } finally {
    // What cannot be dropped now is dropped before the next one begins.
    await end().catch(() => undefined);
  }
};

const expectRoom = async ({ space }: ScheduledDeps, dir: string, bytes: number): Promise<void> => {
  const disk = await space(dir);
  if (disk.free - bytes < reserveOf(disk)) throw new BackupError('no_room');
};

/** The moment when its tables were made: it stays over a restore, and collectors that share a store share it. */
const identityOf = async (store: Store): Promise<string> => {
  const [first] = await store.query<{ born: string }>('SELECT toString(min(applied)) AS born FROM migrations');
  return first?.born ?? '';
};
