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

/** From here on, percent say less than how many times as much it is. */
const MANIFOLD = 1000;

/** How a change is shown, and how it is read out. */
const wordsOf = (change: number): { shown: string; spoken: string } => {
  if (change >= MANIFOLD) {
    const times = format.short(1 + change / 100);
    return { shown: `×${times}`, spoken: text.change.times({ times }) };
  }
  const percent = format.change(change);
  if (change === 0) return { shown: percent, spoken: text.change.none };
  return change > 0
    ? { shown: `↑ ${percent}`, spoken: text.change.up({ percent }) }
    : { shown: `↓ ${percent}`, spoken: text.change.down({ percent }) };
};

/** Change against the period before: an arrow, a percentage, and a colour where up is clearly good or bad. */
export const Change = ({ change, moreIs }: ChangeProps) => {
  if (change === null) return <span class="change" />;
  const rounded = Math.round(change);
  const { shown, spoken } = wordsOf(rounded);
  return (
    <span class={`change ${toneOf(rounded, moreIs)}`} data-change={rounded}>
      <span aria-hidden="true">{shown}</span>
      <span class="spoken">{spoken}</span>
    </span>
  );
};
