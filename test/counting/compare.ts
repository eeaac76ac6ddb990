import type { Answer, Filter, FilterName, Question } from '../../packages/collector/src/query/stats/query.ts';
import { DIMENSIONS, type DimensionName } from '../../packages/collector/src/store/dimensions.ts';
import type { Groups, Numbers } from './answer.ts';

/** Where an answer differs from the textbook, a line a group; empty if nowhere. */
export const differences = (question: Question, { results, meta }: Answer, groups: Groups): string[] => {
  const answered = new Map(results.map(({ dimensions, metrics }) => [JSON.stringify(dimensions), metrics]));
  const twice = results.length === answered.size ? [] : ['a group is answered twice'];
  const wrong = [...new Set([...groups.keys(), ...answered.keys()])].flatMap((group) => {
    const expected = rowOf(question, meta.source, groups.get(group));
    const told = answered.get(group);
    return JSON.stringify(expected) === JSON.stringify(told) ? [] : [{ group, expected, told }];
  });
  return [...twice, ...wrong.map((line) => JSON.stringify(line))];
};

type Source = Answer['meta']['source'];

const rowOf = (question: Question, source: Source, numbers: Numbers | undefined): (number | null)[] | undefined =>
  numbers &&
  question.metrics.map((metric) =>
    metric === 'visitors' ? visitorsOf(question, source, numbers) : numbers[metric as keyof Numbers],
  );

/**
 * The one number in which Passerby may differ from the textbook, and exactly how: it does not know who came, only whether
 * a visit was its browser's first of the day. Where that is enough to find everybody, it finds everybody.
 */
const visitorsOf = (question: Question, source: Source, { visitors, firstVisits }: Numbers): number => {
  if (firstVisits > visitors) throw new RangeError('A browser has two first visits in a day.');
  return hasAllFirstVisits(question) || countsBrowsers(question, source) ? visitors : firstVisits;
};

/** Whole days and nothing left out: the first visit of each browser's day is among those that are asked for. */
const hasAllFirstVisits = ({ dimensions = [], filters = [], date_range }: Question): boolean => {
  const wholeDays =
    typeof date_range === 'string' ? date_range !== '24h' : date_range[0].length === '2036-03-30'.length;
  return (
    wholeDays &&
    filters.length === 0 &&
    dimensions.every((name) => ['time:day', 'time:week', 'time:month'].includes(name))
  );
};

/** The rollups of pages and of events hold each browser once a day. */
const countsBrowsers = ({ dimensions = [], filters = [] }: Question, source: Source): boolean => {
  const names = [...dimensions, ...filters.flatMap(namesIn)];
  return (
    source === 'sums' && names.some((name) => name in DIMENSIONS && DIMENSIONS[name as DimensionName].scope === 'hit')
  );
};

const namesIn = (filter: Filter): FilterName[] => {
  switch (filter[0]) {
    case 'and':
    case 'or':
      return filter[1].flatMap(namesIn);
    case 'not':
      return namesIn(filter[1]);
    default:
      return [filter[1]];
  }
};
