import type { Answer } from '../api/client.ts';
import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import type { Scope } from '../query/use-answer.ts';
import type { Loaded } from '../query/use-load.ts';
import { HEADLINE_METRICS, type HeadlineMetric, MORE_IS } from '../reports/headline-metrics.ts';
import { statisticsHref } from '../state/view.ts';
import { Change } from '../ui/change.tsx';
import { Failure } from '../ui/states.tsx';

interface MetricTabProps {
  metric: HeadlineMetric;
  href: string;
  isChosen: boolean;
  /** Undefined: not yet known. */
  value: number | null | undefined;
  before: number | null | undefined;
  change: number | null;
}

const MetricTab = ({ metric, href, isChosen, value, before, change }: MetricTabProps) => {
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
        <Change change={change} moreIs={MORE_IS[metric]} />
      </a>
      <span class="float tip" role="tooltip" id={tip}>
        {text.meaning[metric]}
        {was}
      </span>
    </li>
  );
};

/** The six metrics; each is a tab of the chart. */
export const HeadlineMetrics = ({ scope, loaded }: { scope: Scope; loaded: Loaded<Answer> }) => {
  const { domain, view } = scope;
  const row = loaded.data?.results[0];
  if (loaded.error && loaded.waiting) return <Failure error={loaded.error} retry={loaded.retry} />;
  return (
    <ul class={loaded.waiting && row ? 'metrics stale' : 'metrics'}>
      {HEADLINE_METRICS.map((metric, index) => (
        <MetricTab
          key={metric}
          metric={metric}
          href={statisticsHref(domain, view, { metric })}
          isChosen={view.metric === metric}
          value={row?.metrics[index]}
          before={row?.comparison?.metrics[index]}
          change={row?.comparison?.change[index] ?? null}
        />
      ))}
    </ul>
  );
};
