import type { Zone } from '../../lib/time-zone.ts';
import { shownValue } from '../../sites/value-spelling.ts';
import type { Store } from '../../store/store.ts';
import { hourBucketLabel } from '../period/time-buckets.ts';
import { type Count, countOf, countsOf } from './metrics.ts';
import type { PlannedQuery } from './relation.ts';
import type { CountedGroup } from './result.ts';
import { statementFor, totalStatementFor } from './sql.ts';

type SqlRow = Readonly<Record<string, string | number>>;

/** Asks the store. */
export const countGroups = async (store: Store, planned: PlannedQuery, zone: Zone): Promise<CountedGroup[]> => {
  const { sql, params } = statementFor(planned);
  const rows = await store.query<SqlRow>(sql, params);
  return rows.map((row) => groupOf(row, planned, zone));
};

/** Asks the store how many groups there are. */
export const countTotal = async (store: Store, planned: PlannedQuery): Promise<number> => {
  const { sql, params } = totalStatementFor(planned);
  const [row] = await store.query<{ total: number }>(sql, params);
  return row?.total ?? 0;
};

const groupOf = (row: SqlRow, { normalized }: PlannedQuery, zone: Zone): CountedGroup => ({
  dimensions: normalized.dimensions.map((name, index) => {
    const value = row[`d${index}`] ?? '';
    return name === 'time:hour' ? hourBucketLabel(Number(value), zone) : shownValue(name, String(value));
  }),
  counts: Object.fromEntries(
    countsOf(normalized.metrics).map((name): [Count, number] => [name, countOf(name, row[name])]),
  ),
});
