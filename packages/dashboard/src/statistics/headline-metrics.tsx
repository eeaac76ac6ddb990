import type { Answer } from '../api/client.ts';
import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import type { Scope } from '../query/use-answer.ts';
import type { Loaded } from '../query/use-load.ts';
import { FIGURES, type Figure, MORE_IS } from '../reports/headline-metrics.ts';
import { statisticsHref } from '../state/view.ts';
import { Change } from '../ui/change.tsx';
import { Failure } from '../ui/states.tsx';

interface FigureProps {
  metric: Figure;
  href: string;
  isChosen: boolean;
  /** Undefined: not yet known. */
  value: number | null | undefined;
  before: number | null | undefined;
  change: number | null;
}

const FigureTab = ({ metric, href, isChosen, value, before, change }: FigureProps) => {
  const tip = `meaning-${metric}`;
  const was = before == null ? '' : ` ${text.change.was(format.exact(metric, before))}`;
  return (
    <li class="figure">
      <a href={href} aria-current={isChosen ? 'true' : undefined} aria-describedby={tip} data-metric={metric}>
        <span class="figure-label">{text.metrics[metric]}</span>
        {value === undefined ? (
          <span class="figure-value pending" />
        ) : (
          <span class="figure-value" data-value={value ?? ''} title={format.exact(metric, value)}>
            {format.figure(metric, value)}
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

/** The six figures; each is a tab of the chart. */
export const Figures = ({ scope, loaded }: { scope: Scope; loaded: Loaded<Answer> }) => {
  const { domain, view } = scope;
  const row = loaded.data?.results[0];
  if (loaded.error && loaded.waiting) return <Failure error={loaded.error} retry={loaded.retry} />;
  return (
    <ul class={loaded.waiting && row ? 'figures stale' : 'figures'}>
      {FIGURES.map((metric, index) => (
        <FigureTab
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
