import { RoomError } from './kept-tables.ts';
import type { Store } from './store.ts';
import { StoreError } from './store-error.ts';

/** What must be free before there are tables: bytes, or a share of a small disk. */
const NEEDED = { bytes: 16 * 1024 * 1024, share: 0.1 };

/**
 * Looks for room before the first tables are made. On a full disk the engine takes the statements and leaves empty files,
 * which it opens never again, also when there is room.
 * @throws RoomError before anything is made
 */
export const expectRoomForTables = async (store: Store): Promise<void> => {
  const disk = await diskOf(store);
  if (disk === undefined || disk.free >= Math.min(NEEDED.bytes, NEEDED.share * disk.total)) return;
  throw new RoomError(
    `The disk has ${(disk.free / 1e6).toFixed(1)} MB of room, which is too little to make the tables. Nothing was made: make room, and start again.`,
  );
};

interface Disk {
  readonly free: number;
  readonly total: number;
}

/** undefined: there are tables, or a server does not tell this user. */
const diskOf = async (store: Store): Promise<Disk | undefined> => {
  try {
    const [disk] = await store.query<Disk>(
      `SELECT toFloat64(unreserved_space) AS free, toFloat64(total_space) AS total FROM system.disks
      WHERE name = 'default' AND NOT EXISTS (SELECT 1 FROM system.tables WHERE database = currentDatabase() AND name = 'migrations')`,
    );
    return disk;
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
};
