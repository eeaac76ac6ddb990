import { type Counts, metricValue } from './metrics.ts';
import { isSeries, type NormalizedQuery } from './normalize.ts';
import type { AnswerRow, Metric } from './query.ts';

/** A group as the store counts it. */
export interface CountedGroup {
  /** Values of the dimensions, as an answer names them. */
  readonly dimensions: readonly string[];
  /** The same as they lie in the store: an hour in Unix seconds. */
  readonly stored: readonly string[];
  readonly counts: Counts;
}

/** How groups become the rows of an answer. */
export interface Rows {
  /** The groups of a series in order, with zeros where the store has counted nothing; null: the groups as they were found. */
  readonly places: readonly (readonly string[])[] | null;
  /** Metrics without a number, for a reason. */
  readonly unknown: ReadonlySet<Metric>;
  /** Visitors of the question without its groups. */
  readonly everybody: number;
}

/** The rows of an answer. */
export const rowsOf = (normalized: NormalizedQuery, groups: readonly CountedGroup[], rows: Rows): AnswerRow[] => {
  const { places } = rows;
  if (!places) return groups.map((group) => rowOf(normalized, group, rows));
  const placeOf = placesOfHours(places);
  const found = new Map(groups.map(({ dimensions, counts }) => [placeOf(dimensions.join()), counts]));
  return places.map((dimensions) =>
    rowOf(normalized, { dimensions, counts: found.get(dimensions.join()) ?? {} }, rows),
  );
};

/** An hour of a time zone that the site had before may begin at another quarter: it stands in the hour it begins in. */
const placesOfHours = (places: readonly (readonly string[])[]): ((label: string) => string) => {
  const labels = places.map((place) => place.join());
  const known = new Set(labels);
  const byTime = new Map(labels.map((label) => [Date.parse(label), label]));
  return (label) => {
    if (known.has(label)) return label;
    const quarters = [1, 2, 3].map((count) => byTime.get(Date.parse(label) - count * QUARTER_MS));
    return quarters.find((place) => place !== undefined) ?? label;
  };
};

const QUARTER_MS = 15 * 60_000;

/** The row of a group that was counted, or of one that is not there. */
export const rowOf = (
  { metrics }: NormalizedQuery,
  { dimensions, counts }: Pick<CountedGroup, 'dimensions' | 'counts'>,
  { unknown, everybody }: Omit<Rows, 'places'>,
): AnswerRow => ({
  dimensions: [...dimensions],
  metrics: metrics.map((metric) => (unknown.has(metric) ? null : metricValue(metric, { ...counts, everybody }))),
});

/** Puts beside each row the row of the other period that stands in its place, if there is one. */
export const compared = (rows: readonly AnswerRow[], others: readonly (AnswerRow | null)[]): AnswerRow[] =>
  rows.map((row, index) => {
    const earlier = others[index];
    if (!earlier) return row;
    const change = row.metrics.map((value, metric) => changeOf(value, earlier.metrics[metric] ?? null));
    return { ...row, comparison: { ...earlier, change } };
  });

/**
 * Percent by which a number changed, to one decimal; null where there was nothing to change from, or less than that, as
 * after refunds. A rate is a number.
 */
export const changeOf = (value: number | null, earlier: number | null): number | null => {
  if (value === null || earlier === null || earlier <= 0) return null;
  // Adding zero turns −0 into 0.
  return Math.round(((value - earlier) * 1000) / earlier) / 10 + 0;
};

/** The page of a series that is asked for; equal rows stay in the order of time. */
export const paged = (normalized: NormalizedQuery, rows: readonly AnswerRow[]): AnswerRow[] => {
  const { limit, offset } = normalized.pagination;
  return isSeries(normalized) ? sorted(normalized, rows).slice(offset, offset + limit) : [...rows];
};

const sorted = ({ metrics, order_by }: NormalizedQuery, rows: readonly AnswerRow[]): AnswerRow[] => {
  const inTime = rows.map((row, index) => ({ row, index }));
  type Place = (typeof inTime)[number];
  const comparisons = order_by.map(([name, direction]) => {
    const metric = (metrics as readonly string[]).indexOf(name);
    const key = ({ row, index }: Place): number | null => (metric < 0 ? index : (row.metrics[metric] ?? null));
    return (a: Place, b: Place): number => nullsLast(key(a), key(b), direction);
  });
  const compare = (a: Place, b: Place): number =>
    comparisons.reduce((result, comparison) => result || comparison(a, b), 0);
  return inTime.sort(compare).map(({ row }) => row);
};

/** Compares two numbers; one that is missing comes last. */
export const nullsLast = (a: number | null, b: number | null, direction: 'asc' | 'desc'): number => {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return direction === 'asc' ? a - b : b - a;
};
