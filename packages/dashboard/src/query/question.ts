import type { Filter as ApiFilter, GroupName, Metric, Question } from '@passerby/collector/query';
import { comparisonOf } from '../state/compare.ts';
import { queryFilters } from '../state/filters.ts';
import type { View } from '../state/view.ts';

/** What a part of the page asks beside what the reader chose. */
export interface Ask {
  readonly metrics: readonly Metric[];
  readonly dimensions?: readonly GroupName[];
  /** Filters beside the reader's. */
  readonly filters?: readonly ApiFilter[];
  readonly orderBy?: readonly [Metric, 'asc' | 'desc'];
  readonly limit?: number;
  readonly offset?: number;
  readonly include?: Pick<NonNullable<Question['include']>, 'total_rows' | 'time_labels'>;
  /** The answer has room for the period before. */
  readonly comparable?: boolean;
}

const comparison = (view: Pick<View, 'period' | 'compare'>): Question['include'] => {
  const comparisons = comparisonOf(view.period, view.compare);
  return comparisons ? { comparisons } : {};
};

/** Builds every question of the statistics page: the site, what the reader chose, and what a part asks. */
export const buildQuestion = (
  domain: string,
  view: Pick<View, 'period' | 'filters' | 'compare'>,
  ask: Ask,
): Question => {
  const filters = [...queryFilters(view.filters), ...(ask.filters ?? [])];
  const include = { ...ask.include, ...(ask.comparable && comparison(view)) };
  return {
    site_id: domain,
    metrics: ask.metrics,
    date_range: view.period,
    ...(ask.dimensions && { dimensions: ask.dimensions }),
    ...(filters.length > 0 && { filters }),
    ...(ask.orderBy && { order_by: [ask.orderBy] }),
    ...(ask.limit !== undefined && { pagination: { limit: ask.limit, offset: ask.offset ?? 0 } }),
    ...(Object.keys(include).length > 0 && { include }),
  };
};
