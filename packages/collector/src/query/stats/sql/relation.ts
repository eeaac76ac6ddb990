import type { Bindings } from '../../../store/bindings.ts';
import type { NormalizedQuery } from '../normalize.ts';
import type { GroupName } from '../query.ts';

/** All that a statement is made from, beside its parts. */
export interface Statistics {
  readonly normalized: NormalizedQuery;
  /** Site id. */
  readonly site: string;
  /** Groups that are wanted, by {@link hashOf}; missing: all of them. A few others may have the same hash. */
  readonly only?: readonly number[] | undefined;
  /** Only some of the groups. Missing: all. */
  readonly share?: Share;
}

/** One of several shares of the groups, which have no group in common and are of about a size. */
export interface Share {
  /** Counted from 0. */
  readonly index: number;
  readonly among: number;
}

/** Takes a value and returns what stands for it in the statement. */
export type Bind = Bindings['bind'];

/** Rows called `r` that can be grouped and counted. Every text in it is SQL made of known names and bound values. */
export interface Relation {
  readonly from: string;
  /** Conditions on its rows. */
  readonly where: readonly string[];
  /** Conditions on what is grouped: what has no value is in no group. */
  readonly valued?: readonly string[];
  /**
   * Rows lie in the order of these, and so are counted one day after the other: however long the range is, different
   * visits and browsers of one day alone are kept in memory. Of many groups that takes far longer than one set for each.
   */
  readonly days?: readonly string[];
  /** The expression of a dimension. */
  group(name: GroupName): string;
}
