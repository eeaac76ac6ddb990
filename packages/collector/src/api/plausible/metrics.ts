import type { Metric } from '../../query/stats/query.ts';

/*
 * The metrics of Plausible's Stats API (https://plausible.io/docs/stats-api#metrics), made of ours.
 */

/** Metrics of ours by name; null: no number, for a reason or for want of something to divide by. */
export type Numbers = Readonly<Partial<Record<Metric, number | null>>>;

/** A metric of theirs. */
interface Formula {
  /** What it is made of. */
  readonly of: readonly Metric[];
  /** @param all visitors of the question without its groups */
  readonly value: (numbers: Numbers, all: number) => number | null;
  /** What it is where there is nothing to divide by. */
  readonly empty: 0 | null;
  /** Groups can be ordered by it before they are all known; missing: they cannot. */
  readonly orderedBy?: Metric;
  /** A change of it is in points, not in percent. */
  readonly inPoints?: true;
}

const itself = (metric: Metric): Formula => ({
  of: [metric],
  value: ({ [metric]: value = null }) => value,
  empty: 0,
  orderedBy: metric,
});

/** An average over something that is counted too, so that groups can be put together. */
const average = (metric: Metric, over: Metric, empty: 0 | null): Formula => ({
  ...itself(metric),
  of: [metric, over],
  empty,
});

const rounded = (value: number, decimals: number): number => Math.round(value * 10 ** decimals) / 10 ** decimals;

const sumOf = (...parts: (number | null)[]): number | null =>
  parts.reduce((sum, part) => (sum === null || part === null ? null : sum + part));

/** Every metric of theirs that is offered. */
export const METRICS = {
  visitors: itself('visitors'),
  visits: itself('visits'),
  pageviews: itself('pageviews'),
  views_per_visit: itself('views_per_visit'),
  bounce_rate: {
    of: ['bounces', 'entries'],
    value: ({ bounces = null, entries = null }) =>
      bounces === null || entries === null || entries === 0 ? null : rounded((bounces * 100) / entries, 0),
    empty: 0,
    orderedBy: 'bounce_rate',
    inPoints: true,
  },
  visit_duration: average('visit_duration', 'entries', 0),
  // Theirs counts views among the events.
  events: {
    of: ['pageviews', 'events'],
    value: ({ pageviews = null, events = null }) => sumOf(pageviews, events),
    empty: 0,
  },
  percentage: {
    of: ['visitors'],
    value: ({ visitors = null }, all) => (visitors === null || all === 0 ? null : rounded((visitors * 100) / all, 1)),
    empty: 0,
    orderedBy: 'visitors',
  },
  time_on_page: average('time_on_page', 'pageviews', null),
  scroll_depth: average('scroll_depth', 'pageviews', null),
} as const satisfies Readonly<Record<string, Formula>>;

/** A metric of theirs that is offered. */
export type PlausibleMetric = keyof typeof METRICS;

/** The metric's parts. */
export const formulaOf = (metric: PlausibleMetric): Formula => METRICS[metric];

export const isMetric = (name: string): name is PlausibleMetric => Object.hasOwn(METRICS, name);

/** Metrics of theirs that are not offered, and why. */
export const MISSING_METRICS: Readonly<Record<string, string>> = {
  conversion_rate: 'conversion_rate is not offered: there are no goals here',
  group_conversion_rate: 'group_conversion_rate is not offered: there are no goals here',
  average_revenue: 'average_revenue is not offered: there are no goals here; POST /api/query has revenue',
  total_revenue: 'total_revenue is not offered: there are no goals here; POST /api/query has revenue',
  exit_rate: 'exit_rate is not offered: POST /api/query has exit_rate',
};

/** Metrics of ours that are averages, and what they are averages over. */
const AVERAGES: Readonly<Partial<Record<Metric, Metric>>> = {
  visit_duration: 'entries',
  time_on_page: 'pageviews',
  scroll_depth: 'pageviews',
};

/** The numbers of two groups of which nothing is in both, as of one. */
export const together = (one: Numbers, other: Numbers): Numbers =>
  Object.fromEntries(
    (Object.keys(one) as Metric[]).map((metric) => {
      const [a = null, b = null] = [one[metric], other[metric]];
      const over = AVERAGES[metric];
      return [metric, over ? averageOf([a, one[over] ?? 0], [b, other[over] ?? 0]) : sumOf(a, b)];
    }),
  );

type Weighed = readonly [value: number | null, weight: number];

/** A value without a weight says nothing. */
const averageOf = (...parts: readonly Weighed[]): number | null => {
  const known = parts.flatMap(([value, weight]) => (value === null || weight === 0 ? [] : [[value, weight] as const]));
  const weight = known.reduce((sum, [, part]) => sum + part, 0);
  return weight === 0 ? null : Math.round(known.reduce((sum, [value, part]) => sum + value * part, 0) / weight);
};

/**
 * By how much a number changed: in whole percent, or in points; null: nobody can say. From nothing to something is 100.
 */
export const changeOf = (metric: PlausibleMetric, value: number | null, before: number | null): number | null => {
  if (value === null || before === null) return null;
  if (formulaOf(metric).inPoints) return before > 0 ? value - before : null;
  if (before === 0) return value > 0 ? 100 : 0;
  return Math.round(((value - before) / before) * 100) + 0;
};
