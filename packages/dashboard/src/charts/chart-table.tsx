import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import type { ShownMetric } from '../reports/metrics.ts';
import type { Grain } from '../state/grain.ts';
import { changeOf, type Step } from './series.ts';

interface ChartTableProps {
  steps: readonly Step[];
  metric: ShownMetric;
  grain: Grain;
}

const changeText = ({ value, before, unfinished }: Step): string => {
  const change = unfinished ? null : changeOf(value, before?.value ?? null);
  if (change === null) return '';
  return `${Math.round(change) < 0 ? '−' : '+'}${format.change(Math.round(change))}`;
};

/** The chart as a table, newest first: the same numbers for those who listen, or want to read them one by one. */
export const ChartTable = ({ steps, metric, grain }: ChartTableProps) => {
  const isCompared = steps.some(({ before }) => before !== null);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section class="chart-table" tabIndex={0} aria-label={text.chart.tableOf({ metric: text.metrics[metric] })}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.chart.when}</th>
            <th scope="col">{text.metrics[metric]}</th>
            {isCompared && <th scope="col">{text.chart.earlier}</th>}
            {isCompared && <th scope="col">{text.chart.change}</th>}
          </tr>
        </thead>
        <tbody>
          {steps.toReversed().map((step) => (
            <tr key={step.label}>
              <th scope="row">
                {format.longStep(step.label, grain)}
                {step.unfinished && <em> {text.chart.unfinished}</em>}
              </th>
              <td>{format.exact(metric, step.value)}</td>
              {isCompared && <td>{format.exact(metric, step.before?.value ?? null)}</td>}
              {isCompared && <td>{changeText(step)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
