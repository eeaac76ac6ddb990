import type { DiskSpace } from '../lib/disk-space.ts';
import type { Store } from '../store/store.ts';
import { TABLES } from '../store/tables.ts';

const RESERVE = { most: 2 ** 30, share: 0.1 };
/** A backup may become larger than what tells of it: so much. */
const MARGIN = 1.25;

/** Bytes that a backup leaves free on its disk, which may be that of the hits: these go before it. */
export const reserveOf = ({ total }: DiskSpace): number => Math.min(RESERVE.most, total * RESERVE.share);

/**
 * Bytes that a backup will have, more rather than less.
 * @param before bytes of the last one; null: there is none
 */
export const estimate = async (store: Store, before: number | null): Promise<number> =>
  Math.ceil(MARGIN * (before ?? (await bytesOf(store))));

/** What the tables take: as much as a backup does, about. */
const bytesOf = async (store: Store): Promise<number> => {
  const [sum] = await store.query<{ bytes: number }>(
    `SELECT toFloat64(sum(bytes_on_disk)) AS bytes FROM system.parts
    WHERE database = currentDatabase() AND table IN {tables:Array(String)} AND active`,
    { tables: [...TABLES] },
  );
  return sum?.bytes ?? 0;
};
