import { z } from 'zod';
import { FieldError } from '../../http/field-error.ts';
import { fieldAt, read } from '../../http/parse.ts';
import { LONGEST } from '../../store/text-limits.ts';
import { filterName } from './parse-names.ts';
import type { Filter, FilterOperator } from './query.ts';

const MAX_FILTERS = 20;
const MAX_DEPTH = 5;
const MAX_VALUES = 100;
/** As long as a page can be, the longest of what has values. */
const MAX_VALUE = LONGEST.page;
/** Values travel in the address of the request to the store, which has room for about a million escaped characters. */
const MAX_TEXT = 50_000;

const values = z.array(z.string().max(MAX_VALUE)).min(1).max(MAX_VALUES);

/**
 * The filters of a question.
 * @throws FieldError naming the place that is wrong, such as `filters[0][1]`
 */
export const parseFilters = (input: readonly unknown[]): Filter[] => {
  const filters = input.map((filter, index) => filterAt(filter, ['filters', index], 1));
  const comparisons = filters.flatMap(comparisonsOf);
  if (comparisons.length > MAX_FILTERS)
    throw new FieldError('filters', `must be at most ${MAX_FILTERS} altogether`, 'too_many', MAX_FILTERS);
  if (comparisons.flatMap(([, , texts]) => texts).join('').length > MAX_TEXT)
    throw new FieldError(
      'filters',
      `must have values of at most ${MAX_TEXT} characters altogether`,
      'too_long',
      MAX_TEXT,
    );
  return filters;
};

/** A filter that compares a dimension with values. */
export type Comparison = Extract<Filter, readonly [FilterOperator, ...unknown[]]>;

/** The comparisons that a filter consists of, however deep. */
export const comparisonsOf = (filter: Filter): Comparison[] => {
  switch (filter[0]) {
    case 'and':
    case 'or':
      return filter[1].flatMap(comparisonsOf);
    case 'not':
      return comparisonsOf(filter[1]);
    default:
      return [filter];
  }
};

type Path = readonly (string | number)[];

const filterAt = (input: unknown, path: Path, depth: number): Filter => {
  if (depth > MAX_DEPTH) throw new FieldError(fieldAt(path), `must not be nested deeper than ${MAX_DEPTH}`);
  if (!Array.isArray(input)) throw new FieldError(fieldAt(path), 'must be a list such as ["is", "event:page", ["/"]]');
  const [operator, first, second]: readonly unknown[] = input;
  const exactly = (length: number): void => {
    if (input.length !== length) throw new FieldError(fieldAt(path), `must have ${length} entries`);
  };
  switch (operator) {
    case 'is':
    case 'is_not':
    case 'contains':
    case 'contains_not':
      exactly(3);
      return [operator, read(filterName, first, [...path, 1]), read(values, second, [...path, 2])];
    case 'and':
    case 'or':
      exactly(2);
      return [operator, filtersAt(first, [...path, 1], depth + 1)];
    case 'not':
      exactly(2);
      return [operator, filterAt(first, [...path, 1], depth + 1)];
    default:
      throw new FieldError(fieldAt([...path, 0]), 'must be one of is, is_not, contains, contains_not, and, or, not');
  }
};

const filtersAt = (input: unknown, path: Path, depth: number): Filter[] => {
  if (!Array.isArray(input) || input.length === 0 || input.length > MAX_FILTERS)
    throw new FieldError(fieldAt(path), `must be a list of 1 to ${MAX_FILTERS} filters`);
  return input.map((filter, index) => filterAt(filter, [...path, index], depth));
};
