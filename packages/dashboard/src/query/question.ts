import type { Filter as ApiFilter, GroupName, Metric, Question } from '@passerby/collector/query';
import { daysIn, type Period } from '../state/period.ts';
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

/** Nothing lies before all time. */
const comparison = (view: Pick<View, 'period' | 'compare'>): Question['include'] =>
  view.compare && view.period !== 'all' ? { comparisons: { mode: 'previous_period' } } : {};

/** Builds every question of the statistics page: the site, what the reader chose, and what a part asks. */
export const buildQuestion = (
  domain: string,
  view: Pick<View, 'period' | 'filters' | 'compare'>,
  ask: Ask,
): Question => {
  const filters = [
    ...view.filters.map(({ operator, dimension, values }): ApiFilter => [operator, dimension, values]),
    ...(ask.filters ?? []),
  ];
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

/** Periods up to this many days can be drawn by the hour. */
const MAX_DAYS_BY_HOUR = 8;

/** Steps that the chart can have over a period. */
export const grainsOf = (period: Period): ('hour' | 'day')[] => {
  const days = daysIn(period);
  if (days === null || days > MAX_DAYS_BY_HOUR) return ['day'];
  return days > 1 ? ['day', 'hour'] : ['hour'];
};

/** Steps of the chart: what the reader chose where it can be had, else hours for one day and days above. */
export const grainOf = ({ period, grain }: Pick<View, 'period' | 'grain'>): 'hour' | 'day' => {
  const [usual = 'day', ...others] = grainsOf(period);
  return others.find((other) => other === grain) ?? usual;
};
