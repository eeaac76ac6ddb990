import type { AnswerRow } from '../api/client.ts';
import { inSentence } from '../i18n/names.ts';
import { text } from '../i18n/text.ts';
import { type Scope, useAnswer } from '../query/use-answer.ts';
import { errorToShow } from '../query/use-load.ts';
import { metricsUnder } from '../reports/metrics.ts';
import type { Report } from '../reports/report.ts';
import type { ReportId } from '../reports/report-ids.ts';
import { toggleValue } from '../state/filters.ts';
import { statisticsHref } from '../state/view.ts';
import { lazy } from '../ui/lazy.tsx';
import { Empty, Failure, Skeleton } from '../ui/states.tsx';
import { isCompared, rowsToShow } from './compared.ts';
import { CsvButton } from './csv-button.tsx';
import { allRows, fileName } from './csv-file.ts';
import { answeredMetrics, scopeOf, tableOf } from './report-table.ts';
import { Rows } from './rows.tsx';

/** Rows in a panel. */
export const ROWS = 10;
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
  rows: readonly AnswerRow[];
  total: number | null;
}

const CountryMap = ({ scope: { domain, view }, rows, total }: CountryMapProps) => (
  <WorldMap
    counts={new Map(rows.map(({ dimensions: [code = ''], metrics: [count] }) => [code, count ?? 0]))}
    total={total}
    hrefOf={(code) => statisticsHref(domain, view, { filters: toggleValue(view.filters, 'visit:country', code) })}
  />
);

interface ReportBodyProps {
  id: ReportId;
  /** The kind that is shown, of a report that has several. */
  kind?: string;
  report: Report;
  scope: Scope;
  /** What the rows have their share of, by the first metric; null: no shares are shown. */
  total: number | null;
  every: number | null;
}

/** The first rows of a report, and the ways to all of them and to a file. */
export const ReportBody = ({ id, kind, report, scope, total, every }: ReportBodyProps) => {
  const hasMap = id === 'countries';
  const shownRows = hasMap ? ROWS_UNDER_MAP : ROWS;
  const { dimension, filters } = report;
  const ask = {
    metrics: metricsUnder(scope.view.filters, report.metrics),
    dimensions: [dimension],
    ...(filters && { filters }),
    comparable: true,
    limit: hasMap ? COUNTRIES : ROWS + 1,
  };
  const answer = useAnswer(scopeOf(report, scope), ask, { every });
  const { data, waiting, retry } = answer;
  const error = errorToShow(answer);
  if (error) return <Failure error={error} retry={retry} />;
  if (!data) return <Skeleton lines={ROWS} />;
  const metrics = answeredMetrics(data);
  const rows = rowsToShow(data).slice(0, shownRows);
  const title = text.reports[id];
  const currency = id === 'revenue' && kind ? kind : null;
  return (
    <>
      <div class={waiting ? 'panel-body stale' : 'panel-body'}>
        {hasMap && <CountryMap scope={scope} rows={data.results} total={total} />}
        {rows.length === 0 && !hasMap && <Empty title={id === 'events' ? text.panel.emptyEvents : text.panel.empty} />}
        <Rows
          scope={scope}
          report={report}
          rows={rows}
          metrics={metrics}
          meta={data.meta}
          isCompared={isCompared(scope.view)}
          total={total}
          currency={currency}
          label={title}
        />
      </div>
      {rows.length > 0 && (
        <footer class="panel-foot">
          <CsvButton
            label={text.panel.csv({ title: inSentence(title) })}
            file={fileName(scope, currency ? `${title} ${currency}` : title, data.query)}
            table={async () => tableOf(report, metrics, await allRows(scopeOf(report, scope), ask), currency)}
          />
          {(data.results.length > shownRows || report.detail.length > report.metrics.length) && (
            <a class="all" href={statisticsHref(scope.domain, scope.view, { list: id, ...(kind && { kind }) })}>
              {text.panel.all({ title: inSentence(title) })}
            </a>
          )}
        </footer>
      )}
    </>
  );
};
