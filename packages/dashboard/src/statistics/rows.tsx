import { Fragment } from 'preact';
import type { Answer, AnswerRow } from '../api/client.ts';
import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import type { Scope } from '../query/use-answer.ts';
import type { ShownMetric } from '../reports/metrics.ts';
import { choose, rowName } from '../reports/panels.ts';
import type { Report } from '../reports/report.ts';
import { isFilteredBy, toggleValue } from '../state/filters.ts';
import { statisticsHref } from '../state/view.ts';
import { Cut } from '../ui/cut.tsx';
import { Icon } from '../ui/icon.tsx';
import { RowChange } from '../ui/row-change.tsx';
import { written } from './report-table.ts';
import { reasonOf } from './warnings.ts';

interface RowsProps {
  scope: Scope;
  report: Report;
  rows: readonly AnswerRow[];
  /** Metrics of the rows, in their order. */
  metrics: readonly ShownMetric[];
  /** What the answer says of the metrics. */
  meta?: Answer['meta'] | undefined;
  /** The rows have a change of the first metric beside it. */
  isCompared?: boolean;
  /** What a row has its share of, by the first metric; null: no shares are shown. */
  total: number | null;
  /** Currency of revenue. */
  currency?: string | null;
  label: string;
}

const shareOf = (value: number | null | undefined, of: number): number => (of > 0 ? (value ?? 0) / of : 0);

/** Where the value of a row itself can be looked at. */
const addressOf = ({ isPage, isAddress }: Report, domain: string, value: string): string | null => {
  if (isPage && value.startsWith('/')) return `https://${domain}${value}`;
  return isAddress && /^https?:\/\//.test(value) ? value : null;
};

/** The text of a row: a link that filters by it, where that can be filtered by. */
const RowName = ({
  scope: { domain, view },
  report,
  value,
}: Pick<RowsProps, 'scope' | 'report'> & { value: string }) => {
  const { dimension, leadsTo } = report;
  const name = rowName(report, value);
  if (dimension === 'open:name')
    return (
      <span class="row-link" title={name}>
        <Cut value={name} />
      </span>
    );
  const isChosen = isFilteredBy(view.filters, dimension, value);
  const filters = toggleValue(view.filters, dimension, value);
  const shown = leadsTo && !isChosen ? choose(view.shown, leadsTo) : view.shown;
  return (
    <>
      <a
        class="row-link"
        href={statisticsHref(domain, view, { filters, shown, list: null, ...(leadsTo && { kind: null }) })}
        title={name}
        aria-current={isChosen ? 'true' : undefined}
      >
        <Cut value={name} />
      </a>
      <Icon name={isChosen ? 'close' : 'filter'} />
    </>
  );
};

/** The change of the first number of a row; on the pointer, what it was. */
const ChangeOf = ({ row, metric, currency }: { row: AnswerRow; metric: ShownMetric; currency: string | null }) => {
  const before = row.comparison?.metrics[0];
  return (
    <span
      class="row-change"
      title={before == null ? undefined : text.change.was({ value: written(metric, before, currency) })}
    >
      <RowChange now={row.metrics[0]} before={before} change={row.comparison?.change[0]} />
    </span>
  );
};

const Row = ({
  scope,
  report,
  row,
  metrics,
  total,
  meta,
  isCompared = false,
  currency = null,
  largest,
}: Omit<RowsProps, 'rows' | 'label'> & {
  row: AnswerRow;
  largest: number;
}) => {
  const value = row.dimensions[0] ?? '';
  const { dimension } = report;
  const isChosen = dimension !== 'open:name' && isFilteredBy(scope.view.filters, dimension, value);
  const address = addressOf(report, scope.domain, value);
  return (
    <li class={isChosen ? 'row chosen' : 'row'}>
      <span class="bar-line" style={{ inlineSize: `${Math.max(0, 100 * shareOf(row.metrics[0], largest))}%` }} />
      <RowName scope={scope} report={report} value={value} />
      {address && (
        <a
          class="row-out"
          href={address}
          target="_blank"
          rel="noreferrer"
          aria-label={text.panel.openPage({ page: rowName(report, value) })}
        >
          <Icon name="out" />
        </a>
      )}
      {metrics.map((metric, index) => {
        const reason = reasonOf(meta, metric)?.short;
        return (
          <Fragment key={metric}>
            <span class="row-number" data-metric={metric} data-value={row.metrics[index] ?? ''} title={reason}>
              {written(metric, row.metrics[index] ?? null, currency)}
              {reason && <span class="spoken">{reason}</span>}
            </span>
            {isCompared && index === 0 && <ChangeOf row={row} metric={metric} currency={currency} />}
          </Fragment>
        );
      })}
      {total !== null && <span class="row-share">{format.share(shareOf(row.metrics[0], total))}</span>}
    </li>
  );
};

/** Why columns have no numbers, to be read by all: each reason once. */
const Reasons = ({ meta, metrics }: Pick<RowsProps, 'meta' | 'metrics'>) => {
  const reasons = new Set(metrics.map((metric) => reasonOf(meta, metric)).filter((reason) => reason !== null));
  return [...reasons].map((reason) => (
    <p key={reason.short} class="rows-note">
      {metrics
        .filter((metric) => reasonOf(meta, metric) === reason)
        .map((metric) => text.metrics[metric])
        .join(', ')}
      {': '}
      {reason.long}
    </p>
  ));
};

/** The groups of a report, each a link that filters by it. */
export const Rows = ({ rows, label, ...shared }: RowsProps) => {
  const largest = Math.max(1, ...rows.map(({ metrics }) => metrics[0] ?? 0));
  return (
    <>
      {rows.length > 0 && <Reasons meta={shared.meta} metrics={shared.metrics} />}
      <ol class="rows" aria-label={label}>
        {rows.map((row) => (
          <Row key={row.dimensions[0]} row={row} largest={largest} {...shared} />
        ))}
      </ol>
    </>
  );
};
