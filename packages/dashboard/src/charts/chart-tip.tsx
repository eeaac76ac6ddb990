import type { Metric } from '@passerby/collector/query';
import { format } from '../format.ts';
import { text } from '../text.ts';
import type { Step } from './series.ts';

/** Change between two values in percent; null if there is nothing to compare. */
const changeOf = (value: number | null, before: number | null): number | null =>
  value === null || before === null || before === 0 ? null : ((value - before) / before) * 100;

/** From here on the tip stands to the left of the crosshair. */
const FLIP = 0.6;

/** What the chart shows under the crosshair: both periods and their difference. @param at Place on the x axis, 0 to 1. */
export const ChartTip = ({ step, metric, at }: { step: Step; metric: Metric; at: number }) => {
  const { label, value, before, unfinished } = step;
  const change = unfinished ? null : changeOf(value, before?.value ?? null);
  return (
    <div
      class="float chart-tip"
      style={{ left: `${at * 100}%`, translate: at > FLIP ? '-100% 0' : '0 0' }}
      aria-hidden="true"
    >
      <strong>{text.metrics[metric]}</strong>
      <dl>
        <dt class="now">
          {format.longBucket(label)}
          {unfinished && <em> {text.chart.unfinished}</em>}
        </dt>
        <dd>{format.exact(metric, value)}</dd>
        {before && (
          <>
            <dt class="before">{format.longBucket(before.label)}</dt>
            <dd>{format.exact(metric, before.value)}</dd>
          </>
        )}
      </dl>
      {change !== null && Math.round(change) !== 0 && (
        <p class="muted">
          {change > 0 ? '↑' : '↓'} {format.change(change)}
        </p>
      )}
    </div>
  );
};
