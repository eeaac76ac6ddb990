import type { Site } from '../api/client.ts';
import { includes } from '../api/roles.ts';
import { text } from '../i18n/text.ts';
import type { Scope } from '../query/use-answer.ts';
import type { Filter } from '../state/filters.ts';
import { sitePath } from '../state/route.ts';
import { parseView, viewSearch } from '../state/view.ts';
import { SiteBar } from '../ui/bar.tsx';
import { Icon } from '../ui/icon.tsx';
import { LiveDot } from '../ui/live-dot.tsx';
import { FilterChips } from './filter-chips.tsx';
import { PeriodPicker } from './period-picker.tsx';
import { SavedViews } from './saved-views.tsx';

interface StatisticsBarProps {
  scope: Scope;
  site: Site | undefined;
  timezone: string;
  /** Visitors of the last five minutes; null: not yet known. */
  now: number | null;
  /** The reader wants to change a filter; null: to add one. */
  onPick: (filter: Filter | null) => void;
}

/** What the numbers below are of, and how to change that. */
export const StatisticsBar = ({ scope, site, timezone, now, onPick }: StatisticsBarProps) => {
  const { domain, view } = scope;
  return (
    <SiteBar
      domain={domain}
      current="statistics"
      search={viewSearch({ ...parseView(new URLSearchParams()), period: view.period })}
      below={<FilterChips scope={scope} onEdit={onPick} />}
    >
      {now !== null && <LiveDot count={now} href={sitePath(domain, 'live')} />}
      <button type="button" class="control add-filter" aria-label={text.filters.add} onClick={() => onPick(null)}>
        <Icon name="filter" />
        <span class="wide-only">{text.filters.add}</span>
      </button>
      <SavedViews scope={scope} mayEdit={includes(site?.role, 'editor')} />
      <PeriodPicker scope={scope} timezone={timezone} />
    </SiteBar>
  );
};
