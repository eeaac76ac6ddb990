import type { Range } from '../../period/range.ts';
import type { Count } from '../metrics.ts';

/** Rows of `sums` that count. */
export interface SumsSource {
  readonly table: 'sums';
  /** Number of the rollup. */
  readonly rollup: number;
  /**
   * `all` values of the rollup, those that the filters `name`, or the `rest`: the total less those that they leave out,
   * as rollups have no rows of what has no value.
   */
  readonly values: 'all' | 'named' | 'rest';
}

/** Rows made of `hits` that count. */
export interface HitsSource {
  readonly table: 'hits';
  /**
   * `hits`: views and events. `engagement`. `entries`: a row for each visit, which has the values of its first view or
   * event. `exits`: likewise, of its last view.
   */
  readonly rows: 'hits' | 'engagement' | 'entries' | 'exits';
  /** The hour at which they stand: that in which it happened or in which the visit began; `day`: no hour is asked for. */
  readonly at: 'day' | 'hit_hour' | 'hour';
  /** What a condition or group on the page looks at. */
  readonly page: 'event:page' | 'visit:entry_page' | 'visit:exit_page';
}

/** How a count is made: the rows, and the aggregate of them. */
export interface CountPlan {
  readonly source: SumsSource | HitsSource;
  /** SQL, of rows called `r`. */
  readonly sum: string;
}

/** Counts of one range that come from the same rows: one SELECT. */
export interface Part {
  readonly source: SumsSource | HitsSource;
  readonly range: Range;
  /** Only a day of the question's range, which ends or begins within it. */
  readonly isCut: boolean;
  /** The aggregate of each count. */
  readonly sums: ReadonlyMap<Count, string>;
}

/** What a plan depends on beside the question. */
export interface PlanContext {
  /** First local day of which all rows are counted as they are today; null: all of them are. */
  readonly countedFrom: string | null;
  /** Overrules the choice of the source, for tests that compare the sources. */
  readonly only?: 'hits' | undefined;
}
