import { FieldError } from '../../http/field-error.ts';
import { fieldAt } from '../../http/parse.ts';
import { parseFilters } from '../../query/stats/parse-filters.ts';
import type { Filter } from '../../query/stats/query.ts';
import { negated, type Positive, TRANSLATIONS } from './comparisons.ts';
import { type Difference, differenceAbout } from './differences.ts';
import { DIMENSIONS, type Dimension, dimensionOf, MISSING_DIMENSIONS } from './dimensions.ts';

/** Filters of theirs in our words. */
export interface Translated {
  readonly filters: readonly Filter[];
  /** Names of their dimensions that the filters look at. */
  readonly names: ReadonlySet<string>;
  /** What the filters cannot mean here. */
  readonly differences: readonly Difference[];
}

type Path = readonly (string | number)[];
type Operator = 'is' | 'is_not' | 'contains' | 'contains_not' | 'matches' | 'matches_not';

const OPERATORS: readonly string[] = ['is', 'is_not', 'contains', 'contains_not', 'matches', 'matches_not'];
/** Of filters nested deeper than they may be, which are refused without being looked at. */
const LONGEST_PATH = 20;
const BEHAVIOUR: readonly unknown[] = ['has_done', 'has_not_done'];

/**
 * Reads filters (https://plausible.io/docs/stats-api#filters).
 * @throws FieldError naming the place that is wrong, such as `filters[0][1]`
 */
export const translateFilters = (input: readonly unknown[]): Translated => {
  const reader = new Reader();
  const named = input.map((filter, index) => reader.withOurName(filter, ['filters', index]));
  // What is bounded of our own questions is bounded here: how many, how deep, how long.
  parseFilters(named);
  return {
    filters: input.map((filter, index) => reader.translate(filter, ['filters', index])),
    names: reader.names,
    differences: reader.differences,
  };
};

class Reader {
  readonly names = new Set<string>();
  readonly differences: Difference[] = [];

  /** The filter with our name of its dimension in the place of theirs, and as it is where that cannot be told. */
  withOurName(input: unknown, path: Path): unknown {
    if (!Array.isArray(input) || path.length > LONGEST_PATH) return input;
    const [operator, first, ...rest]: readonly unknown[] = withoutEmptyOption(input);
    if (BEHAVIOUR.includes(operator))
      throw new FieldError(
        fieldAt([...path, 0]),
        `${operator} is not offered: filters see one view or event at a time`,
      );
    if ((operator === 'and' || operator === 'or') && Array.isArray(first))
      return [operator, first.map((part, index) => this.withOurName(part, [...path, 1, index])), ...rest];
    if (operator === 'not') return [operator, this.withOurName(first, [...path, 1]), ...rest];
    if (typeof operator !== 'string' || !OPERATORS.includes(operator)) return input;
    const { ours } = expectDimension(first, [...path, 1]);
    checkValues(input, path);
    return [operator, ours, ...rest];
  }

  /** @param input that was read */
  translate(input: unknown, path: Path): Filter {
    const [operator, first, values, option] = input as readonly [
      string,
      unknown,
      readonly string[],
      Option | undefined,
    ];
    if (operator === 'and' || operator === 'or')
      return [operator, (first as unknown[]).map((part, index) => this.translate(part, [...path, 1, index]))];
    if (operator === 'not') return ['not', this.translate(first, [...path, 1])];
    return this.#comparison(operator as Operator, String(first), values, option?.case_sensitive ?? true, path);
  }

  #comparison(operator: Operator, name: string, values: readonly string[], heedsCase: boolean, path: Path): Filter {
    const dimension = expectDimension(name, [...path, 1]);
    this.names.add(name);
    const missing = values.filter((value) => dimension.missing?.includes(value));
    this.differences.push(...missing.map((value) => differenceAbout('no_such_value', name, value)));
    const positive = operator.replace('_not', '') as Positive;
    if (positive === 'matches' && dimension.words !== undefined)
      this.differences.push(differenceAbout('matched_as_called_here', name));
    const filter = TRANSLATIONS[positive]({ dimension, values, heedsCase, path });
    return positive === operator ? filter : negated(filter);
  }
}

/** An option that says nothing is none. */
const withoutEmptyOption = (input: readonly unknown[]): readonly unknown[] => {
  const [option] = input.slice(3);
  const isEmpty = typeof option === 'object' && option !== null && Object.keys(option).length === 0;
  return isEmpty && input.length === 4 ? input.slice(0, 3) : input;
};

interface Option {
  readonly case_sensitive?: boolean;
}

const expectDimension = (name: unknown, path: Path): Dimension => {
  const missing = typeof name === 'string' && Object.hasOwn(MISSING_DIMENSIONS, name) ? MISSING_DIMENSIONS[name] : null;
  if (missing) throw new FieldError(fieldAt(path), `${name} ${missing}`);
  const dimension = typeof name === 'string' ? dimensionOf(name) : undefined;
  if (dimension === undefined)
    throw new FieldError(
      fieldAt(path),
      `must be one of ${Object.keys(DIMENSIONS).join(', ')}, or event:props: and a name`,
    );
  return dimension;
};

const checkValues = ([operator, name, values, option]: readonly unknown[], path: Path): void => {
  const place = fieldAt([...path, 2]);
  if (name === 'visit:city' && Array.isArray(values) && values.some((value) => typeof value === 'number'))
    throw new FieldError(place, 'must be cities as visit:city answers them: numbers of GeoNames are not known here');
  const isOfWhole = operator === 'is' || operator === 'is_not';
  if (name === 'visit:country' && isOfWhole && Array.isArray(values) && !values.every(isCode))
    throw new FieldError(place, 'must be codes of countries with 2 letters, such as DE');
  if (option !== undefined && String(operator).startsWith('matches'))
    throw new FieldError(fieldAt([...path, 3]), 'is not taken with patterns: begin the pattern with (?i)');
};

const isCode = (value: unknown): boolean => typeof value === 'string' && /^[A-Za-z\d]{2}$/.test(value);
