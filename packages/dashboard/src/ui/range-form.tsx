import { useState } from 'preact/hooks';
import { navigate } from '../app/router.ts';
import { text } from '../i18n/text.ts';
import type { Period } from '../state/period.ts';

interface RangeFormProps {
  label: string;
  /** Days that it begins with. */
  days: readonly [string, string];
  /** The last day that can be chosen. */
  today: string;
  /** Address with the days chosen. */
  hrefOf: (days: Period & readonly [string, string]) => string;
}

/** Chooses a first and a last day. */
export const RangeForm = ({ label, days: [from, to], today, hrefOf }: RangeFormProps) => {
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
    <form class="custom-range" onSubmit={onSubmit} aria-label={label}>
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
