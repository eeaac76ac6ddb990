import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { LineChart } from '../charts/line-chart.tsx';
import { stepsOf } from '../charts/series.ts';
import { type Ask, grainOf, grainsOf } from '../query/question.ts';
import { type Scope, useAnswer } from '../query/use-answer.ts';
import { navigate } from '../router.ts';
import { statisticsHref } from '../state/view.ts';
import { text } from '../text.ts';
import { Failure } from '../ui/states.tsx';
import { Tabs } from '../ui/tabs.tsx';

/** The collector's own limit: 27 years of days. */
const MAX_STEPS = 10_000;

interface ChartPanelProps {
  scope: Scope;
  timezone: string;
  /** Asked again when it changes; null: not yet. */
  pulse: string | null;
  /** There is nothing to draw; the children say why. */
  isEmpty: boolean;
  children: ComponentChildren;
}

const GrainTabs = ({ scope: { domain, view } }: { scope: Scope }) => {
  const grains = grainsOf(view.period);
  if (grains.length < 2) return null;
  const tabs = grains.map((grain) => ({
    id: grain,
    title: grain === 'hour' ? text.chart.byHour : text.chart.byDay,
    href: statisticsHref(domain, view, { grain: grain === grains[0] ? null : grain }),
    current: grain === grainOf(view),
  }));
  return <Tabs label={text.chart.grain} tabs={tabs} class="grains" />;
};

/** The chosen figure over time. */
export const ChartPanel = ({ scope, timezone, pulse, isEmpty, children }: ChartPanelProps) => {
  const { domain, view } = scope;
  const ask: Ask = {
    metrics: [view.metric],
    dimensions: [`time:${grainOf(view)}`],
    limit: MAX_STEPS,
    include: { time_labels: true },
    comparable: true,
  };
  const answer = useAnswer(scope, pulse === null ? null : ask, { pulse });
  const { data, error, waiting } = answer;
  const steps = useMemo(() => (data ? stepsOf(data, Date.now(), timezone) : []), [data, timezone]);
  const drawn = data?.query.metrics[0] ?? view.metric;
  const select = (from: string, to: string) =>
    navigate(statisticsHref(domain, view, { period: [from, to], grain: null }));

  if (isEmpty) return <div class="chart-box">{children}</div>;
  if (error)
    return (
      <div class="chart-box">
        <Failure error={error} retry={answer.retry} />
      </div>
    );
  return (
    <div class={waiting && data ? 'chart-box stale' : 'chart-box'}>
      <GrainTabs scope={scope} />
      {data ? <LineChart steps={steps} metric={drawn} onSelect={select} /> : <div class="chart pending" />}
    </div>
  );
};
