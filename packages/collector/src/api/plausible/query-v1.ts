import type { Site } from '../../sites/site.ts';
import { type Answered, type Ask, answerTo } from './answer.ts';
import { differencesOfMetrics, differencesOfValues } from './differences.ts';
import { formulaOf, type PlausibleMetric } from './metrics.ts';
import type { Asked } from './plan.ts';
import { comparedWith, labelsOf, type Moment } from './ranges.ts';
import { checkMetrics } from './request.ts';
import {
  type parseAggregate,
  type parseBreakdown,
  type parseTimeseries,
  spanOfV1,
  type V1Request,
} from './request-v1.ts';

/*
 * Answers of Plausible's older API (https://plausible.io/docs/stats-api-v1#endpoints). It has no `meta`: what means
 * something else is said in `warning`.
 */

/** Where a request is answered. */
export interface Place {
  readonly site: Site;
  readonly moment: Moment;
  readonly ask: Ask;
}

type Value = number | string | null;
interface Warned {
  readonly warning?: string;
}

const MOST = 10_000;

/** Totals. @throws FieldError */
export const aggregate = async (request: ReturnType<typeof parseAggregate>, place: Place) => {
  const base = whole(request, place);
  const before = request.compares ? comparedWith({ mode: 'previous_period' }, base.span, place.moment) : null;
  const asked = { ...base, comparedWith: before };
  const answered = await answer(asked, request, place);
  const [row] = answered.rows;
  const results = request.metrics.map((metric, index) => {
    const { comparison } = row ?? {};
    return [
      metric,
      {
        value: row?.metrics[index] ?? null,
        ...(comparison && {
          comparison_value: comparison.metrics[index] ?? null,
          change: comparison.change[index] ?? null,
        }),
      },
    ] as const;
  });
  return { results: Object.fromEntries(results), ...warned(asked, request, answered) };
};

/** Numbers by time; groups of time without any have zeros. @throws FieldError */
export const timeseries = async (request: ReturnType<typeof parseTimeseries>, place: Place) => {
  const { step, metrics } = request;
  const asked: Asked = { ...whole(request, place), dimensions: [step], order_by: [[step, 'asc']] };
  const answered = await answer(asked, request, place);
  const found = new Map(answered.rows.map((row) => [row.dimensions[0], row.metrics]));
  const results = labelsOf(step, asked.span, place.moment).map((date) => {
    const numbers = metrics.map((metric, index) => [metric, found.get(date)?.[index] ?? emptyOf(metric)] as const);
    return { date, ...Object.fromEntries(numbers) } as Readonly<Record<string, Value>>;
  });
  return { results, ...warned(asked, request, answered) };
};

const emptyOf = (metric: PlausibleMetric): 0 | null => (metric === 'visit_duration' ? null : formulaOf(metric).empty);

/** Dimensions of which only what has a value is listed. */
const LISTED_IF_SET = /^visit:(?:country|region|city|utm_\w+|entry_page|exit_page)$/;

/** Numbers by a property, the largest first. @throws FieldError */
export const breakdown = async (request: ReturnType<typeof parseBreakdown>, place: Place) => {
  const { property, metrics, limit, offset } = request;
  const dimensions = property.endsWith('_version') ? [property.replace('_version', ''), property] : [property];
  const by = metrics.find((metric) => metric !== 'time_on_page') ?? 'visitors';
  const isSetOnly = LISTED_IF_SET.test(property);
  const base = whole(request, place);
  const asked: Asked = {
    ...base,
    // Found out beside the others, for the order alone.
    metrics: metrics.includes(by) ? metrics : [...metrics, by],
    dimensions,
    filters: property === 'visit:country' ? [...base.filters, ['is_not', 'visit:country', ['ZZ', '']]] : base.filters,
    order_by: [[by, 'desc'], ...dimensions.map((name) => [name, 'asc'] as const)],
    limit,
    offset,
    ...(isSetOnly && { isSetOnly }),
  };
  const answered = await answer(asked, request, place);
  const results = answered.rows.map((row) => {
    const names = dimensions.map((name, index) => [keyOf(name), row.dimensions[index] ?? ''] as const);
    const numbers = metrics.map((metric, index) => [metric, row.metrics[index] ?? null] as const);
    return Object.fromEntries<Value>([...names, ...numbers]);
  });
  return { results, ...warned(asked, request, answered) };
};

/** What a row calls a property: its name without what it is of. */
const keyOf = (name: string): string => name.replace(/^(?:event:props|event|visit):/, '');

/** The totals of a request. */
const whole = (request: V1Request, { moment }: Place): Asked => ({
  metrics: request.metrics,
  dimensions: [],
  filters: request.translated.filters,
  span: spanOfV1(request, moment),
  order_by: [],
  limit: MOST,
  offset: 0,
  comparedWith: null,
  wantsTotal: false,
});

const answer = (asked: Asked, { translated }: V1Request, { site, moment, ask }: Place): Promise<Answered> => {
  checkMetrics(asked.metrics, asked.dimensions, translated.names);
  return answerTo(asked, site.domain, moment, ask);
};

const warned = (asked: Asked, { translated }: V1Request, { differences }: Answered): Warned => {
  const names = [...asked.dimensions, ...translated.names];
  const all = [
    ...differences,
    ...differencesOfMetrics(asked, translated.names),
    ...translated.differences,
    ...differencesOfValues(names),
  ];
  const texts = [...new Map(all.map(({ about, warning }) => [about, `${about}: ${warning}`])).values()];
  return texts.length > 0 ? { warning: texts.join(' ') } : {};
};
