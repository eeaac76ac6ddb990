import type { Comparison } from '../parse-filters.ts';
import type { Filter } from '../query.ts';

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
  }
};

/** One value at most meets them: whoever has it is counted once. */
export const areOfOneValue = (filters: Filters): boolean =>
  filters.flatMap(allOf).some(([operator, , values]) => operator === 'is' && new Set(values).size === 1);

/** Comparisons that all have to hold. */
const allOf = (filter: Filter): Comparison[] => {
  switch (filter[0]) {
    case 'and':
      return filter[1].flatMap(allOf);
    case 'or':
      return filter[1].length === 1 ? filter[1].flatMap(allOf) : [];
    case 'not':
      return [];
    default:
      return [filter];
  }
};
