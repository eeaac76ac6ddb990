import type { Filter } from '../state/filters.ts';
import { areOnlyEvents } from './metrics.ts';

const OF_VISITS = ['visitors', 'visits', 'pageviews', 'views_per_visit', 'bounce_rate', 'visit_duration'] as const;
const OF_PAGES = ['visitors', 'visits', 'pageviews', 'bounce_rate', 'time_on_page', 'scroll_depth'] as const;
const OF_EVENTS = ['visitors', 'events', 'percentage'] as const;

/** A metric at the top of the statistics page. */
export type HeadlineMetric = (typeof OF_VISITS | typeof OF_PAGES | typeof OF_EVENTS)[number];

/** Drawn unless the reader says otherwise; stands among the metrics of all filters. */
export const DEFAULT_METRIC = 'visitors' satisfies HeadlineMetric;

/** True for a metric that can stand at the top. */
export const isHeadlineMetric = (name: string | null): name is HeadlineMetric =>
  [...OF_VISITS, ...OF_PAGES, ...OF_EVENTS].some((metric) => metric === name);

const isOfPages = ({ dimension, operator }: Filter): boolean =>
  (dimension === 'event:page' || dimension === 'event:title') && (operator === 'is' || operator === 'contains');

/** The metrics at the top, in their order: those that say most of what the filters leave. The chart draws one of them. */
export const headlineMetrics = (filters: readonly Filter[]): readonly HeadlineMetric[] => {
  if (areOnlyEvents(filters)) return OF_EVENTS;
  return filters.some(isOfPages) ? OF_PAGES : OF_VISITS;
};

/** What the chart draws: what the reader chose where that is at the top. */
export const drawnMetric = (filters: readonly Filter[], chosen: HeadlineMetric): HeadlineMetric =>
  headlineMetrics(filters).includes(chosen) ? chosen : DEFAULT_METRIC;

/** Whether more is good, bad, or neither: decides the colour of a change. */
export const MORE_IS: Record<HeadlineMetric, 'good' | 'bad' | 'neither'> = {
  visitors: 'good',
  visits: 'good',
  pageviews: 'good',
  views_per_visit: 'neither',
  bounce_rate: 'bad',
  visit_duration: 'neither',
  time_on_page: 'neither',
  scroll_depth: 'neither',
  events: 'good',
  percentage: 'good',
};
