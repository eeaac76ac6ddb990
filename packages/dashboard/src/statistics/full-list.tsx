import { Fragment } from 'preact';
import { useState } from 'preact/hooks';
import type { AnswerRow } from '../api/client.ts';
import { wordFor } from '../i18n/names.ts';
import { typedText } from '../i18n/page-path.ts';
import { text } from '../i18n/text.ts';
import type { Ask } from '../query/question.ts';
import { type Scope, useAnswer } from '../query/use-answer.ts';
import { errorToShow } from '../query/use-load.ts';
import { useTyped } from '../query/use-typed.ts';
import type { ShownMetric, ShownMetrics } from '../reports/metrics.ts';
import { columnsOf, partsAsStored, reportOf, rowName } from '../reports/panels.ts';
import { hasKinds, type Report } from '../reports/report.ts';
import type { ReportId } from '../reports/report-ids.ts';
import { Choice } from '../ui/choice.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Pager } from '../ui/pager.tsx';
import { Empty, Failure, Skeleton } from '../ui/states.tsx';
import { isCompared, rowsToShow } from './compared.ts';
import { CsvButton, type Table } from './csv-button.tsx';
import { allRows, fileName } from './csv-file.ts';
import { namedLike, type Order, orderBy } from './list-rows.ts';
import { answeredMetrics, scopeOf, tableOf } from './report-table.ts';
import { Rows } from './rows.tsx';

const PAGE = 50;
/** The collector's own limit of an answer. */
const MOST = 10_000;

interface HeadsProps {
  metrics: readonly ShownMetric[];
  order: Order;
  isCompared: boolean;
  onOrder: (order: Order) => void;
}

const Heads = ({ metrics, order, isCompared, onOrder }: HeadsProps) => (
  <div class="heads">
    {metrics.map((metric, index) => (
      <Fragment key={metric}>
        <button
          type="button"
          aria-pressed={metric === order.metric}
          title={wordFor(metric, text.meaning)}
          onClick={() => onOrder(orderBy(order, metric))}
        >
          {text.columns[metric]}
          {metric === order.metric && <span aria-hidden="true">{order.direction === 'desc' ? ' ↓' : ' ↑'}</span>}
        </button>
        {index === 0 && isCompared && <span class="row-change">{text.chart.change}</span>}
      </Fragment>
    ))}
  </div>
);

/** Only here is it known how values are shown; what belongs to no visit cannot be filtered. */
const isSearchedHere = ({ name, dimension }: Report): boolean => name !== undefined || dimension === 'open:name';

/** What a report asks of the collector; names are looked for here, as it knows only codes: then all are asked for. */
const askFor = (report: Report, metrics: ShownMetrics, search: string, order: Order): Ask => ({
  metrics,
  dimensions: [report.dimension],
  filters: [
    ...(report.filters ?? []),
    ...(search !== '' && report.dimension !== 'open:name' && !isSearchedHere(report)
      ? ([['contains', report.dimension, partsAsStored(report.dimension, search)]] as const)
      : []),
  ],
  orderBy: [order.metric, order.direction],
  comparable: true,
});

/** What the reader wants of a list. */
interface Wanted {
  readonly search: string;
  readonly order: Order;
  readonly offset: number;
}

/** The rows of a page of the list, how many there are altogether, and all of them for a file. */
const useRows = (
  report: Report,
  scope: Scope,
  { metrics, search, order, offset }: Wanted & { metrics: ShownMetrics },
) => {
  const typed = useTyped(typedText(search));
  const isHere = isSearchedHere(report);
  const ask = askFor(report, metrics, typed, order);
  const answer = useAnswer(
    scope,
    isHere ? { ...ask, limit: MOST } : { ...ask, limit: PAGE, offset, include: { total_rows: true } },
  );
  const results = answer.data ? rowsToShow(answer.data) : [];
  const found = isHere ? namedLike(results, (value) => rowName(report, value), search) : results;
  return {
    answer,
    rows: isHere ? found.slice(offset, offset + PAGE) : found,
    total: isHere ? found.length : (answer.data?.meta.total_rows ?? 0),
    all: async (): Promise<readonly AnswerRow[]> => (isHere ? found : allRows(scope, ask)),
  };
};

const byLargest = ([metric]: ShownMetrics): Order => ({ metric, direction: 'desc' });

interface ListProps {
  id: ReportId;
  report: Report;
  scope: Scope;
  /** Currency of revenue. */
  currency: string | null;
}

const List = ({ id, report, scope, currency }: ListProps) => {
  const columns = columnsOf(report, scope.view.filters);
  const [chosen, choose] = useState('views');
  const metrics = columns[chosen] ?? report.detail;
  const [wanted, want] = useState<Wanted>({ search: '', order: byLargest(metrics), offset: 0 });
  const { answer, rows, total, all } = useRows(report, scope, { ...wanted, metrics });
  const error = errorToShow(answer);
  const title = text.reports[id];
  const table = async (): Promise<Table> => tableOf(report, metrics, await all(), currency);
  return (
    <>
      {Object.keys(columns).length > 1 && (
        <Choice
          label={text.panel.columns.label}
          options={Object.keys(columns).map((id) => ({ id, title: wordFor(id, text.panel.columns) ?? id }))}
          chosen={chosen}
          onChoose={(name) => {
            choose(name);
            want({ ...wanted, order: byLargest(columns[name] ?? metrics), offset: 0 });
          }}
        />
      )}
      <div class="list-head">
        <input
          type="search"
          // biome-ignore lint/a11y/noAutofocus: in a dialog that was opened to look for something
          autoFocus
          placeholder={text.panel.search}
          aria-label={text.panel.search}
          onInput={(event) => want({ ...wanted, search: event.currentTarget.value, offset: 0 })}
        />
        {answer.data && (
          <CsvButton
            label={text.panel.csvAll}
            file={fileName(scope, currency ? `${title} ${currency}` : title, answer.data.query)}
            table={table}
          />
        )}
        <Heads
          metrics={metrics}
          order={wanted.order}
          isCompared={isCompared(scope.view)}
          onOrder={(order) => want({ ...wanted, order, offset: 0 })}
        />
      </div>
      {error && <Failure error={error} retry={answer.retry} />}
      {!answer.data && !error && <Skeleton lines={10} />}
      {answer.data && !error && (
        <div class={answer.waiting ? 'list-body stale' : 'list-body'}>
          {total === 0 && <Empty title={text.panel.empty} />}
          <Rows
            scope={scope}
            report={report}
            rows={rows}
            metrics={answeredMetrics(answer.data)}
            meta={answer.data.meta}
            isCompared={isCompared(scope.view)}
            total={null}
            currency={currency}
            label={text.reports[id]}
          />
        </div>
      )}
      <Pager offset={wanted.offset} page={PAGE} total={total} onMove={(offset) => want({ ...wanted, offset })} />
    </>
  );
};

/** All the rows of a report, with search, sorting, paging and a file. */
export const FullList = ({ id, scope, onClose }: { id: ReportId; scope: Scope; onClose: () => void }) => {
  const { kind } = scope.view;
  const either = reportOf(id);
  const report = hasKinds(either) ? either.of(kind ?? '') : either;
  const isOfKind = hasKinds(either) && kind !== null;
  return (
    <Dialog title={isOfKind ? `${text.reports[id]}: ${kind}` : text.reports[id]} onClose={onClose} class="full-list">
      <List id={id} report={report} scope={scopeOf(report, scope)} currency={id === 'revenue' ? kind : null} />
    </Dialog>
  );
};
