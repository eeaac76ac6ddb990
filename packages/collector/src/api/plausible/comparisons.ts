import { FieldError } from '../../http/field-error.ts';
import { fieldAt } from '../../http/parse.ts';
import type { Filter } from '../../query/stats/query.ts';
import { COUNTRY_SPELLINGS } from './countries.ts';
import { type Dimension, isNothing } from './dimensions.ts';

/** Comparisons of theirs without their negations. */
export type Positive = 'is' | 'contains' | 'matches';

/** A comparison without its negation. */
export interface Comparison {
  readonly dimension: Dimension;
  readonly values: readonly string[];
  readonly heedsCase: boolean;
  /** Where it stands. */
  readonly path: readonly (string | number)[];
}

const OPPOSITE = { is: 'is_not', contains: 'contains_not', matches: 'matches_not' } as const;

/** The opposite of a filter, as short as it can be: a comparison by itself is answered from sums where `not` is not. */
export const negated = (filter: Filter): Filter => {
  switch (filter[0]) {
    case 'is':
    case 'contains':
    case 'matches': {
      const [, name, values, option] = filter;
      const operator = OPPOSITE[filter[0]];
      return option === undefined ? [operator, name, values] : [operator, name, values, option];
    }
    default:
      return ['not', filter];
  }
};

/** A comparison of theirs in our words. @throws FieldError where it has none */
export const TRANSLATIONS: Readonly<Record<Positive, (comparison: Comparison) => Filter>> = {
  is: (comparison) => (comparison.dimension.part ? isPart(comparison) : isWhole(comparison)),
  contains: (comparison) => {
    if (comparison.dimension.part) return partContains(comparison);
    return comparison.dimension.words ? wordContains(comparison) : plainContains(comparison, comparison.values);
  },
  matches: ({ dimension, values, path }) => {
    if (dimension.part || dimension.spellings === COUNTRY_SPELLINGS)
      throw new FieldError(
        fieldAt([...path, 0]),
        'must be is or contains for names and versions: patterns see them otherwise here',
      );
    return ['matches', dimension.ours, values];
  },
};

const cased = (text: string, heedsCase: boolean): string => (heedsCase ? text : text.toLowerCase());

const isWhole = ({ dimension, values, heedsCase }: Comparison): Filter => {
  const { ours } = dimension;
  const meant = [...new Set(values.flatMap((value) => meantBy(dimension, value, heedsCase)))];
  return heedsCase ? ['is', ours, meant] : ['is', ours, meant, { case_sensitive: false }];
};

/** Values of ours that one of theirs names. What has no other name is called so here too. */
const meantBy = ({ words = {}, spellings = {}, unset }: Dimension, value: string, heedsCase: boolean): string[] => {
  const wanted = cased(value, heedsCase);
  if (unset !== undefined && cased(unset, heedsCase) === wanted) return [''];
  const found = Object.entries(words).flatMap(([ours, theirs]) =>
    [theirs, ...(spellings[ours] ?? [])].some((name) => cased(name, heedsCase) === wanted) ? [ours] : [],
  );
  return found.length > 0 ? found : [value];
};

const plainContains = ({ dimension, heedsCase }: Comparison, values: readonly string[]): Filter => [
  'contains',
  dimension.ours,
  values,
  { case_sensitive: heedsCase },
];

/** Values with another name there are looked through here, the others by the store. */
const wordContains = (comparison: Comparison): Filter => {
  const { dimension, values, heedsCase } = comparison;
  const { ours, words = {} } = dimension;
  const renamed = Object.keys(words);
  const found = Object.entries(words).flatMap(([own, theirs]) =>
    !isNothing(theirs) && values.some((value) => cased(theirs, heedsCase).includes(cased(value, heedsCase)))
      ? [own]
      : [],
  );
  const others: Filter = ['and', [plainContains(comparison, values), ['is_not', ours, renamed]]];
  return found.length === 0 ? others : ['or', [['is', ours, found], others]];
};

/** RE2 takes a backslash before every sign of ASCII that is no letter and no digit. */
const quoted = (text: string): string => text.replace(/[!-/:-@[-`{-~]/g, '\\$&');

const inAnyCase = (pattern: string, heedsCase: boolean): string => (heedsCase ? pattern : `(?i)${pattern}`);

const isPart = ({ dimension, values, heedsCase }: Comparison): Filter => {
  const { ours, part, unset } = dimension;
  if (part === undefined) throw new TypeError('a dimension without parts');
  const isUnset = (value: string): boolean => value === (unset ?? part.of(''));
  const patterns = values.filter((value) => !isUnset(value)).map((text) => inAnyCase(part.is(quoted(text)), heedsCase));
  const some: Filter[] = patterns.length > 0 ? [['matches', ours, patterns]] : [];
  const none: Filter[] = values.some(isUnset)
    ? [part.some === undefined ? ['is', ours, ['']] : ['matches_not', ours, [part.some]]]
    : [];
  const [one, another] = [...some, ...none];
  return one !== undefined && another === undefined ? one : ['or', [...some, ...none]];
};

const partContains = ({ dimension, values, heedsCase }: Comparison): Filter => {
  const { ours, part } = dimension;
  const patterns = values.flatMap((text) => part?.contains(quoted(text)) ?? []);
  return ['matches', ours, patterns.map((pattern) => inAnyCase(pattern, heedsCase))];
};
