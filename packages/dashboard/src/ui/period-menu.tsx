import type { ComponentChildren } from 'preact';
import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import { PERIOD_KEYS } from '../keyboard/period-keys.ts';
import { daysShown, localDay, NAMED_PERIODS, type Period } from '../state/period.ts';
import { Icon } from './icon.tsx';
import { Menu } from './menu.tsx';
import { RangeForm } from './range-form.tsx';

interface PeriodMenuProps {
  period: Period;
  timezone: string;
  /** Address with another period. */
  hrefOf: (period: Period) => string;
  children?: ComponentChildren;
}

/** How a period is called. */
export const periodTitle = (period: Period): string =>
  typeof period === 'string' ? text.periods[period] : format.range(...period);

const KEYS = new Map(Object.entries(PERIOD_KEYS).map(([key, name]) => [name as string, key.toUpperCase()]));

interface ChoiceProps {
  href: string;
  isChosen: boolean;
  title: string;
  /** What it says beside. */
  hint?: string | undefined;
  /** Key that does the same. */
  shortcut?: string | undefined;
}

/** A choice of a menu, marked where it is the one that holds. */
export const Choice = ({ href, isChosen, title, hint, shortcut }: ChoiceProps) => {
  return (
    <a href={href} aria-current={isChosen ? 'true' : undefined} title={hint} aria-keyshortcuts={shortcut}>
      {title}
      {isChosen ? (
        <Icon name="check" />
      ) : (
        shortcut && (
          <span class="key" aria-hidden="true">
            {shortcut}
          </span>
        )
      )}
    </a>
  );
};

/** Which days a name stands for; those that the data decide are told by none. */
const hintOf = (name: Period, today: string): string | undefined => {
  const days = name === '24h' ? null : daysShown(name, today);
  return days ? format.range(...days) : undefined;
};

/** Button with the period shown, and the sheet to choose another. */
export const PeriodMenu = ({ period, timezone, hrefOf, children }: PeriodMenuProps) => {
  const title = periodTitle(period);
  const today = localDay(Date.now(), timezone);
  return (
    <Menu
      label={`${text.period.label}: ${title}`}
      title={
        <>
          <Icon name="calendar" />
          <span>{title}</span>
        </>
      }
      align="end"
      class="period"
    >
      <div class="sheet-choices">
        {NAMED_PERIODS.map((name) => (
          <Choice
            key={name}
            href={hrefOf(name)}
            isChosen={period === name}
            title={text.periods[name]}
            hint={hintOf(name, today)}
            shortcut={KEYS.get(name)}
          />
        ))}
      </div>
      <hr />
      <RangeForm
        label={text.period.custom}
        days={daysShown(period, today) ?? [today, today]}
        today={today}
        hrefOf={hrefOf}
      />
      {children}
    </Menu>
  );
};
