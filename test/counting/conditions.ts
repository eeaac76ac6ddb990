import type { Filter, FilterName } from '../../packages/collector/src/query/stats/query.ts';
import { filedUnder, type Hit } from './model.ts';

/** Whether a condition holds of a hit. */
export const holds = (filter: Filter, hit: Hit): boolean => {
  switch (filter[0]) {
    case 'is':
      return filter[2].includes(filedUnder(hit, filter[1]));
    case 'is_not':
      return !filter[2].includes(filedUnder(hit, filter[1]));
    case 'contains':
      return hasPart(filedUnder(hit, filter[1]), filter[2]);
    case 'contains_not':
      return !hasPart(filedUnder(hit, filter[1]), filter[2]);
    case 'and':
      return filter[1].every((part) => holds(part, hit));
    case 'or':
      return filter[1].some((part) => holds(part, hit));
    case 'not':
      return !holds(filter[1], hit);
  }
};

const hasPart = (text: string, parts: readonly string[]): boolean =>
  parts.some((part) => text.toLowerCase().includes(part.toLowerCase()));

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
