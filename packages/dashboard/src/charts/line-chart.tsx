import { useEffect, useRef, useState } from 'preact/hooks';
import type uPlot from 'uplot';
import { useDark } from '../app/theme.ts';
import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import type { ShownMetric } from '../reports/metrics.ts';
import type { Grain } from '../state/grain.ts';
import { ChartTip } from './chart-tip.tsx';
import { columns, createPlot, type Drawing } from './plot.ts';
import type { Step } from './series.ts';

interface LineChartProps {
  steps: readonly Step[];
  metric: ShownMetric;
  grain: Grain;
  /** The reader chose a range of steps, by their labels. */
  onSelect: (from: string, to: string) => void;
}

const spoken = (step: Step | undefined, metric: ShownMetric, grain: Grain): string =>
  step === undefined
    ? ''
    : [
        `${format.longStep(step.label, grain)}: ${format.exact(metric, step.value)}`,
        step.before && `${text.chart.before}: ${format.exact(metric, step.before.value)}`,
      ]
        .filter(Boolean)
        .join(', ');

/** Where an arrow key takes the crosshair. */
const moved = (key: string, from: number | null, last: number): number | null => {
  const moves: Record<string, number> = {
    ArrowLeft: (from ?? last + 1) - 1,
    ArrowRight: (from ?? -1) + 1,
    Home: 0,
    End: last,
  };
  const to = moves[key];
  return to === undefined ? null : Math.min(last, Math.max(0, to));
};

/** Where a step lies in the chart, from 0 to 1. */
const placeOf = (plot: uPlot, index: number): number => (plot.over.offsetLeft + plot.valToPos(index, 'x')) / plot.width;

/** The steps cross midnight, or a new year. */
const isLongSeries = (steps: readonly Step[], grain: Grain): boolean => {
  const part = grain === 'hour' ? 10 : 4;
  const [first, last] = [steps[0], steps.at(-1)].map((step) => step?.label.slice(0, part));
  return first !== last && (grain !== 'hour' || steps.length > HOURS_OF_A_DAY);
};
/** The longest day, when the clocks are set back. */
const HOURS_OF_A_DAY = 25;

/** One metric over time beside the period before. Arrow keys move the crosshair, dragging selects a range. */
export const LineChart = ({ steps, metric, grain, onSelect }: LineChartProps) => {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [hover, setHover] = useState<number | null>(null);
  const dark = useDark();
  const isLong = isLongSeries(steps, grain);

  // The plot outlives renders: it reads what is current from here.
  const current = useRef<Drawing & Pick<LineChartProps, 'onSelect'>>({ steps, metric, grain, isLong, onSelect });
  current.current = { steps, metric, grain, isLong, onSelect };

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const select = (first: number, last: number) => {
      const { steps: shown, onSelect: tell } = current.current;
      const [from, to] = [shown[first]?.label, shown[last]?.label];
      if (from !== undefined && to !== undefined) tell(from, to);
    };
    const created = createPlot(element, () => current.current, { onHover: setHover, onSelect: select });
    const observer = new ResizeObserver(() =>
      created.setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    plot.current = created;
    return () => {
      observer.disconnect();
      created.destroy();
    };
  }, [dark]);

  useEffect(() => plot.current?.setData(columns(steps)), [steps, metric, grain]);

  const moveTo = (index: number | null) => {
    const left = index === null ? -10 : (plot.current?.valToPos(index, 'x') ?? -10);
    plot.current?.setCursor({ left, top: 10 });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = moved(event.key, hover, steps.length - 1);
    if (to === null) return;
    event.preventDefault();
    moveTo(to);
  };

  const step = hover === null ? undefined : steps[hover];
  return (
    <div
      class="chart"
      role="slider"
      tabIndex={0}
      aria-label={text.chart.label({ metric: text.metrics[metric] })}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, steps.length - 1)}
      aria-valuenow={hover ?? 0}
      aria-valuetext={spoken(step ?? steps.at(-1), metric, grain)}
      onKeyDown={onKeyDown}
      onBlur={() => moveTo(null)}
    >
      <div class="plot" ref={host} />
      {step && plot.current && hover !== null && (
        <ChartTip step={step} metric={metric} grain={grain} at={placeOf(plot.current, hover)} />
      )}
    </div>
  );
};
