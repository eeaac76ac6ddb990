import { text } from '../i18n/text.ts';
import type { Scope } from '../query/use-answer.ts';
import { localDay, type Period, shiftPeriod } from '../state/period.ts';
import { statisticsHref } from '../state/view.ts';
import { Icon } from '../ui/icon.tsx';
import { PeriodMenu } from '../ui/period-menu.tsx';
import { CompareChoice } from './compare-choice.tsx';

interface StepProps {
  period: Period | null;
  direction: 'earlier' | 'later';
  hrefOf: (period: Period) => string;
}

const Step = ({ period, direction, hrefOf }: StepProps) => {
  const icon = <Icon name={direction === 'earlier' ? 'back' : 'more'} />;
  return period ? (
    <a class="quiet step" href={hrefOf(period)} aria-label={text.period[direction]} title={text.period[direction]}>
      {icon}
    </a>
  ) : (
    <span class="quiet step" aria-hidden="true">
      {icon}
    </span>
  );
};

/** Chooses the period, and what it is compared with. */
export const PeriodPicker = ({ scope, timezone }: { scope: Scope; timezone: string }) => {
  const { domain, view } = scope;
  const today = localDay(Date.now(), timezone);
  const hrefOf = (period: Period) => statisticsHref(domain, view, { period, grain: null });
  return (
    <div class="periods">
      <Step period={shiftPeriod(view.period, -1, today)} direction="earlier" hrefOf={hrefOf} />
      <PeriodMenu period={view.period} timezone={timezone} hrefOf={hrefOf}>
        <hr />
        <CompareChoice scope={scope} today={today} />
      </PeriodMenu>
      <Step period={shiftPeriod(view.period, 1, today)} direction="later" hrefOf={hrefOf} />
    </div>
  );
};
