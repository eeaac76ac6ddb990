import { z } from 'zod';
import { FieldError } from '../../http/field-error.ts';
import { read } from '../../http/parse.ts';
import { dateRange, ownRange } from '../period/date-range.ts';
import { isAnyTime, isCounterDimension } from './dimensions.ts';
import { METRICS } from './metrics.ts';
import { parseFilters } from './parse-filters.ts';
import { groupName, metricName, orderName } from './parse-names.ts';
import { onlyValues } from './plan/one-dimension.ts';
import type { Question } from './query.ts';

const MAX_LIMIT = 10_000;
/** All there are. */
const MOST_METRICS = Object.keys(METRICS).length;
/** Each of them is asked by itself, and their groups are added up in memory. */
const MOST_SITES = 50;
const LONGEST_DOMAIN = 253;
const MAX_OFFSET = 1_000_000_000;

/** A list without duplicates; the error names the second of two equal entries. */
const listOf = <T extends z.ZodType>(entry: T, nameOf: (value: z.output<T>) => string) =>
  z.array(entry).superRefine((list, check) => {
    const seen = new Set<string>();
    const index = list.findIndex((value) => seen.size === seen.add(nameOf(value)).size);
    const twice = list[index];
    if (twice !== undefined) check.addIssue({ code: 'custom', path: [index], message: `names ${nameOf(twice)} twice` });
  });

const itself = (name: string): string => name;

const weekdays = { match_day_of_week: z.boolean().exactOptional() };
const domain = z.string().min(1).max(LONGEST_DOMAIN);

/** A question, but for what its filters and fields must be to one another. */
export const questionShape = z.strictObject({
  site_id: z.union([domain, z.array(domain).min(1).max(MOST_SITES)], {
    error: `must be the domain of a site, or a list of 1 to ${MOST_SITES}`,
  }),
  metrics: listOf(metricName, itself).min(1).max(MOST_METRICS),
  date_range: dateRange,
  dimensions: listOf(groupName, itself).max(4).exactOptional(),
  filters: z.array(z.unknown()).exactOptional(),
  order_by: listOf(z.tuple([orderName, z.enum(['asc', 'desc'])]), ([name]) => name).exactOptional(),
  pagination: z
    .strictObject({
      limit: z.int().min(1).max(MAX_LIMIT).exactOptional(),
      offset: z.int().min(0).max(MAX_OFFSET).exactOptional(),
    })
    .exactOptional(),
  include: z
    .strictObject({
      total_rows: z.boolean().exactOptional(),
      time_labels: z.boolean().exactOptional(),
      comparisons: z
        .discriminatedUnion(
          'mode',
          [
            z.strictObject({ mode: z.enum(['previous_period', 'year_over_year']), ...weekdays }),
            z.strictObject({ mode: z.literal('custom'), date_range: ownRange, ...weekdays }),
          ],
          {
            error: ({ code }) =>
              code === 'invalid_union' ? 'must be one of previous_period, year_over_year, custom' : undefined,
          },
        )
        .exactOptional(),
    })
    .exactOptional(),
});

/**
 * The question that somebody sent.
 * @throws FieldError naming the field that is wrong and what it may be
 */
export const parseQuestion = (input: unknown): Question => {
  const { filters, ...rest } = read(questionShape, input);
  const question = filters ? { ...rest, filters: parseFilters(filters) } : rest;
  for (const rule of RULES) rule(question);
  return question;
};

/** What holds between the fields of a question. */
const RULES: readonly ((question: Question) => void)[] = [
  ({ site_id }) => {
    if (typeof site_id === 'string') return;
    const again = site_id.findIndex((domain, index) => site_id.indexOf(domain) < index);
    if (again >= 0) throw new FieldError(`site_id[${again}]`, `names ${site_id[again]} twice`);
  },
  ({ dimensions = [] }) => {
    const second = dimensions.filter(isAnyTime)[1];
    if (second) throw new FieldError(`dimensions[${dimensions.indexOf(second)}]`, 'must be the only time dimension');
    if (dimensions.length === 4 && !dimensions.some(isAnyTime))
      throw new FieldError('dimensions[3]', 'must be time: at most three others are allowed');
  },
  ({ metrics, dimensions = [], filters = [] }) => {
    const counter = dimensions.find(isCounterDimension);
    if (!counter) return;
    if (dimensions.some((name) => name !== counter && name !== 'site' && (!isAnyTime(name) || name === 'time:hour')))
      throw new FieldError(
        'dimensions',
        `must not name anything beside ${counter} but site, time:day, time:week, time:week_sunday, time:week_saturday, time:month or time`,
      );
    if (metrics.join() !== 'events') throw new FieldError('metrics', `must be events alone for ${counter}`);
    if (filters.length > 0) throw new FieldError('filters', `must be empty for ${counter}`);
  },
  ({ metrics, dimensions = [], filters = [] }) => {
    const currencies = onlyValues(['and', filters], 'event:currency');
    const isOne = currencies !== null && currencies.length <= 1 && !currencies.includes('');
    const ofMoney = metrics.find((name) => METRICS[name].count === 'revenue');
    if (ofMoney && !dimensions.includes('event:currency') && !isOne)
      throw new FieldError(
        'metrics',
        `${ofMoney} needs the dimension event:currency, or a filter by the one that it is`,
      );
  },
  ({ metrics, dimensions = [], order_by = [] }) => {
    order_by.forEach(([name], index) => {
      if (![...metrics, ...dimensions].includes(name))
        throw new FieldError(`order_by[${index}][0]`, 'must be a metric or a dimension of this question');
    });
  },
  ({ dimensions = [], include }) => {
    if (include?.time_labels && !dimensions.some(isAnyTime))
      throw new FieldError('include.time_labels', 'needs a dimension of time such as time:day');
  },
];
