import type { Scope } from '../query/use-answer.ts';
import { statisticsHref } from '../state/view.ts';
import { text } from '../text.ts';
import { Icon } from '../ui/icon.tsx';
import { PeriodMenu } from '../ui/period-menu.tsx';

/** Chooses the period, and whether it is compared. */
export const PeriodPicker = ({ scope: { domain, view }, timezone }: { scope: Scope; timezone: string }) => (
  <PeriodMenu
    period={view.period}
    timezone={timezone}
    hrefOf={(period) => statisticsHref(domain, view, { period, grain: null })}
  >
    <hr />
    <a href={statisticsHref(domain, view, { compare: !view.compare })} aria-current={view.compare ? 'true' : undefined}>
      {text.period.compare}
      {view.compare && <Icon name="check" />}
    </a>
  </PeriodMenu>
);
