/**
 * The question as data, in the shape of Plausible's Stats API v2 (https://plausible.io/docs/stats-api), and its
 * answer. `POST /api/query` takes a {@link Question} and returns an {@link Answer}.
 *
 * @example
 * { "site_id": "example.com", "metrics": ["visitors", "pageviews"], "date_range": "7d",
 *   "dimensions": ["event:page"], "filters": [["is", "visit:country", ["DE"]]],
 *   "order_by": [["visitors", "desc"]], "pagination": { "limit": 10 } }
 */
import type { ErrorCode } from '../../http/error-codes.ts';
import type { DimensionName } from '../../store/dimensions.ts';
import type { RANGE_NAMES } from '../period/range-names.ts';

/** A number that can be asked for. What each means: `metrics.ts`. */
export type Metric =
  | 'visitors'
  | 'visits'
  | 'pageviews'
  | 'views_per_visit'
  /** Visits whose first view or event matches, and bounces and seconds of these. */
  | 'entries'
  | 'bounces'
  | 'bounce_rate'
  | 'visit_duration'
  /** Visits whose last view matches. */
  | 'exits'
  | 'exit_rate'
  /** By view. */
  | 'time_on_page'
  | 'scroll_depth'
  | 'events'
  | 'visits_per_visitor'
  | 'events_per_visitor'
  /** Of the visitors of the question without its dimensions. */
  | 'percentage'
  /** In units of its currency: the question names `event:currency` as a dimension, or filters by one that it `is`. */
  | 'revenue'
  | 'revenue_per_visitor';

/**
 * Local hour, day, week or month of the site. A week has the name of its first day, a Monday, and a month that
 * of its first day, also where the range begins later or ends earlier: then they are the days within the range.
 */
export type TimeDimension =
  | 'time:hour'
  | 'time:day'
  | 'time:week'
  /** Weeks of countries where they begin on these days. */
  | 'time:week_sunday'
  | 'time:week_saturday'
  | 'time:month';

/** Time by the step that suits the range's length: hours to 2 days, days to 100, weeks to 400, months beyond. */
export type AnyTime = TimeDimension | 'time';

/** Value of the property NAME, 1 to 64 characters, of a view or an event. */
export type PropertyDimension = `event:props:${string}`;

/** What an answer can be filtered by. */
export type FilterName = DimensionName | PropertyDimension;

/**
 * What belongs to no visit, counted by the metric `events` alone and without filters, by days or longer: what was left
 * out and why; e-mails that were opened.
 */
export type CounterDimension = 'drop:reason' | 'open:name';

/** What an answer can be grouped by. `event:property`: the names of the properties that there are. */
export type GroupName = FilterName | 'event:property' | 'site' | TimeDimension | CounterDimension;

/** How a filter compares a value with those it names. */
export type FilterOperator = 'is' | 'is_not' | 'contains' | 'contains_not' | 'matches' | 'matches_not';

/** Whether capital letters are others than small ones. Missing: they are, but for `contains` and `contains_not`. */
export interface FilterOption {
  readonly case_sensitive: boolean;
}

/**
 * `is`, `contains` and `matches` hold if one of the values fits; `is_not`, `contains_not` and `matches_not` if none does.
 * Values to match are regular expressions (https://github.com/google/re2/wiki/Syntax), which look for a part of the value
 * as answers show it.
 */
export type Filter =
  | readonly [FilterOperator, FilterName, readonly string[]]
  | readonly [FilterOperator, FilterName, readonly string[], FilterOption]
  | readonly ['and' | 'or', readonly Filter[]]
  | readonly ['not', Filter];

/**
 * Days of the site's time zone, both ends included, or two ISO times with offset: the start of a local hour, and that of
 * another, which is left out, or the last second of one, as answers write it. Others are refused. `24h`: the last 24 hours
 * with the one under way. `7d`, `28d`, `30d`, `91d`: that many days with today. `6mo`, `12mo`: that many calendar months
 * with this one, to today. `day`, `month`, `year`: today, this month, this year. `yesterday`, `last_week` (Monday to
 * Sunday), `last_month`, `last_year`: the last one that is over. `all`: since the site's first hit.
 */
export type DateRange = (typeof RANGE_NAMES)[number] | readonly [string, string];

/** A question. */
export interface Question {
  /** A site, or 1 to 50: their numbers are added up, each in its own time zone. */
  site_id: string | readonly string[];
  metrics: readonly Metric[];
  date_range: DateRange;
  /** At most one of time and three others. */
  dimensions?: readonly (GroupName | 'time')[];
  /** All of them hold. */
  filters?: readonly Filter[];
  /** Missing: by time, oldest first, else by the first metric, largest first; then by the dimensions. */
  order_by?: readonly (readonly [Metric | GroupName | 'time', 'asc' | 'desc'])[];
  pagination?: { limit?: number; offset?: number };
  include?: {
    /** Count all the groups: `meta.total_rows`. */
    total_rows?: boolean;
    /** List all the time groups of the range: `meta.time_labels`. */
    time_labels?: boolean;
    /** Ask the same of another period. Each row gets its `comparison`. */
    comparisons?: Comparisons;
  };
}

/**
 * What a question's range is compared with: as many hours or days just before it (of a named range of months or years as
 * many of these), the same days of the year before, or a range of one's own, as `DateRange`. The first two go as far as a
 * range under way has come, to the hour. `match_day_of_week`: the period is shifted so that its weekdays agree: by the
 * fewest whole weeks that are not shorter than the range, by 52 weeks, or one's own to the nearest such day.
 */
export type Comparisons =
  | { mode: 'previous_period' | 'year_over_year'; match_day_of_week?: boolean }
  | { mode: 'custom'; date_range: readonly [string, string]; match_day_of_week?: boolean };

/** One group and its numbers, in the order of the question's dimensions and metrics. */
export interface AnswerRow {
  /** Values; time as `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS±HH:MM`. */
  dimensions: string[];
  /** Numbers; null where there is nothing to divide by, or for a reason that `metric_warnings` has. */
  metrics: (number | null)[];
  /**
   * The row in its place of the period compared with: of the same values, and of the time that stands in its time's place.
   * What was not there has no counts and no rates. `change` is in percent of it, null where that is no more than zero.
   * Missing where the other period has no such time, as a shorter month has no 31st.
   */
  comparison?: { dimensions: string[]; metrics: (number | null)[]; change: (number | null)[] };
}

/** Why a metric is null, or another number than it would be today. */
export interface MetricWarning {
  code:
    | 'no_meaning_by_event'
    | 'no_meaning_by_hour'
    | 'not_kept'
    | 'counted_otherwise_before'
    | 'comparison_incomplete';
  message: string;
  /** First local day that is counted as today; of `comparison_incomplete`: that is kept. */
  from?: string;
}

/** An answer. */
export interface Answer {
  results: AnswerRow[];
  meta: {
    /** Where the numbers come from: `sums` (rollups kept for years) or `hits` (single hits, deleted after a while). */
    source: 'sums' | 'hits';
    /** First local day from which the answer is complete. */
    complete_from: string;
    /** Groups altogether, if asked for. */
    total_rows?: number;
    /** The range's time groups in order, if asked for. */
    time_labels?: string[];
    /** Missing: there is nothing to say. */
    metric_warnings?: Partial<Record<Metric, MetricWarning>>;
  };
  /** The question as it was understood: defaults filled in, `date_range` as two local times, `time` as the step taken. */
  query: Question & {
    date_range: readonly [string, string];
    include?: { comparisons?: Comparisons & { date_range: readonly [string, string] } };
  };
}

/** What is wrong with a request: the kind, the field and one sentence. The body of every refusal. */
export interface Refusal {
  error: { code: ErrorCode; field: string; message: string; limit?: number };
}
