import type { Metric } from '@passerby/collector/query';
import { useState } from 'preact/hooks';
import { type Scope, useAnswer } from '../query/use-answer.ts';
import { type ReportId, reportOf } from '../reports/panels.ts';
import { text } from '../text.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Pager } from '../ui/pager.tsx';
import { Empty, Failure, Skeleton } from '../ui/states.tsx';
import { Rows } from './rows.tsx';

const PAGE = 50;

const SortHeads = ({
  metrics,
  sort,
  onSort,
}: {
  metrics: readonly Metric[];
  sort: Metric;
  onSort: (metric: Metric) => void;
}) => (
  <div class="heads">
    {metrics.map((metric) => (
      <button key={metric} type="button" aria-pressed={metric === sort} onClick={() => onSort(metric)}>
        {text.columns[metric]}
      </button>
    ))}
  </div>
);

/** All the rows of a report, with search, sorting and paging. */
export const FullList = ({ id, scope, onClose }: { id: ReportId; scope: Scope; onClose: () => void }) => {
  const report = reportOf(id);
  const [search, setSearch] = useState('');
  const [sort, setSort] = useState<Metric>(report.detail[0]);
  const [offset, setOffset] = useState(0);
  const { data, error, waiting, retry } = useAnswer(scope, {
    metrics: report.detail,
    dimensions: [report.dimension],
    ...(search !== '' && { filters: [['contains', report.dimension, [search]]] }),
    orderBy: [sort, 'desc'],
    limit: PAGE,
    offset,
    include: { total_rows: true },
  });
  const fromStart = (change: () => void) => {
    change();
    setOffset(0);
  };

  return (
    <Dialog title={text.reports[id]} onClose={onClose} class="full-list">
      <div class="list-head">
        {/* The store knows codes, not the names they are shown by: only plain texts can be searched. */}
        {!report.name && (
          <input
            type="search"
            placeholder={text.panel.search}
            aria-label={text.panel.search}
            onInput={(event) => fromStart(() => setSearch(event.currentTarget.value))}
          />
        )}
        <SortHeads metrics={report.detail} sort={sort} onSort={(metric) => fromStart(() => setSort(metric))} />
      </div>
      {error && <Failure error={error} retry={retry} />}
      {!data && !error && <Skeleton lines={10} />}
      {data && (
        <div class={waiting ? 'list-body stale' : 'list-body'}>
          {data.results.length === 0 && <Empty title={text.panel.empty} />}
          <Rows
            scope={scope}
            report={report}
            rows={data.results}
            metrics={report.detail}
            total={null}
            label={text.reports[id]}
          />
        </div>
      )}
      <Pager offset={offset} page={PAGE} total={data?.meta.total_rows ?? 0} onMove={setOffset} />
    </Dialog>
  );
};
