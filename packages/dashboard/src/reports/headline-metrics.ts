/** The six metrics at the top of the statistics page, in their order; the chart draws one of them. */
export const HEADLINE_METRICS = [
  'visitors',
  'visits',
  'pageviews',
  'views_per_visit',
  'bounce_rate',
  'visit_duration',
] as const;

/** One of {@link HEADLINE_METRICS}. */
export type HeadlineMetric = (typeof HEADLINE_METRICS)[number];

/** Whether more is good, bad, or neither: decides the colour of a change. */
export const MORE_IS: Record<HeadlineMetric, 'good' | 'bad' | 'neither'> = {
  visitors: 'good',
  visits: 'good',
  pageviews: 'good',
  views_per_visit: 'neither',
  bounce_rate: 'bad',
  visit_duration: 'neither',
};
