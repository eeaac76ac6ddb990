import type { AnswerRow } from '../api/client.ts';
import type { ShownMetric } from '../reports/metrics.ts';

/** How the reader wants a list. */
export interface Order {
  readonly metric: ShownMetric;
  readonly direction: 'asc' | 'desc';
}

/** The order after a click on the head of a column: the same column turns round, another begins with its largest. */
export const orderBy = (order: Order, metric: ShownMetric): Order => ({
  metric,
  direction: order.metric === metric && order.direction === 'desc' ? 'asc' : 'desc',
});

/** The rows whose names have a text in them, whatever its case and accents. */
export const namedLike = (
  rows: readonly AnswerRow[],
  nameOf: (value: string) => string,
  search: string,
): readonly AnswerRow[] => {
  const wanted = plain(search.trim());
  return wanted === '' ? rows : rows.filter(({ dimensions: [value = ''] }) => plain(nameOf(value)).includes(wanted));
};

/** @example plain('Österreich') // 'osterreich' */
export const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
