import { respectsCase } from '../parse-filters.ts';
import type { Filter, FilterName } from '../query.ts';

/** Filters that look at one dimension alone. */
type Filters = readonly Filter[];

/** What has no value meets them. */
export const keepNothing = (filters: Filters): boolean => filters.every(isMetByNothing);

const isMetByNothing = (filter: Filter): boolean => {
  switch (filter[0]) {
    case 'and':
      return filter[1].every(isMetByNothing);
    case 'or':
      return filter[1].some(isMetByNothing);
    case 'not':
      return !isMetByNothing(filter[1]);
    case 'is':
    case 'contains':
      // No text is a part of every text, and the only part of itself.
      return filter[2].includes('');
    case 'is_not':
    case 'contains_not':
      return !filter[2].includes('');
    // What no text matches has been settled before (`patterns.ts`).
    case 'matches':
      return false;
    case 'matches_not':
      return true;
  }
};

/** One value at most meets them: whoever has it is counted once. */
export const areOfOneValue = (filters: Filters): boolean => {
  const values = onlyValues(['and', filters], null);
  return values !== null && values.length <= 1;
};

/**
 * The only values of a dimension with which a filter can be met; null: others do, too.
 * @param name null: whichever dimension it looks at
 */
export const onlyValues = (filter: Filter, name: FilterName | null, isNegated = false): readonly string[] | null => {
  switch (filter[0]) {
    case 'not':
      return onlyValues(filter[1], name, !isNegated);
    case 'and':
    case 'or': {
      const parts = filter[1].map((part) => onlyValues(part, name, isNegated));
      return (filter[0] === 'and') === isNegated ? inAny(parts) : inAll(parts);
    }
    default:
      return filter[0] === (isNegated ? 'is_not' : 'is') && (name ?? filter[1]) === filter[1] && respectsCase(filter)
        ? [...new Set(filter[2])]
        : null;
  }
};

type Values = readonly string[] | null;

const inAll = (parts: readonly Values[]): Values =>
  parts.reduce<Values>(
    (all, part) => (all && part ? all.filter((value) => part.includes(value)) : (all ?? part)),
    null,
  );

const inAny = (parts: readonly Values[]): Values => {
  const known = parts.filter((part) => part !== null);
  return known.length === parts.length ? [...new Set(known.flat())] : null;
};
