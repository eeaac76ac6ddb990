import type { Asking, SqlRow } from './asking.ts';
import { type Count, METRICS } from './metrics.ts';
import type { GroupName, Metric } from './query.ts';
import { nullsLast } from './result.ts';
import { countsIn } from './sql/statement.ts';

type Comparison = (a: SqlRow, b: SqlRow) => number;

/** Groups that are listed, as the store would list them: as asked, then by the dimensions. */
export const listedInOrder = (
  { statistics, parts, listed }: Omit<Asking, 'zone'>,
  rows: readonly SqlRow[],
): SqlRow[] => {
  const { dimensions, order_by } = statistics.normalized;
  const counts = countsIn(parts);
  const asked = order_by.flatMap(([name, direction]): Comparison[] => {
    const sign = direction === 'asc' ? 1 : -1;
    if (!isMetric(name)) return [(a, b) => sign * byValue(a, b, dimensions.indexOf(name))];
    const value = numberOf(name, counts);
    return value ? [(a, b) => nullsLast(value(a), value(b), direction)] : [];
  });
  const comparisons = [
    ...asked,
    ...dimensions.map(
      (_, index): Comparison =>
        (a, b) =>
          byValue(a, b, index),
    ),
  ];
  return rows
    .filter((row) => listed.some((count) => Number(row[count] ?? 0) > 0))
    .toSorted((a, b) => comparisons.reduce((result, compare) => result || compare(a, b), 0));
};

const isMetric = (name: Metric | GroupName): name is Metric => Object.hasOwn(METRICS, name);

/** As the store compares: texts by their bytes, hours as numbers. */
const byValue = (a: SqlRow, b: SqlRow, index: number): number => {
  const [one = '', other = ''] = [a[`d${index}`], b[`d${index}`]];
  if (one === other) return 0;
  return typeof one === 'number' ? one - Number(other) : Buffer.compare(Buffer.from(one), Buffer.from(String(other)));
};

/** Null: a metric without a number anywhere sorts nothing. */
const numberOf = (metric: Metric, counts: readonly Count[]): ((row: SqlRow) => number | null) | null => {
  const { count, per } = METRICS[metric];
  const divisor = per && per.divisor !== 'everybody' ? per.divisor : null;
  if (!counts.includes(count) || (divisor !== null && !counts.includes(divisor))) return null;
  return (row) => {
    const by = divisor === null ? 1 : Number(row[divisor] ?? 0);
    return by === 0 ? null : Number(row[count] ?? 0) / by;
  };
};
