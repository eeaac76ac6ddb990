import type { AnswerRow } from '../api.ts';
import { type Scope, useAnswer } from '../query/use-answer.ts';
import { type Panel, type Report, reportOf, shownIn } from '../reports/panels.ts';
import { toggleValue } from '../state/filters.ts';
import { statisticsHref } from '../state/view.ts';
import { text } from '../text.ts';
import { lazy } from '../ui/lazy.tsx';
import { Empty, Failure, Skeleton } from '../ui/states.tsx';
import { PanelHead } from './panel-head.tsx';
import { Rows } from './rows.tsx';
import type { Totals } from './totals.ts';

/** Rows in a panel. */
const ROWS = 10;
/** Rows under the map, which takes the room of the others. */
const ROWS_UNDER_MAP = 5;
/** More than there are: the map colours them all. */
const COUNTRIES = 300;

const WorldMap = lazy(
  () => import('../charts/world-map.tsx').then((module) => module.WorldMap),
  () => <div class="map" />,
);

interface CountryMapProps {
  scope: Scope;
  report: Report;
  rows: readonly AnswerRow[];
  total: number | null;
}

const CountryMap = ({ scope: { domain, view }, report, rows, total }: CountryMapProps) => (
  <WorldMap
    counts={new Map(rows.map(({ dimensions: [code = ''], metrics: [count] }) => [code, count ?? 0]))}
    total={total}
    hrefOf={(code) => statisticsHref(domain, view, { filters: toggleValue(view.filters, report.dimension, code) })}
  />
);

interface ReportPanelProps {
  panel: Panel;
  scope: Scope;
  totals: Totals;
  /** Asked again when it changes; null: not yet. */
  pulse: string | null;
}

/** A panel: its tabs, the first rows of the report shown, and the way to all of them. */
export const ReportPanel = ({ panel, scope, totals, pulse }: ReportPanelProps) => {
  const shown = shownIn(panel, scope.view.shown);
  const report = reportOf(shown);
  const { dimension, metrics } = report;
  const hasMap = panel.id === 'places';
  const shownRows = hasMap ? ROWS_UNDER_MAP : ROWS;
  const limit = hasMap ? COUNTRIES : ROWS + 1;
  const ask = { metrics, dimensions: [dimension], limit };
  const { data, error, waiting, retry } = useAnswer(scope, pulse === null ? null : ask, { pulse });
  const rows = data?.query.dimensions?.[0] === dimension ? data.results : null;
  const total = totals[metrics[0]] ?? null;
  const hasShare = metrics.length === 1;

  return (
    <section class={`panel panel-${panel.id}`} aria-label={text.panel[panel.id]}>
      <PanelHead panel={panel} shown={shown} metrics={metrics} hasShare={hasShare} scope={scope} />
      {error && !rows && <Failure error={error} retry={retry} />}
      {!error && !rows && <Skeleton lines={ROWS} />}
      {rows && (
        <div class={waiting ? 'panel-body stale' : 'panel-body'}>
          {hasMap && <CountryMap scope={scope} report={report} rows={rows} total={total} />}
          {rows.length === 0 && !hasMap && (
            <Empty title={panel.id === 'events' ? text.panel.emptyEvents : text.panel.empty} />
          )}
          <Rows
            scope={scope}
            report={report}
            rows={rows.slice(0, shownRows)}
            metrics={metrics}
            total={hasShare ? total : null}
            label={text.reports[shown]}
          />
        </div>
      )}
      {rows && rows.length > shownRows && (
        <a class="all" href={statisticsHref(scope.domain, scope.view, { list: shown })}>
          {text.panel.all(text.reports[shown])}
        </a>
      )}
    </section>
  );
};
