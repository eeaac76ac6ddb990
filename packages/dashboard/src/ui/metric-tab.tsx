import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import { type HeadlineMetric, MORE_IS } from '../reports/headline-metrics.ts';
import { Change } from './change.tsx';

interface MetricTabProps {
  metric: HeadlineMetric;
  href: string;
  isChosen: boolean;
  /** Undefined: not yet known. */
  value: number | null | undefined;
  before: number | null | undefined;
  change: number | null;
  /** Why there is no value. */
  reason: { readonly short: string; readonly long: string } | null;
}

/** A metric at the top of the statistics: a tab of the chart, with its change, or why there is no value. */
export const MetricTab = ({ metric, href, isChosen, value, before, change, reason }: MetricTabProps) => {
  const tip = `meaning-${metric}`;
  const was = before == null ? '' : ` ${text.change.was({ value: format.exact(metric, before) })}`;
  return (
    <li class="metric">
      <a href={href} aria-current={isChosen ? 'true' : undefined} aria-describedby={tip} data-metric={metric}>
        <span class="metric-label">{text.metrics[metric]}</span>
        {value === undefined ? (
          <span class="metric-value pending" />
        ) : (
          <span class="metric-value" data-value={value ?? ''} title={format.exact(metric, value)}>
            {format.compact(metric, value)}
          </span>
        )}
        {reason ? <span class="change">{reason.short}</span> : <Change change={change} moreIs={MORE_IS[metric]} />}
      </a>
      <span class="float tip" role="tooltip" id={tip}>
        {text.meaning[metric]}
        {reason ? ` ${reason.long}` : was}
      </span>
    </li>
  );
};
