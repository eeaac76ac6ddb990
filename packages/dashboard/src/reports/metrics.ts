import type { Metric } from '@passerby/collector/query';
import type { Filter } from '../state/filters.ts';

/** Metrics that the dashboard shows somewhere. */
export type ShownMetric = Exclude<Metric, 'bounces'>;

/** One metric, or several. */
export type ShownMetrics = readonly [ShownMetric, ...ShownMetric[]];

/** Of whole visits, or of pages: without a meaning where events are chosen. */
const OF_NO_EVENT: ReadonlySet<Metric> = new Set<Metric>([
  'entries',
  'bounce_rate',
  'visit_duration',
  'exits',
  'exit_rate',
  'time_on_page',
  'scroll_depth',
  // Of those with the event: all, or something else than what is meant.
  'percentage',
]);

/** A filter by what only events have. */
export const isOfEvents = ({ dimension }: Filter): boolean =>
  dimension === 'event:name' || dimension === 'event:currency';

/** A filter that no view passes: views have no event name, and no value is one that can be asked for. */
const leavesNoViews = (filter: Filter): boolean =>
  isOfEvents(filter) &&
  (filter.operator === 'is' || filter.operator === 'contains') &&
  filter.values.every((value) => value !== '');

/** True where filters leave events alone. */
export const areOnlyEvents = (filters: readonly Filter[]): boolean => filters.some(leavesNoViews);

/**
 * The columns that say something under filters: where there are no views, events stand in their place.
 *
 * @example metricsUnder([{ dimension: 'event:name', operator: 'is', values: ['Order'] }], ['visitors', 'pageviews']) // ['visitors', 'events']
 */
export const metricsUnder = (filters: readonly Filter[], metrics: ShownMetrics): ShownMetrics => {
  if (!filters.some(isOfEvents)) return metrics;
  const counted = areOnlyEvents(filters)
    ? metrics.map((metric): ShownMetric => (metric === 'pageviews' ? 'events' : metric))
    : metrics;
  const [first = 'visitors', ...others] = new Set(counted.filter((metric) => !OF_NO_EVENT.has(metric)));
  return [first, ...others];
};
