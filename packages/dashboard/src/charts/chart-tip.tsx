import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import type { ShownMetric } from '../reports/metrics.ts';
import type { Grain } from '../state/grain.ts';
import { changeOf, type Step } from './series.ts';

/** From here on the tip stands to the left of the crosshair. */
const FLIP = 0.6;
/** Between the point and the tip, which hides neither it nor its neighbours. */
const GAP = '14px';

interface ChartTipProps {
  step: Step;
  metric: ShownMetric;
  grain: Grain;
  at: number;
}

/** What the chart shows under the crosshair: both periods and their difference. @param at Place on the x axis, 0 to 1. */
export const ChartTip = ({ step, metric, grain, at }: ChartTipProps) => {
  const { label, value, before, unfinished } = step;
  const change = unfinished ? null : changeOf(value, before?.value ?? null);
  return (
    <div
      class="float chart-tip"
      style={{ left: `${at * 100}%`, translate: at > FLIP ? `calc(-100% - ${GAP})` : GAP }}
      aria-hidden="true"
    >
      <strong>{text.metrics[metric]}</strong>
      <dl>
        <dt class="now">
          {format.longStep(label, grain)}
          {unfinished && <em> {text.chart.unfinished}</em>}
        </dt>
        <dd>{format.exact(metric, value)}</dd>
        {before && (
          <>
            <dt class="before">{format.longStep(before.label, grain)}</dt>
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
