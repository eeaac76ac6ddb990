import type { Answer } from '../api/client.ts';
import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import type { Scope } from '../query/use-answer.ts';
import type { Loaded } from '../query/use-load.ts';
import { drawnMetric, type HeadlineMetric, headlineMetrics, MORE_IS } from '../reports/headline-metrics.ts';
import { statisticsHref } from '../state/view.ts';
import { Change } from '../ui/change.tsx';
import { Failure } from '../ui/states.tsx';
import { type Reason, reasonOf } from './warnings.ts';

interface MetricTabProps {
  metric: HeadlineMetric;
  href: string;
  isChosen: boolean;
  /** Undefined: not yet known. */
  value: number | null | undefined;
  before: number | null | undefined;
  change: number | null;
  /** Why there is no value. */
  reason: Reason | null;
}

const MetricTab = ({ metric, href, isChosen, value, before, change, reason }: MetricTabProps) => {
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

/** The metrics at the top; each is a tab of the chart. */
export const HeadlineMetrics = ({ scope, loaded }: { scope: Scope; loaded: Loaded<Answer> }) => {
  const { domain, view } = scope;
  const { data } = loaded;
  const row = data?.results[0];
  if (loaded.error && loaded.waiting) return <Failure error={loaded.error} retry={loaded.retry} />;
  return (
    <ul class={loaded.waiting && row ? 'metrics stale' : 'metrics'}>
      {headlineMetrics(view.filters).map((metric) => {
        // The answer may be that to other filters, until theirs is there.
        const index = data?.query.metrics.indexOf(metric) ?? -1;
        return (
          <MetricTab
            key={metric}
            metric={metric}
            href={statisticsHref(domain, view, { metric })}
            isChosen={drawnMetric(view.filters, view.metric) === metric}
            value={row?.metrics[index]}
            before={row?.comparison?.metrics[index]}
            change={row?.comparison?.change[index] ?? null}
            reason={reasonOf(data?.meta, metric)}
          />
        );
      })}
    </ul>
  );
};
