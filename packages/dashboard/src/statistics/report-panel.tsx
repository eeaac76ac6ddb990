import { propertyName } from '../i18n/names.ts';
import { text } from '../i18n/text.ts';
import { type Scope, useAnswer } from '../query/use-answer.ts';
import { errorToShow } from '../query/use-load.ts';
import { metricsUnder } from '../reports/metrics.ts';
import { type Panel, reportOf, shownIn } from '../reports/panels.ts';
import { hasKinds, type ReportOfKinds } from '../reports/report.ts';
import type { ReportId } from '../reports/report-ids.ts';
import { statisticsHref } from '../state/view.ts';
import { Empty, Failure, Skeleton } from '../ui/states.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { PanelHead } from './panel-head.tsx';
import { ReportBody, ROWS } from './report-body.tsx';
import type { Totals } from './totals.ts';

/** Kinds that have a tab; there may be any number of properties. */
const KINDS = 30;

interface KindsProps {
  id: ReportId;
  report: ReportOfKinds;
  scope: Scope;
  every: number | null;
}

/** A report with one list for each kind: the kinds as tabs, and the list of the one chosen. */
const Kinds = ({ id, report, scope, every }: KindsProps) => {
  const { domain, view } = scope;
  const ask = { metrics: [report.by], dimensions: [report.kinds], limit: KINDS };
  const answer = useAnswer(scope, ask, { every });
  const { data, retry } = answer;
  const error = errorToShow(answer);
  if (error) return <Failure error={error} retry={retry} />;
  if (!data) return <Skeleton lines={ROWS} />;
  const kinds = data.results.map(({ dimensions: [kind = ''] }) => kind);
  const shown = kinds.find((kind) => kind === view.kind) ?? kinds[0];
  if (shown === undefined) return <Empty title={id === 'properties' ? text.panel.emptyProperties : text.panel.empty} />;
  return (
    <>
      <Tabs
        label={text.reports[id]}
        tabs={kinds.map((kind) => ({
          id: kind,
          title: id === 'properties' ? propertyName(kind) : kind,
          href: statisticsHref(domain, view, { kind: kind === kinds[0] ? null : kind }),
          current: kind === shown,
        }))}
        class="kinds"
      />
      <ReportBody key={shown} id={id} kind={shown} report={report.of(shown)} scope={scope} total={null} every={every} />
    </>
  );
};

interface ReportPanelProps {
  panel: Panel;
  scope: Scope;
  totals: Totals;
  /** Asked again at each so many ticks; null: once. */
  every: number | null;
}

/** A panel: its tabs, the first rows of the report shown, and the way to all of them. */
export const ReportPanel = ({ panel, scope, totals, every }: ReportPanelProps) => {
  const shown = shownIn(panel, scope.view.shown);
  const report = reportOf(shown);
  const metrics = metricsUnder(scope.view.filters, (hasKinds(report) ? report.of('') : report).metrics);
  // Where two columns are shown, there is no room for a share.
  const hasShare = metrics.length === 1 && shown !== 'opens';
  return (
    <section class={`panel panel-${panel.id}`} aria-label={text.panel[panel.id]}>
      <PanelHead panel={panel} shown={shown} metrics={metrics} hasShare={hasShare} scope={scope} />
      {hasKinds(report) ? (
        <Kinds key={shown} id={shown} report={report} scope={scope} every={every} />
      ) : (
        <ReportBody
          key={shown}
          id={shown}
          report={report}
          scope={scope}
          total={hasShare ? (totals[metrics[0]] ?? null) : null}
          every={every}
        />
      )}
    </section>
  );
};
