import { isAnyTime, isCounterDimension, isTime, type ValueName } from './dimensions.ts';
import { comparisonsOf } from './parse-filters.ts';
import type { CounterDimension, Filter, FilterName, GroupName, Metric, Question, TimeDimension } from './query.ts';

const LIMIT = 1_000;

/** A question with its defaults filled in. */
export interface FilledQuery extends Required<Question> {
  readonly pagination: { readonly limit: number; readonly offset: number };
}

/** … and with the step of its time. */
export interface NormalizedQuery extends FilledQuery {
  readonly dimensions: readonly GroupName[];
  readonly order_by: readonly (readonly [Metric | GroupName, 'asc' | 'desc'])[];
}

/** Fills in what the question leaves out. */
export const filled = (question: Question): FilledQuery => {
  const { dimensions = [], filters = [], order_by, pagination, include = {} } = question;
  const time = dimensions.find(isAnyTime);
  const byDefault = time ? ([time, 'asc'] as const) : ([question.metrics[0] ?? 'visitors', 'desc'] as const);
  return {
    ...question,
    dimensions,
    filters,
    order_by: order_by?.length ? order_by : [byDefault],
    pagination: { limit: LIMIT, offset: 0, ...pagination },
    include,
  };
};

/** The question as it is planned. @param step what `time` is. */
export const normalize = (question: Question, step: TimeDimension): NormalizedQuery => {
  const query = filled(question);
  const named = <T extends string>(name: T | 'time'): T | TimeDimension => (name === 'time' ? step : (name as T));
  return {
    ...query,
    dimensions: query.dimensions.map(named<GroupName>),
    order_by: query.order_by.map(([name, direction]) => [named<Metric | GroupName>(name), direction]),
  };
};

/** What decides of which rows a number is made: conditions and groups. */
export type Asked = Pick<NormalizedQuery, 'dimensions' | 'filters'>;

/** The time dimension that an answer is grouped by. */
export const timeOf = ({ dimensions }: Asked): TimeDimension | undefined => dimensions.find(isTime);

/** What belongs to no visit and is asked for, instead of what was counted. */
export const counterDimensionOf = ({ dimensions = [] }: Pick<Question, 'dimensions'>): CounterDimension | undefined =>
  dimensions.find(isCounterDimension);

/** Dimensions that an answer is grouped by, but for time and what belongs to no visit. */
export const groupsOf = ({ dimensions }: Asked): ValueName[] =>
  dimensions.filter((name): name is ValueName => name !== 'site' && !isTime(name) && !isCounterDimension(name));

/** Dimensions that the filters look at, each once. */
export const filteredOf = (filters: readonly Filter[]): FilterName[] => [
  ...new Set(filters.flatMap(comparisonsOf).map(([, name]) => name)),
];

/** Dimensions that conditions and groups look at, each once. */
export const touchedBy = (asked: Asked): ValueName[] => [
  ...new Set([...groupsOf(asked), ...filteredOf(asked.filters)]),
];

/** The answer has one row, or one for each hour, day, week or month: a closed list, known before the store is asked. */
export const isSeries = ({ dimensions }: Asked): boolean => dimensions.every(isTime);
