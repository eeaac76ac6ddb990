import type { Count } from '../metrics.ts';
import type { Asked } from '../normalize.ts';
import { withName } from '../parse-filters.ts';
import type { Filter, GroupName } from '../query.ts';
import type { HitsSource } from './part.ts';

/** What the page of a question is to a count: a visit's first view or event is on its entry page, its last view on its exit page. */
export const pageOf = (count: Count): HitsSource['page'] => {
  if (count === 'exits') return 'visit:exit_page';
  return count === 'entries' || count === 'bounces' || count === 'seconds' ? 'visit:entry_page' : 'event:page';
};

/** The question with another name for its page. */
export const withPage = ({ dimensions, filters }: Asked, page: HitsSource['page']): Asked => {
  const named = <T extends GroupName>(name: T): T | HitsSource['page'] => (name === 'event:page' ? page : name);
  const renamed = (filter: Filter): Filter => {
    switch (filter[0]) {
      case 'and':
      case 'or':
        return [filter[0], filter[1].map(renamed)];
      case 'not':
        return ['not', renamed(filter[1])];
      default:
        return withName(filter, named(filter[1]));
    }
  };
  return { dimensions: dimensions.map(named), filters: filters.map(renamed) };
};
