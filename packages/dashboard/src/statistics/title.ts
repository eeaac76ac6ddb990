import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import { valueName } from '../reports/panels.ts';
import { type Filter, OPERATORS } from '../state/filters.ts';
import type { View } from '../state/view.ts';
import { periodTitle } from '../ui/period-menu.tsx';

const filterTitle = ({ dimension, operator, values }: Filter): string => {
  const shown = values.map((value) => valueName(dimension, value)).join(text.filters.or);
  return OPERATORS[operator] === '' ? shown : `${text.filters.operators[operator]} ${shown}`;
};

/**
 * What a browser's tab of statistics is told by among others: who is there now, the site, of when and of whom it is.
 *
 * @param now Visitors of the last five minutes; undefined: not yet known.
 */
export const statisticsTitle = (name: string, now: number | undefined, { period, filters, list }: View): string =>
  [
    ...(now === undefined ? [] : [format.count(now)]),
    ...(list === null ? [] : [text.reports[list]]),
    name,
    periodTitle(period),
    ...filters.map(filterTitle),
  ].join(' · ');
