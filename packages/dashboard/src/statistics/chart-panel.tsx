import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Answer } from '../api/client.ts';
import { navigate } from '../app/router.ts';
import { ChartTable } from '../charts/chart-table.tsx';
import { LineChart } from '../charts/line-chart.tsx';
import { type Step, stepsOf } from '../charts/series.ts';
import { inSentence } from '../i18n/names.ts';
import { text } from '../i18n/text.ts';
import { firstWeekday } from '../i18n/weekday.ts';
import type { Ask } from '../query/question.ts';
import type { Scope } from '../query/use-answer.ts';
import { errorToShow } from '../query/use-load.ts';
import { useShare } from '../query/use-share.ts';
import { drawnMetric, type HeadlineMetric } from '../reports/headline-metrics.ts';
import { grainIn, grainOf, grainsOf, periodOfSteps, timeDimension, usualGrain } from '../state/grain.ts';
import { localDay } from '../state/period.ts';
import { statisticsHref } from '../state/view.ts';
import { Icon } from '../ui/icon.tsx';
import { Empty, Failure } from '../ui/states.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { CsvButton, type Table } from './csv-button.tsx';
import { fileName } from './csv-file.ts';
import { Versus } from './versus.tsx';
import { reasonOf } from './warnings.ts';

/** More than can be drawn: 400 days, or 80 years of months. */
const MAX_STEPS = 1_000;

interface ChartPanelProps {
  scope: Scope;
  timezone: string;
  /** Days that the period has until now; null: not yet known. */
  days: number | null;
  /** Asked again at each so many ticks; null: once. */
  every: number | null;
  /** There is nothing to draw; the children say why. */
  isEmpty: boolean;
  children: ComponentChildren;
}

const GrainTabs = ({ scope: { domain, view }, days }: { scope: Scope; days: number }) => {
  const grains = grainsOf(days);
  if (grains.length < 2) return null;
  const tabs = grains.map((grain) => ({
    id: grain,
    title: text.chart.grains[grain],
    href: statisticsHref(domain, view, { grain: grain === usualGrain(days) ? null : grain }),
    current: grain === grainOf(view.grain, days),
  }));
  return <Tabs label={text.chart.grain} tabs={tabs} class="grains" />;
};

/** What the lines are, and the days that the dashed one is of. */
const Legend = ({ steps, answer }: { steps: readonly Step[]; answer: Answer }) => (
  <p class="chart-legend" aria-hidden="true">
    <span class="now">{text.chart.now}</span>
    {steps.some(({ unfinished }) => unfinished) && steps.length > 1 && (
      <span class="open">{text.chart.unfinished}</span>
    )}
    <Versus answer={answer} />
  </p>
);

const tableOf = (steps: readonly Step[], metric: HeadlineMetric): Table => ({
  heads: [text.chart.when, text.metrics[metric], text.chart.earlier],
  rows: steps.map(({ label, value, before }) => [label, value, before?.value ?? null]),
});

/** Steps and metric that were asked for: while the next answer is under way, those of the one before are shown. */
const useSteps = (scope: Scope, days: number | null, timezone: string, every: number | null) => {
  const grain = grainOf(scope.view.grain, days ?? 1);
  const chosen = drawnMetric(scope.view.filters, scope.view.metric);
  const ask: Ask = {
    metrics: chosen === 'percentage' ? ['visitors', chosen] : [chosen],
    dimensions: [timeDimension(grain, firstWeekday)],
    limit: MAX_STEPS,
    include: { time_labels: true },
    comparable: true,
  };
  const answer = useShare(scope, days === null ? null : ask, { every });
  const { data } = answer;
  const answered = grainIn(data?.query.dimensions?.[0]) ?? grain;
  const steps = useMemo(() => (data ? stepsOf(data, answered, Date.now(), timezone) : []), [data, answered, timezone]);
  return { answer, steps, grain: answered, metric: (data?.query.metrics.at(-1) ?? chosen) as HeadlineMetric };
};

/** The chosen metric over time, drawn or as a table. */
export const ChartPanel = ({ scope, timezone, days, every, isEmpty, children }: ChartPanelProps) => {
  const { domain, view } = scope;
  const [isTable, setTable] = useState(false);
  const { answer, steps, grain, metric } = useSteps(scope, days, timezone, every);
  const { data, waiting } = answer;
  const error = errorToShow(answer);
  const reason = reasonOf(data?.meta, metric);
  const select = (from: string, to: string) => {
    const period = periodOfSteps(from, to, grain, localDay(Date.now(), timezone));
    navigate(statisticsHref(domain, view, { period, grain: null }));
  };

  if (isEmpty) return <div class="chart-box">{children}</div>;
  if (error)
    return (
      <div class="chart-box">
        <Failure error={error} retry={answer.retry} />
      </div>
    );
  return (
    <div class={waiting && data ? 'chart-box stale' : 'chart-box'}>
      {data && !reason && !isTable && <Legend steps={steps} answer={data} />}
      <div class="chart-tools">
        {days !== null && <GrainTabs scope={scope} days={days} />}
        {data && isTable && (
          <CsvButton
            label={text.panel.csv({ title: inSentence(text.metrics[metric]) })}
            file={fileName(scope, text.metrics[metric], data.query)}
            table={() => tableOf(steps, metric)}
          />
        )}
        <button
          type="button"
          class="quiet tool"
          aria-pressed={isTable}
          aria-label={text.chart.table}
          title={text.chart.table}
          onClick={() => setTable(!isTable)}
        >
          <Icon name="table" />
        </button>
      </div>
      {!data && <div class="chart pending" />}
      {data && reason && (
        <Empty title={text.metrics[metric]}>
          <p class="muted">{reason.long}</p>
        </Empty>
      )}
      {data && !reason && isTable && <ChartTable steps={steps} metric={metric} grain={grain} />}
      {data && !reason && !isTable && <LineChart steps={steps} metric={metric} grain={grain} onSelect={select} />}
    </div>
  );
};
