import { text } from '../i18n/text.ts';
import { Change } from './change.tsx';

/** Of fewer, a change is chance as likely as not: it has no colour. */
const ENOUGH = 20;

interface RowChangeProps {
  now: number | null | undefined;
  /** Null or undefined: it is not known. */
  before: number | null | undefined;
  /** Percent; null if there is nothing to compare. */
  change: number | null | undefined;
}

/** Change of a count in a row of a list, of which more is good. */
export const RowChange = ({ now, before, change = null }: RowChangeProps) => {
  if (before == null || now == null) return null;
  if (before === 0 && now > 0)
    return (
      <span class="change" data-change="new">
        <span aria-hidden="true">{text.change.new}</span>
        <span class="spoken">{text.change.newSpoken}</span>
      </span>
    );
  return <Change change={change} moreIs={Math.min(now, before) < ENOUGH ? 'neither' : 'good'} />;
};
