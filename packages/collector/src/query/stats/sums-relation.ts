import type { Bindings } from '../../store/bindings.ts';
import { HOUR } from '../../store/dimensions.ts';
import { SPANS } from '../period/granularity.ts';
import { wholeDays } from '../period/range.ts';
import { within } from '../period/within.ts';
import { isTime } from './dimensions.ts';
import { COUNTS } from './metrics.ts';
import { groupsOf } from './normalize.ts';
import { comparisonsOf } from './parse-filters.ts';
import type { SumsPlan } from './plan.ts';
import type { GroupName } from './query.ts';
import type { PlannedQuery, Relation } from './relation.ts';

/** The rows of one rollup. */
export const sumsRelation = (planned: PlannedQuery<SumsPlan>, bind: Bindings['bind']): Relation => {
  const { normalized, plan, range, site } = planned;
  return {
    from: 'sums AS r',
    where: [
      `r.site = ${bind(site, 'String')}`,
      `r.dimension = ${bind(plan.rollup, 'UInt8')}`,
      // What belongs to no visit is kept by the day.
      ...within(plan.rollup === HOUR ? range : wholeDays(range), 'r.day', 'toUInt32OrZero(r.value)', bind),
      ...values(planned, bind),
    ],
    having:
      groupsOf(normalized).length === 0
        ? []
        : [`sum(${plan.formula === 'exits' ? COUNTS.visits.exits : 'r.views + r.events'}) > 0`],
    group,
    // The plan chose a formula that all the counts have.
    count: (name) => COUNTS[name][plan.formula] ?? COUNTS[name].increment,
  };
};

const values = ({ normalized, plan }: PlannedQuery<SumsPlan>, bind: Bindings['bind']): string[] => {
  if (!plan.isFiltered) return [];
  const wanted = normalized.filters.flatMap(comparisonsOf).flatMap(([, , texts]) => texts);
  return [`has(${bind(wanted, 'Array(String)')}, r.value)`];
};

const group = (name: GroupName): string => {
  if (!isTime(name)) return 'r.value';
  return name === 'time:hour' ? 'toUInt32OrZero(r.value)' : SPANS[name].sql('r.day');
};
