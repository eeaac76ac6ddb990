import { DEFAULT_METRIC, type HeadlineMetric, isHeadlineMetric } from '../reports/headline-metrics.ts';
import { DEFAULT_REPORTS } from '../reports/panels.ts';
import { isReportId, type ReportId } from '../reports/report-ids.ts';
import { type Compare, compareEntries, parseCompare } from './compare.ts';
import { type Filter, filterEntries, parseFilters } from './filters.ts';
import { type Grain, isGrain } from './grain.ts';
import { DEFAULT_PERIOD, type Period, parsePeriod, periodText } from './period.ts';
import { sitePath } from './route.ts';

/** Everything the reader has chosen on the statistics page. All of it stands in the address, and nowhere else. */
export interface View {
  readonly period: Period;
  readonly filters: readonly Filter[];
  /** What it is compared with. */
  readonly compare: Compare;
  /** What the chart draws, where the filters leave it. */
  readonly metric: HeadlineMetric;
  /** Width of the chart's steps; null: what suits the period. */
  readonly grain: Grain | null;
  /** Reports shown in place of their panels' first. */
  readonly shown: readonly ReportId[];
  /** Of a report that has one list for each property or currency, the one shown; null: the most frequent. */
  readonly kind: string | null;
  /** Report whose full list is open. */
  readonly list: ReportId | null;
}

/** Reads a view from the query of an address. What is missing or cannot be read has its default. */
export const parseView = (search: URLSearchParams): View => {
  const metric = search.get('metric');
  const grain = search.get('by');
  const list = search.get('list');
  return {
    period: parsePeriod(search.get('period')),
    filters: parseFilters(search),
    compare: parseCompare(search),
    metric: isHeadlineMetric(metric) ? metric : DEFAULT_METRIC,
    grain: isGrain(grain) ? grain : null,
    shown: (search.get('show') ?? '').split('.').filter(isReportId),
    kind: search.get('kind'),
    list: isReportId(list) ? list : null,
  };
};

/** Writes a view as {@link parseView} reads it: `?period=7d&country=DE`, or nothing if all is default. */
export const viewSearch = (view: View): string => {
  const shown = view.shown.filter((id) => !DEFAULT_REPORTS.has(id));
  const chosen: [string, string | false | null][] = [
    ['period', view.period !== DEFAULT_PERIOD && periodText(view.period)],
    ...filterEntries(view.filters),
    ...compareEntries(view.compare),
    ['metric', view.metric !== DEFAULT_METRIC && view.metric],
    ['by', view.grain],
    ['show', shown.length > 0 && shown.join('.')],
    ['kind', view.kind],
    ['list', view.list],
  ];
  const written = chosen.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const search = new URLSearchParams(written).toString();
  // These are allowed in a query as they are, and read better so.
  return search === ''
    ? ''
    : `?${search.replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%21', '!').replaceAll('%7E', '~')}`;
};

/** Address of a site's statistics in a view. */
export const statisticsHref = (domain: string, view: View, change: Partial<View> = {}): string =>
  sitePath(domain) + viewSearch({ ...view, ...change });
