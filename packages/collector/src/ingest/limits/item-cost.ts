/** Bytes that cost as much as an item. */
export const ITEM_BYTES = 1024;

/**
 * What a beacon costs its client of `CLIENT_LIMIT`, and its site of a day: an item costs 1, and so does each KiB. An
 * ordinary item takes less than one.
 */
export const costOf = (items: number, bytes: number): number => Math.max(1, items, Math.ceil(bytes / ITEM_BYTES));
