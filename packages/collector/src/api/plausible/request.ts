import { z } from 'zod';
import { FieldError } from '../../http/field-error.ts';
import { read } from '../../http/parse.ts';
import { DIMENSIONS, dimensionOf, MISSING_DIMENSIONS } from './dimensions.ts';
import { type Translated, translateFilters } from './filters.ts';
import { isMetric, METRICS, MISSING_METRICS, type PlausibleMetric } from './metrics.ts';

/*
 * The body of `POST /api/v2/query` (https://plausible.io/docs/stats-api#request-structure).
 */

const TIMES = ['time', 'time:hour', 'time:day', 'time:week', 'time:month'];
const MOST_GROUPS = 3;
const MOST_METRICS = 20;
const MOST_ORDERS = 20;
const LARGEST_PAGE = 10_000;
const LARGEST_OFFSET = 1_000_000_000;

const rule = (message: string) => ({ error: message });
/** What names fields that are known. */
const fields = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? 'is no field that is known here' : 'must be an object'),
  });
const text = z.string(rule('must be a text'));
const flag = z.boolean(rule('must be true or false')).exactOptional();
const listOf = (what: string) => z.array(text, rule(`must be a list of ${what}`));
const whole = (least: number, most: number) =>
  z
    .int(rule('must be a whole number'))
    .min(least, rule(`must be ${least} at least`))
    .max(most, rule(`must be ${most} at most`))
    .exactOptional();
const domain = rule('must be the domain of a site');
const two = z.tuple([text, text]);

const compared = z.union(
  [
    fields({ mode: z.enum(['previous_period', 'year_over_year']), match_day_of_week: flag }),
    fields({ mode: z.literal('custom'), date_range: two, match_day_of_week: flag }),
  ],
  rule('must be such as { "mode": "previous_period" }: previous_period, year_over_year, or custom with its date_range'),
);

const order = rule('must be such as ["visitors", "desc"]');

/** A question of theirs, but for what its fields must be to one another. */
export const requestShape = fields({
  site_id: z.string(domain).min(1, domain).max(253, domain),
  metrics: listOf('metrics')
    .min(1, rule('must name a metric'))
    .max(MOST_METRICS, rule(`must be at most ${MOST_METRICS}`)),
  date_range: z.union([text, two], rule('must be a name such as 7d, or two days or times')),
  dimensions: listOf('dimensions').exactOptional(),
  filters: z.array(z.unknown(), rule('must be a list of filters')).exactOptional(),
  order_by: z
    .array(z.tuple([z.string(order), z.enum(['asc', 'desc'], order)], order), rule('must be a list of orders'))
    .max(MOST_ORDERS, rule(`must be at most ${MOST_ORDERS}`))
    .exactOptional(),
  include: fields({
    imports: flag,
    time_labels: flag,
    total_rows: flag,
    comparisons: compared.exactOptional(),
  }).exactOptional(),
  pagination: fields({ limit: whole(1, LARGEST_PAGE), offset: whole(0, LARGEST_OFFSET) }).exactOptional(),
});

/** A question of theirs. */
export interface PlausibleRequest extends Omit<z.output<typeof requestShape>, 'metrics' | 'dimensions' | 'filters'> {
  readonly metrics: readonly PlausibleMetric[];
  readonly dimensions: readonly string[];
  /** As they were sent, for the echo. */
  readonly filters: readonly unknown[];
  readonly translated: Translated;
}

/**
 * The question that somebody sent.
 * @throws FieldError naming the field that is wrong
 */
export const parseRequest = (input: unknown): PlausibleRequest => {
  const sent = read(requestShape, input);
  const { filters = [] } = sent;
  const metrics = sent.metrics.map((name, index) => expectMetric(name, `metrics[${index}]`));
  const dimensions = (sent.dimensions ?? []).map((name, index) => expectDimension(name, `dimensions[${index}]`));
  expectOnce(metrics, 'metrics');
  expectOnce(dimensions, 'dimensions');
  const request = { ...sent, metrics, dimensions, filters, translated: translateFilters(filters) };
  for (const check of RULES) check(request);
  return request;
};

/** What a name of a metric must be. */
export const expectMetric = (name: string, field: string): PlausibleMetric => {
  if (isMetric(name)) return name;
  const missing = Object.hasOwn(MISSING_METRICS, name) ? MISSING_METRICS[name] : undefined;
  throw new FieldError(field, missing ?? `must be one of ${Object.keys(METRICS).join(', ')}`);
};

const expectDimension = (name: string, field: string): string => {
  if (TIMES.includes(name) || dimensionOf(name)) return name;
  const missing = Object.hasOwn(MISSING_DIMENSIONS, name) ? MISSING_DIMENSIONS[name] : undefined;
  throw new FieldError(
    field,
    missing
      ? `${name} ${missing}`
      : `must be one of ${[...TIMES, ...Object.keys(DIMENSIONS)].join(', ')}, or event:props: and a name`,
  );
};

const expectOnce = (names: readonly string[], field: string): void => {
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (twice >= 0) throw new FieldError(`${field}[${twice}]`, `names ${names[twice]} twice`);
};

type Rule = (request: PlausibleRequest) => void;

/** Metrics of visits, which have no meaning by what changes within one. */
const OF_VISITS: readonly PlausibleMetric[] = ['bounce_rate', 'visit_duration'];
const OF_PAGES: readonly PlausibleMetric[] = ['time_on_page', 'scroll_depth'];

const RULES: readonly Rule[] = [
  ({ dimensions }) => {
    const times = dimensions.filter((name) => TIMES.includes(name));
    const second = times[1];
    if (second !== undefined)
      throw new FieldError(`dimensions[${dimensions.indexOf(second)}]`, 'must be the only dimension of time');
    if (dimensions.length - times.length > MOST_GROUPS)
      throw new FieldError('dimensions', `must be at most ${MOST_GROUPS}, beside one of time`);
  },
  ({ metrics, dimensions, translated }) => checkMetrics(metrics, dimensions, translated.names),
  ({ metrics, dimensions, order_by = [] }) => {
    order_by.forEach(([name], index) => {
      if (![...metrics, ...dimensions].includes(name as PlausibleMetric))
        throw new FieldError(`order_by[${index}][0]`, 'must be a metric or a dimension of this question');
    });
  },
  ({ dimensions, include }) => {
    if (include?.time_labels && !dimensions.some((name) => TIMES.includes(name)))
      throw new FieldError('include.time_labels', 'needs a dimension of time such as time:day');
  },
];

/**
 * Which metrics go with which dimensions and filters.
 * @throws FieldError
 */
export const checkMetrics = (
  metrics: readonly PlausibleMetric[],
  dimensions: readonly string[],
  filtered: ReadonlySet<string>,
): void => {
  const fail = (metric: PlausibleMetric, message: string): never => {
    throw new FieldError(`metrics[${metrics.indexOf(metric)}]`, message);
  };
  const byEvent = dimensions.find((name) => name.startsWith('event:') && name !== 'event:page');
  for (const metric of metrics) {
    if (metric === 'views_per_visit' && dimensions.length > 0)
      fail(metric, 'views_per_visit is taken without dimensions alone');
    if (metric === 'views_per_visit' && filtered.has('event:page'))
      fail(metric, 'views_per_visit is not taken with a filter by event:page');
    if (OF_VISITS.includes(metric) && byEvent !== undefined)
      fail(metric, `${metric} is of visits, and is not taken with the dimension ${byEvent}`);
    if (OF_PAGES.includes(metric) && !dimensions.includes('event:page') && !filtered.has('event:page'))
      fail(metric, `${metric} needs the dimension event:page, or a filter by it`);
    if (metric === 'percentage' && dimensions.length === 0) fail(metric, 'percentage needs a dimension');
  }
};
