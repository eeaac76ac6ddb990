import type { Status } from '../api/client.ts';
import { text } from '../i18n/text.ts';
import type { Scope } from '../query/use-answer.ts';
import { statisticsHref } from '../state/view.ts';
import { ScriptTag } from '../ui/script-tag.tsx';
import { Empty } from '../ui/states.tsx';

interface EmptyStateProps {
  scope: Scope;
  script: Status['script'];
  /** The site has never had a hit. */
  isNew: boolean;
}

/** Says why there are no numbers, and the way out. */
export const EmptyState = ({ scope: { domain, view }, script, isNew }: EmptyStateProps) => {
  if (isNew)
    return (
      <Empty title={text.states.noVisits}>
        <ScriptTag script={script} domain={domain} />
      </Empty>
    );
  if (view.filters.length > 0)
    return (
      <Empty title={text.states.noMatch({ count: view.filters.length })}>
        <a class="control" href={statisticsHref(domain, view, { filters: [] })}>
          {text.filters.clear}
        </a>
      </Empty>
    );
  return (
    <Empty title={text.states.nothing}>
      <a class="control" href={statisticsHref(domain, view, { period: 'all' })}>
        {text.states.showAll}
      </a>
    </Empty>
  );
};
