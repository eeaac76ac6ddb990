import type { Filter, FilterName } from '../../packages/collector/src/query/stats/query.ts';
import { filedUnder, type Hit } from './model.ts';

/** Whether a condition holds of a hit. */
export const holds = (filter: Filter, hit: Hit): boolean => {
  switch (filter[0]) {
    case 'and':
      return filter[1].every((part) => holds(part, hit));
    case 'or':
      return filter[1].some((part) => holds(part, hit));
    case 'not':
      return !holds(filter[1], hit);
    default:
      return fits(filter, filedUnder(hit, filter[1])) !== filter[0].endsWith('_not');
  }
};

type Comparison = Exclude<Filter, readonly ['and' | 'or' | 'not', ...unknown[]]>;

/** Whether one of the values fits a text. */
const fits = ([operator, , values, option]: Comparison, text: string): boolean => {
  const ignoresCase = option ? !option.case_sensitive : operator.startsWith('contains');
  const inCase = (written: string): string => (ignoresCase ? written.toLowerCase() : written);
  return values.some((value) => {
    if (operator.startsWith('matches')) return new RegExp(value, ignoresCase ? 'iu' : 'u').test(text);
    return operator.startsWith('contains') ? inCase(text).includes(inCase(value)) : inCase(text) === inCase(value);
  });
};

/** The dimensions that a condition speaks of. */
export const namesIn = (filter: Filter): FilterName[] => {
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
