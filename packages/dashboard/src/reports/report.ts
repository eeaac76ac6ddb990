import type { GroupName, Metric, Filter as QueryFilter } from '@passerby/collector/query';
import type { FilterDimension } from '../state/filters.ts';
import type { ShownMetrics } from './metrics.ts';

/** Name of other columns. */
type ColumnsName = 'reading' | 'ways' | 'visitor';

/** What a list shows: the groups of one dimension, by the first of its metrics. */
export interface Report {
  readonly dimension: FilterDimension | 'open:name';
  /** Filters beside the reader's. */
  readonly filters?: readonly QueryFilter[];
  /** Columns of the panel. */
  readonly metrics: ShownMetrics;
  /** Columns of the full list. */
  readonly detail: ShownMetrics;
  /** Other columns of the full list, of which the reader chooses. */
  readonly more?: Readonly<Partial<Record<ColumnsName, ShownMetrics>>>;
  /** How a value is written; missing: as it is. */
  readonly name?: (value: string) => string;
  /** Report of the same panel that is shown once a row is chosen. */
  readonly leadsTo?: 'properties';
  /** The value is a page of the site. */
  readonly isPage?: true;
  /** The value is an address. */
  readonly isAddress?: true;
}

/** One report for each value of a dimension, the kinds, which are offered as a second row of tabs. */
export interface ReportOfKinds {
  readonly kinds: GroupName;
  /** The kinds come by this metric, the largest first. */
  readonly by: Metric;
  readonly of: (kind: string) => Report;
}

/** True for a report that needs a kind to be chosen. */
export const hasKinds = (report: Report | ReportOfKinds): report is ReportOfKinds => 'kinds' in report;
