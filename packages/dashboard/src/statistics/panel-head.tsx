import { Fragment } from 'preact';
import { wordFor } from '../i18n/names.ts';
import { text } from '../i18n/text.ts';
import type { Scope } from '../query/use-answer.ts';
import type { ShownMetric } from '../reports/metrics.ts';
import { choose, type Panel } from '../reports/panels.ts';
import type { ReportId } from '../reports/report-ids.ts';
import { statisticsHref } from '../state/view.ts';
import { type Tab, Tabs } from '../ui/tabs.tsx';
import { isCompared } from './compared.ts';

interface PanelHeadProps {
  panel: Panel;
  /** The report shown. */
  shown: ReportId;
  /** Columns of the rows. */
  metrics: readonly ShownMetric[];
  hasShare: boolean;
  scope: Scope;
}

const titleOf = (id: ReportId): string => wordFor(id, text.tabs) ?? text.reports[id];

/** Tabs of a panel, a second row where a tab has several reports of a kind, and the heads of the columns. */
export const PanelHead = ({ panel, shown, metrics, hasShare, scope: { domain, view } }: PanelHeadProps) => {
  const tabOf = (id: ReportId, title: string, current: boolean): Tab => ({
    id,
    title,
    href: statisticsHref(domain, view, { shown: choose(view.shown, id), kind: null }),
    current,
  });
  const ids = panel.tabs.find((tab) => tab.includes(shown)) ?? [shown];
  return (
    <>
      <header class="panel-head">
        <Tabs
          label={text.panel[panel.id]}
          tabs={panel.tabs.map((tab) => tabOf(tab[0], titleOf(tab[0]), tab.includes(shown)))}
        />
        <p class="heads" aria-hidden="true">
          {metrics.map((metric, index) => (
            <Fragment key={metric}>
              <span>{text.columns[metric]}</span>
              {index === 0 && isCompared(view) && <span class="row-change">{text.chart.change}</span>}
            </Fragment>
          ))}
          {hasShare && <span class="row-share">{text.panel.share}</span>}
        </p>
      </header>
      {ids.length > 1 && (
        <Tabs
          label={titleOf(ids[0])}
          tabs={ids.map((id) => tabOf(id, wordFor(id, text.kinds) ?? titleOf(id), id === shown))}
          class="kinds"
        />
      )}
    </>
  );
};
