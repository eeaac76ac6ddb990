import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import { Icon } from './icon.tsx';

interface PagerProps {
  /** First row shown, from 0. */
  offset: number;
  /** Rows on a page. */
  page: number;
  /** Rows altogether. */
  total: number;
  onMove: (offset: number) => void;
}

/** Moves through a long list; not shown for one that fits on a page. */
export const Pager = ({ offset, page, total, onMove }: PagerProps) => {
  if (total <= page) return null;
  const last = Math.min(offset + page, total);
  return (
    <nav class="pager">
      <span class="muted">
        {text.panel.rows({ from: format.count(offset + 1), to: format.count(last), total: format.count(total) })}
      </span>
      <button type="button" class="control" disabled={offset === 0} onClick={() => onMove(Math.max(0, offset - page))}>
        <Icon name="back" />
        {text.panel.previous}
      </button>
      <button type="button" class="control" disabled={last >= total} onClick={() => onMove(offset + page)}>
        {text.panel.next}
        <Icon name="more" />
      </button>
    </nav>
  );
};
