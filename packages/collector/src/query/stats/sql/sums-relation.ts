import { HOUR, TOTAL } from '../../../store/dimensions.ts';
import { SPANS } from '../../period/granularity.ts';
import { type Range, wholeDays } from '../../period/range.ts';
import { within } from '../../period/within.ts';
import { conditionOf } from '../conditions.ts';
import { isTime } from '../dimensions.ts';
import type { SumsSource } from '../plan/part.ts';
import type { GroupName } from '../query.ts';
import type { Bind, Relation, Statistics } from './relation.ts';

/** The rows of a rollup, or those of the total with those that are to be taken from it. */
export const sumsRelation = (
  { rollup, values }: SumsSource,
  range: Range,
  { normalized, site }: Statistics,
  bind: Bind,
): Relation => {
  const wanted = (): string =>
    normalized.filters.map((filter) => conditionOf(filter, () => 'r.value', bind)).join(' AND ');
  const dimension = bind(rollup, 'UInt8');
  return {
    from: 'sums AS r',
    where: [
      `r.site = ${bind(site, 'String')}`,
      values === 'rest' ? `r.dimension IN (${TOTAL}, ${dimension})` : `r.dimension = ${dimension}`,
      // What belongs to no visit is kept by the day.
      ...within(rollup === HOUR ? range : wholeDays(range), 'r.day', 'toUInt32OrZero(r.value)', bind),
      ...(values === 'named' ? [wanted()] : []),
      ...(values === 'rest' ? [`(r.dimension = ${TOTAL} OR NOT (${wanted()}))`] : []),
    ],
    group,
  };
};

const group = (name: GroupName): string => {
  if (!isTime(name)) return 'r.value';
  return name === 'time:hour' ? 'toUInt32OrZero(r.value)' : SPANS[name].sql('r.day');
};
