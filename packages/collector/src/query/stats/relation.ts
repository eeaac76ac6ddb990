import type { Range } from '../period/range.ts';
import type { Count } from './metrics.ts';
import type { NormalizedQuery } from './normalize.ts';
import type { Plan } from './plan.ts';
import type { GroupName } from './query.ts';

/** All that a statement is made from. */
export interface PlannedQuery<P extends Plan = Plan> {
  readonly normalized: NormalizedQuery;
  readonly plan: P;
  readonly range: Range;
  /** Site id. */
  readonly site: string;
}

/** Rows that can be grouped and added up, and how. Every text in it is SQL made of known names and bound values. */
export interface Relation {
  readonly from: string;
  /** Conditions on its rows. */
  readonly where: readonly string[];
  /** Conditions on its groups. */
  readonly having: readonly string[];
  /** The expression of a dimension. */
  group(name: GroupName): string;
  /** The expression that is added up to a count. */
  count(name: Count): string;
}
