import type { Metric } from '@passerby/collector/query';
import type { AnswerRow } from '../api.ts';
import { format } from '../format.ts';
import type { Scope } from '../query/use-answer.ts';
import type { Report } from '../reports/panels.ts';
import { isFilteredBy, toggleValue } from '../state/filters.ts';
import { statisticsHref } from '../state/view.ts';
import { text } from '../text.ts';
import { Cut } from '../ui/cut.tsx';
import { Icon } from '../ui/icon.tsx';

interface RowsProps {
  scope: Scope;
  report: Report;
  rows: readonly AnswerRow[];
  /** Metrics of the rows, in their order. */
  metrics: readonly Metric[];
  /** What a row has its share of, by the first metric; null: no shares are shown. */
  total: number | null;
  label: string;
}

const shareOf = (value: number | null | undefined, of: number): number => (of > 0 ? (value ?? 0) / of : 0);

const Row = ({
  scope: { domain, view },
  report,
  row,
  metrics,
  total,
  largest,
}: Omit<RowsProps, 'rows' | 'label'> & {
  row: AnswerRow;
  largest: number;
}) => {
  const value = row.dimensions[0] ?? '';
  const name = report.name?.(value) ?? value;
  const filters = toggleValue(view.filters, report.dimension, value);
  const isChosen = isFilteredBy(view.filters, report.dimension, value);
  return (
    <li class={isChosen ? 'row chosen' : 'row'}>
      <span class="bar-line" style={{ inlineSize: `${100 * shareOf(row.metrics[0], largest)}%` }} />
      <a
        class="row-link"
        href={statisticsHref(domain, view, { filters, list: null })}
        title={name}
        aria-current={isChosen ? 'true' : undefined}
      >
        <Cut value={name} />
      </a>
      <Icon name={isChosen ? 'close' : 'filter'} />
      {report.isPage && (
        <a
          class="row-out"
          href={`https://${domain}${value}`}
          target="_blank"
          rel="noreferrer"
          aria-label={text.panel.openPage(value)}
        >
          <Icon name="out" />
        </a>
      )}
      {metrics.map((metric, index) => (
        <span key={metric} class="row-number" data-metric={metric} data-value={row.metrics[index] ?? ''}>
          {format.figure(metric, row.metrics[index] ?? null)}
        </span>
      ))}
      {total !== null && <span class="row-share">{format.share(shareOf(row.metrics[0], total))}</span>}
    </li>
  );
};

/** The groups of a report, each a link that filters by it. */
export const Rows = ({ rows, label, ...shared }: RowsProps) => {
  const largest = Math.max(1, ...rows.map(({ metrics }) => metrics[0] ?? 0));
  return (
    <ol class="rows" aria-label={label}>
      {rows.map((row) => (
        <Row key={row.dimensions[0]} row={row} largest={largest} {...shared} />
      ))}
    </ol>
  );
};
