import { text } from '../i18n/text.ts';
import type { Scope } from '../query/use-answer.ts';
import { COMPARE_MODES, type Compare, withWeekdays } from '../state/compare.ts';
import { daysShown } from '../state/period.ts';
import { statisticsHref } from '../state/view.ts';
import { Choice } from '../ui/period-menu.tsx';
import { RangeForm } from '../ui/range-form.tsx';

/** What the period is compared with: nothing, the period or the year before, days of one's own; and on which weekdays. */
export const CompareChoice = ({ scope: { domain, view }, today }: { scope: Scope; today: string }) => {
  const { compare, period } = view;
  const isSame = compare?.match_day_of_week === true;
  const hrefOf = (next: Compare) => statisticsHref(domain, view, { compare: next && withWeekdays(next, isSame) });
  const own = compare?.mode === 'custom' ? compare.date_range : null;
  const days = daysShown(own ?? period, today) ?? [today, today];
  return (
    <section class="compare" aria-label={text.compare.label}>
      <h3>{text.compare.label}</h3>
      <div class="sheet-choices">
        <Choice href={hrefOf(null)} isChosen={compare === null} title={text.compare.none} />
        {COMPARE_MODES.map((mode) => (
          <Choice
            key={mode}
            href={hrefOf({ mode })}
            isChosen={compare?.mode === mode}
            title={text.compare.modes[mode]}
          />
        ))}
        {compare && (
          <Choice
            href={statisticsHref(domain, view, { compare: withWeekdays(compare, !isSame) })}
            isChosen={isSame}
            title={text.compare.weekdays}
          />
        )}
      </div>
      <details open={own !== null}>
        <summary>{text.compare.own}</summary>
        <RangeForm
          label={text.compare.own}
          days={days}
          today={today}
          hrefOf={(date_range) => hrefOf({ mode: 'custom', date_range })}
        />
      </details>
    </section>
  );
};
