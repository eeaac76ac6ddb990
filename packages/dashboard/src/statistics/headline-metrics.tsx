import type { Answer } from '../api/client.ts';
import type { Scope } from '../query/use-answer.ts';
import type { Loaded } from '../query/use-load.ts';
import { drawnMetric, headlineMetrics } from '../reports/headline-metrics.ts';
import { statisticsHref } from '../state/view.ts';
import { MetricTab } from '../ui/metric-tab.tsx';
import { Failure } from '../ui/states.tsx';
import { reasonOf } from './warnings.ts';

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
