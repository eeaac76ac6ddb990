import { ROW_KINDS } from '../../../store/row.ts';
import type { Range } from '../../period/range.ts';
import { conditionOf } from '../conditions.ts';
import { dimensionOf } from '../dimensions.ts';
import { filteredOf } from '../normalize.ts';
import { keepNothing } from '../plan/one-dimension.ts';
import type { HitsSource } from '../plan/part.ts';
import type { Filter } from '../query.ts';
import type { Bind } from './relation.ts';
import { columnIn, rowsOf, type Value } from './rows.ts';

/** It looks at nothing but what is the same on all rows of a visit. */
export const isFrozen = (filter: Filter): boolean =>
  filteredOf([filter]).every((name) => dimensionOf(name).scope === 'visit' && name !== 'visit:exit_page');

/**
 * Conditions that leave out whole visits of which no row could count, before visits are put together: sorting all of them
 * is what takes the time. A filter that most visits meet leaves out too few.
 * @param kinds of the rows that meet the filters on what changes within a visit
 */
export const narrowed = (
  filters: readonly Filter[],
  kinds: readonly number[],
  { site, range, at }: { readonly site: string; readonly range: Range; readonly at: HitsSource['at'] },
  bind: Bind,
): string[] => {
  const column = columnIn(bind);
  const having = (some: readonly Filter[], of: readonly number[], value: Value): string[] =>
    some.length === 0
      ? []
      : [
          `r.visit IN (SELECT r.visit FROM hits AS r WHERE ${[
            ...rowsOf(site, range, at, bind),
            `r.kind IN (${of.join(', ')})`,
            ...some.map((filter) => conditionOf(filter, value, bind)),
          ].join(' AND ')})`,
        ];
  const chosen = filters.filter((filter) => !isFrozen(filter) && !keepNothing([filter]));
  const touches = (filter: Filter): boolean => filteredOf([filter]).includes('visit:exit_page');
  return [
    ...filters.filter(isFrozen).map((filter) => conditionOf(filter, column, bind)),
    // One row must meet all of these.
    ...having(
      chosen.filter((filter) => !touches(filter)),
      kinds,
      column,
    ),
    // The exit page is the page of one of its views.
    ...chosen
      .filter((filter) => filteredOf([filter]).join() === 'visit:exit_page')
      .flatMap((filter) => having([filter], [ROW_KINDS.view], () => 'r.page')),
  ];
};
