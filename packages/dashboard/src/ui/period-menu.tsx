import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { navigate } from '../app/router.ts';
import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import { localDay, NAMED_PERIODS, type Period } from '../state/period.ts';
import { Icon } from './icon.tsx';
import { Menu } from './menu.tsx';

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

const CustomRange = ({ period, timezone, hrefOf }: PeriodMenuProps) => {
  const today = localDay(Date.now(), timezone);
  const [from, to] = typeof period === 'string' ? [today, today] : period.map((end) => end.slice(0, 10));
  const [isBackwards, setBackwards] = useState(false);
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget as HTMLFormElement);
    const [first, last] = [String(values.get('from')), String(values.get('to'))];
    setBackwards(first > last);
    if (first > last) return event.stopPropagation();
    navigate(hrefOf([first, last]));
  };
  return (
    <form class="custom-range" onSubmit={onSubmit} aria-label={text.period.custom}>
      <label>
        {text.period.from}
        <input type="date" name="from" max={today} defaultValue={from} required />
      </label>
      <label>
        {text.period.to}
        <input type="date" name="to" max={today} defaultValue={to} required />
      </label>
      <button type="submit" class="control">
        {text.period.apply}
      </button>
      {isBackwards && (
        <p class="wrong" role="alert">
          {text.errors.backwards}
        </p>
      )}
    </form>
  );
};

/** Button with the period shown, and the sheet to choose another. */
export const PeriodMenu = (props: PeriodMenuProps) => {
  const { period, hrefOf, children } = props;
  const title = periodTitle(period);
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
      {NAMED_PERIODS.map((name) => (
        <a key={name} href={hrefOf(name)} aria-current={period === name ? 'true' : undefined}>
          {text.periods[name]}
          {period === name && <Icon name="check" />}
        </a>
      ))}
      <hr />
      <CustomRange {...props} />
      {children}
    </Menu>
  );
};
