import type { DimensionName } from '../store/dimensions.ts';
import { comparisonsOf } from './parse-filters.ts';
import type { Question, TimeDimension } from './query.ts';

const LIMIT = 1_000;

/** A question with its defaults filled in. */
export interface Asked extends Required<Question> {
  readonly pagination: { readonly limit: number; readonly offset: number };
}

/** Fills in what the question leaves out. */
export const complete = (question: Question): Asked => {
  const { dimensions = [], filters = [], order_by, pagination, include = {} } = question;
  const time = dimensions.find(isTime);
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

const isTime = (name: string): name is TimeDimension => name === 'time:day' || name === 'time:hour';

/** The time dimension that an answer is grouped by. */
export const timeOf = ({ dimensions }: Asked): TimeDimension | undefined => dimensions.find(isTime);

/** What was left out is asked for, not what was counted. */
export const asksDrops = ({ dimensions }: Asked): boolean => dimensions.includes('drop:reason');

/** Dimensions that an answer is grouped by, but for time and drops. */
export const groupsOf = ({ dimensions }: Asked): DimensionName[] =>
  dimensions.filter((name): name is DimensionName => !isTime(name) && name !== 'drop:reason');

/** Dimensions that the filters look at, each once. */
export const filteredOf = ({ filters }: Asked): DimensionName[] => [
  ...new Set(filters.flatMap(comparisonsOf).map(([, name]) => name)),
];

/** The answer has one row, or one for each hour or day: a closed list, known before the store is asked. */
export const isSeries = ({ dimensions }: Asked): boolean => dimensions.every(isTime);

/** The period before is asked for, and the answer's rows have one to be compared with. */
export const compares = (asked: Asked): boolean => asked.include.comparisons !== undefined && isSeries(asked);
