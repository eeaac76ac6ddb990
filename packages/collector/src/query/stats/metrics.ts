import type { Metric } from './query.ts';

/** A number that adds up: over the days of a range, and over the values of a dimension where `plan/sums.ts` says so. */
export type Count =
  | 'visitors'
  | 'visits'
  | 'views'
  | 'events'
  | 'revenue'
  | 'entries'
  | 'bounces'
  | 'seconds'
  | 'exits'
  | 'engaged'
  | 'scroll'
  /** Views and events together: a group in which there are none is not listed. */
  | 'hits';

/** What a count may be divided by: another one, or the visitors of the question without its groups. */
export type Divisor = Count | 'everybody';

/** A metric: a count, or one divided by another. */
interface MetricFormula {
  readonly count: Count;
  /** Present: the count times `times`, divided by `over` times the divisor, rounded to so many decimals. */
  readonly per?: {
    readonly divisor: Divisor;
    readonly times?: number;
    readonly over?: number;
    readonly decimals: number;
  };
  /** Divides what is booked at one time by what is booked at another, which has a meaning over whole days alone. */
  readonly ofDays?: true;
}

/** Every metric, in one list: adding one is a new entry here and in `Metric`. What each means is in docs/counting.md. */
export const METRICS: Readonly<Record<Metric, MetricFormula>> = {
  visitors: { count: 'visitors' },
  visits: { count: 'visits' },
  pageviews: { count: 'views' },
  views_per_visit: { count: 'views', per: { divisor: 'visits', decimals: 2 }, ofDays: true },
  entries: { count: 'entries' },
  bounces: { count: 'bounces' },
  bounce_rate: { count: 'bounces', per: { divisor: 'entries', times: 100, decimals: 1 } },
  visit_duration: { count: 'seconds', per: { divisor: 'entries', decimals: 0 } },
  exits: { count: 'exits' },
  exit_rate: { count: 'exits', per: { divisor: 'views', times: 100, decimals: 1 }, ofDays: true },
  time_on_page: { count: 'engaged', per: { divisor: 'views', over: 1000, decimals: 0 } },
  scroll_depth: { count: 'scroll', per: { divisor: 'views', decimals: 0 } },
  events: { count: 'events' },
  visits_per_visitor: { count: 'visits', per: { divisor: 'visitors', decimals: 2 }, ofDays: true },
  events_per_visitor: { count: 'events', per: { divisor: 'visitors', decimals: 2 } },
  percentage: { count: 'visitors', per: { divisor: 'everybody', times: 100, decimals: 1 } },
  revenue: { count: 'revenue' },
  revenue_per_visitor: { count: 'revenue', per: { divisor: 'visitors', decimals: 3 } },
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
      .flatMap(({ count, per }) => [count, ...(per ? [per.divisor] : [])])
      .filter((name): name is Count => name !== 'everybody'),
  ),
];

/** Counts of a group; what is missing is zero. */
export type Counts = Readonly<Partial<Record<Divisor, number>>>;

/**
 * The metric's value: null where there is nothing to divide by. Halves are rounded up; the multiplication comes before
 * the division, so that 201 views of 200 visits are 1.005 and become 1.01.
 */
export const metricValue = (metric: Metric, counts: Counts): number | null => {
  const { count, per } = METRICS[metric];
  const { [count]: sum = 0 } = counts;
  if (!per) return sum;
  const { divisor, times = 1, over = 1, decimals } = per;
  const { [divisor]: by = 0 } = counts;
  if (by === 0) return null;
  const unit = 10 ** decimals;
  // A whole number, but for what was lost in a decimal of revenue. Adding zero turns −0 into 0.
  const whole = Math.round(sum * times * unit);
  return Math.round(whole / (by * over)) / unit + 0;
};
