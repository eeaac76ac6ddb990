import { z } from 'zod';
import { FieldError } from '../../http/field-error.ts';
import { fieldAt, read } from '../../http/parse.ts';
import { LONGEST } from '../../store/text-limits.ts';
import { filterName } from './parse-names.ts';
import { patternSize } from './pattern-size.ts';
import type { Filter, FilterName, FilterOperator } from './query.ts';

const MAX_FILTERS = 20;
const MAX_DEPTH = 5;
const MAX_VALUES = 100;
/** As long as a page can be, the longest of what has values. */
const MAX_VALUE = LONGEST.page;
/** Values travel in the address of the request to the store, which has room for about a million escaped characters. */
const MAX_TEXT = 50_000;

const MAX_PATTERNS = 10;
const MAX_PATTERN = 500;
/** A pattern of this size takes up to 4 ms for a value of 500 characters. */
const MAX_PATTERN_SIZE = 1_000;

const values = z.array(z.string().max(MAX_VALUE)).min(1).max(MAX_VALUES);
const patterns = z.array(z.string().max(MAX_PATTERN)).min(1).max(MAX_PATTERNS);
const option = z.strictObject({ case_sensitive: z.boolean() });

const OF_TEXTS = z.enum(['is', 'is_not', 'contains', 'contains_not']);
const OF_PATTERNS = z.enum(['matches', 'matches_not']);

/** A filter, to describe it; what is wrong with one is said better by {@link parseFilters}. */
export const filterShape: z.ZodType<Filter> = z
  .lazy(() =>
    z.union([
      z.tuple([OF_TEXTS, filterName, values]),
      z.tuple([OF_TEXTS, filterName, values, option]),
      z.tuple([OF_PATTERNS, filterName, patterns]),
      z.tuple([OF_PATTERNS, filterName, patterns, option]),
      z.tuple([z.enum(['and', 'or']), z.array(filterShape).min(1).max(MAX_FILTERS)]),
      z.tuple([z.literal('not'), filterShape]),
    ]),
  )
  .meta({ id: 'Filter', description: `At most ${MAX_FILTERS} comparisons in all, ${MAX_DEPTH} deep.` });

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
  checkPatterns(comparisons.filter(isOfPatterns).flatMap(([, , texts]) => texts));
  return filters;
};

const checkPatterns = (all: readonly string[]): void => {
  if (all.length > MAX_PATTERNS)
    throw new FieldError('filters', `must have at most ${MAX_PATTERNS} patterns altogether`, 'too_many', MAX_PATTERNS);
  if (all.reduce((sum, pattern) => sum + patternSize(pattern), 0) > MAX_PATTERN_SIZE)
    throw new FieldError(
      'filters',
      'must have shorter patterns, or such that repeat less, as in {1,50}',
      'too_long',
      MAX_PATTERN_SIZE,
    );
};

/** A filter that compares a dimension with values. */
export type Comparison = Extract<Filter, readonly [FilterOperator, ...unknown[]]>;

/** The same comparison of another dimension. */
export const withName = ([operator, , values, option]: Comparison, name: FilterName): Comparison =>
  option === undefined ? [operator, name, values] : [operator, name, values, option];

/** The same comparison with other values. */
export const withValues = ([operator, name, , option]: Comparison, values: readonly string[]): Comparison =>
  option === undefined ? [operator, name, values] : [operator, name, values, option];

/** Its values are parts of values. */
export const isOfParts = ([operator]: Comparison): boolean => operator === 'contains' || operator === 'contains_not';

/** Its values are patterns. */
export const isOfPatterns = ([operator]: Comparison): boolean => operator === 'matches' || operator === 'matches_not';

/** Capital letters are others than small ones. */
export const respectsCase = (comparison: Comparison): boolean =>
  comparison[3]?.case_sensitive ?? !isOfParts(comparison);

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
  const [operator, first, second, third]: readonly unknown[] = input;
  switch (operator) {
    case 'is':
    case 'is_not':
    case 'contains':
    case 'contains_not':
    case 'matches':
    case 'matches_not': {
      if (input.length !== 3 && input.length !== 4)
        throw new FieldError(fieldAt(path), 'must have 3 entries, or 4 with one such as {"case_sensitive": false}');
      const name = read(filterName, first, [...path, 1]);
      const texts = read(operator.startsWith('matches') ? patterns : values, second, [...path, 2]);
      return input.length === 3 ? [operator, name, texts] : [operator, name, texts, read(option, third, [...path, 3])];
    }
    case 'and':
    case 'or':
      exactlyTwo(input, path);
      return [operator, filtersAt(first, [...path, 1], depth + 1)];
    case 'not':
      exactlyTwo(input, path);
      return [operator, filterAt(first, [...path, 1], depth + 1)];
    default:
      throw new FieldError(
        fieldAt([...path, 0]),
        'must be one of is, is_not, contains, contains_not, matches, matches_not, and, or, not',
        operator === undefined ? 'missing' : 'not_a_choice',
      );
  }
};

const exactlyTwo = (input: readonly unknown[], path: Path): void => {
  if (input.length !== 2) throw new FieldError(fieldAt(path), 'must have 2 entries');
};

const filtersAt = (input: unknown, path: Path, depth: number): Filter[] => {
  if (!Array.isArray(input) || input.length === 0 || input.length > MAX_FILTERS)
    throw new FieldError(fieldAt(path), `must be a list of 1 to ${MAX_FILTERS} filters`);
  return input.map((filter, index) => filterAt(filter, [...path, index], depth));
};
