import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';

interface ChangeProps {
  /** Percent; null if there is nothing to compare. */
  change: number | null;
  moreIs: 'good' | 'bad' | 'neither';
}

const toneOf = (change: number, moreIs: ChangeProps['moreIs']): string => {
  if (moreIs === 'neither' || change === 0) return 'neutral';
  return change > 0 === (moreIs === 'good') ? 'good' : 'bad';
};

/** Change against the period before: an arrow, a percentage, and a colour where up is clearly good or bad. */
export const Change = ({ change, moreIs }: ChangeProps) => {
  if (change === null) return <span class="change" />;
  const rounded = Math.round(change);
  const written = format.change(rounded);
  const spoken = rounded === 0 ? text.change.none : text.change[rounded > 0 ? 'up' : 'down']({ percent: written });
  return (
    <span class={`change ${toneOf(rounded, moreIs)}`} data-change={rounded}>
      <span aria-hidden="true">
        {rounded === 0 ? '' : rounded > 0 ? '↑ ' : '↓ '}
        {written}
      </span>
      <span class="spoken">{spoken}</span>
    </span>
  );
};
