import type { Store } from './store.ts';

/** The version of the schema from which on rows say the hour of the hit and the number of the browser. */
const COUNTING = 3;

/**
 * When the store began to be counted as it is today, in Unix milliseconds: the end of the upgrade to that. Rows of before
 * answer less, and so does the day in which it is. null: it was always counted so.
 */
export const countedSince = async (store: Pick<Store, 'query'>): Promise<number | null> => {
  const [found] = await store.query<{ since: number; born: number }>(
    `SELECT toFloat64(maxIf(applied, version = ${COUNTING})) * 1000 AS since, toFloat64(maxIf(applied, version = 1)) * 1000 AS born
    FROM migrations FINAL`,
    {},
    { pool: 'config' },
  );
  return found === undefined || found.since === found.born ? null : found.since;
};
