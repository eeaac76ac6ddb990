import type { Metric } from './query.ts';

/** A number that adds up over rows. */
export type Count = 'visitors' | 'visits' | 'views' | 'events' | 'bounces' | 'seconds' | 'revenue';

/**
 * How a count is got from rows called `r`: expressions that are added up, null where those rows do not know the count.
 */
interface CountFormula {
  /** From any rows that are chosen by what is frozen over a visit: increments. */
  readonly increment: string;
  /** From the rollups of page and event name, where a visit is counted once for each value. */
  readonly seen: string | null;
  /** From the rollup of pages, for exit pages: a page's views that no view of the same visit followed. */
  readonly exits: string | null;
  /**
   * From the hits of one visit that match, where they are chosen by what changes within it. Bounces and seconds belong
   * to the visit as a whole, `w`, whichever of its hits match.
   */
  readonly matched: string;
}

/** Every count, by each way to it. */
export const COUNTS: Readonly<Record<Count, CountFormula>> = {
  visits: { increment: 'r.visits', seen: 'r.seen_visits', exits: 'r.views - r.moves', matched: '1' },
  visitors: { increment: 'r.visitors', seen: 'r.seen_visitors', exits: null, matched: 'any(r.first_visit)' },
  views: { increment: 'r.views', seen: 'r.views', exits: null, matched: 'sum(r.views)' },
  events: { increment: 'r.events', seen: 'r.events', exits: null, matched: 'sum(r.events)' },
  bounces: { increment: 'r.bounces', seen: null, exits: null, matched: 'any(w.bounces)' },
  seconds: { increment: 'r.seconds', seen: null, exits: null, matched: 'any(w.seconds)' },
  revenue: { increment: 'r.revenue', seen: null, exits: null, matched: 'sum(r.revenue)' },
};

/** A metric: a count, or a count a visit. */
interface MetricFormula {
  readonly count: Count;
  /** Present: divided by the visits, multiplied by this, rounded to so many decimals. */
  readonly perVisit?: { readonly times: number; readonly decimals: number };
}

/** Every metric, in one list: adding one is a new entry here and in `Metric`. What each means is in docs/counting.md. */
export const METRICS: Readonly<Record<Metric, MetricFormula>> = {
  visitors: { count: 'visitors' },
  visits: { count: 'visits' },
  pageviews: { count: 'views' },
  views_per_visit: { count: 'views', perVisit: { times: 1, decimals: 2 } },
  bounce_rate: { count: 'bounces', perVisit: { times: 100, decimals: 1 } },
  visit_duration: { count: 'seconds', perVisit: { times: 1, decimals: 0 } },
  events: { count: 'events' },
  revenue: { count: 'revenue' },
};

/**
 * A count as the store says it, a whole number in digits. Revenue is stored in thousandths and read as a decimal: divided
 * as a number, sums of more than 9 × 10¹² lost cents, of which an answer can hold all up to 7 × 10¹³.
 */
export const countOf = (name: Count, said: string | number | undefined): number =>
  Number(name === 'revenue' ? `${said}e-3` : said);

/** The counts that metrics are made of, each once. */
export const countsOf = (metrics: readonly Metric[]): Count[] => [
  ...new Set(
    metrics
      .map((name) => METRICS[name])
      .flatMap(({ count, perVisit }): Count[] => (perVisit ? [count, 'visits'] : [count])),
  ),
];

/**
 * The metric's value: null where there is no visit to divide by. Halves are rounded up; the multiplication comes before
 * the division, so that 201 views of 200 visits are 1.005 and become 1.01.
 */
export const metricValue = (metric: Metric, counts: Readonly<Partial<Record<Count, number>>>): number | null => {
  const { count, perVisit } = METRICS[metric];
  const { [count]: sum = 0, visits = 0 } = counts;
  if (!perVisit) return sum;
  if (visits === 0) return null;
  const unit = 10 ** perVisit.decimals;
  return Math.round((sum * perVisit.times * unit) / visits) / unit;
};
