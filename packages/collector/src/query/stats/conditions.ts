import type { Bindings } from '../../store/bindings.ts';
import type { Comparison } from './parse-filters.ts';
import type { Filter, FilterName } from './query.ts';

/** A filter as a condition on one row, which has a dimension's value where `source` says. */
export const conditionOf = (filter: Filter, source: (name: FilterName) => string, bind: Bindings['bind']): string => {
  switch (filter[0]) {
    case 'and':
    case 'or':
      return `(${filter[1].map((part) => conditionOf(part, source, bind)).join(` ${filter[0].toUpperCase()} `)})`;
    case 'not':
      return `NOT ${conditionOf(filter[1], source, bind)}`;
    default:
      return comparison(filter, source(filter[1]), bind);
  }
};

const comparison = ([operator, , values]: Comparison, expression: string, bind: Bindings['bind']): string => {
  const list = bind(values, 'Array(String)');
  switch (operator) {
    case 'is':
      return `has(${list}, ${expression})`;
    case 'is_not':
      return `NOT has(${list}, ${expression})`;
    case 'contains':
      return contains(expression, list, values.length);
    case 'contains_not':
      return `NOT ${contains(expression, list, values.length)}`;
  }
};

/** So few are looked for one by one: then the text is turned into small letters once, and the parts are constants. */
const FEW = 16;

/** The text contains one of the `length` of the list, case ignored. */
export const contains = (expression: string, list: string, length: number): string => {
  const has = (part: string): string => `position(lowerUTF8(${expression}), lowerUTF8(${part})) > 0`;
  if (length > FEW) return `arrayExists(part -> ${has('part')}, ${list})`;
  return `(${Array.from({ length }, (_, index) => has(`${list}[${index + 1}]`)).join(' OR ')})`;
};
