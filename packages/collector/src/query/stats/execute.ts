import type { Zone } from '../../lib/time-zone.ts';
import { shownValue } from '../../sites/value-spelling.ts';
import type { Store } from '../../store/store.ts';
import { hourBucketLabel } from '../period/time-buckets.ts';
import { type Count, countOf } from './metrics.ts';
import type { Part } from './plan/part.ts';
import type { CountedGroup } from './result.ts';
import type { Statistics } from './sql/relation.ts';
import { countsIn, statementFor, totalStatementFor } from './sql/statement.ts';

type SqlRow = Readonly<Record<string, string | number>>;

/** What the store is asked. */
export interface Asking {
  readonly statistics: Statistics;
  readonly parts: readonly Part[];
  /** Counts of which a group must have one, to be listed. */
  readonly listed: readonly Count[];
  readonly zone: Zone;
}

/** Asks the store. */
export const countGroups = async (
  store: Store,
  { statistics, parts, listed, zone }: Asking,
): Promise<CountedGroup[]> => {
  if (parts.length === 0) return [];
  const { sql, params } = statementFor(statistics, parts, listed);
  const rows = await store.query<SqlRow>(sql, params);
  const counts = countsIn(parts);
  return rows.map((row) => ({
    dimensions: statistics.normalized.dimensions.map((name, index) => {
      const value = row[`d${index}`] ?? '';
      return name === 'time:hour' ? hourBucketLabel(Number(value), zone) : shownValue(name, String(value));
    }),
    counts: Object.fromEntries(counts.map((name): [Count, number] => [name, countOf(name, row[name])])),
  }));
};

/** Asks the store how many groups there are. */
export const countTotal = async (store: Store, { statistics, parts, listed }: Asking): Promise<number> => {
  if (parts.length === 0) return 0;
  const { sql, params } = totalStatementFor(statistics, parts, listed);
  const [row] = await store.query<{ total: number }>(sql, params);
  return row?.total ?? 0;
};
