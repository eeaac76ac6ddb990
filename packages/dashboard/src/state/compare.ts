import type { Comparisons } from '@passerby/collector/query';
import { type Period, parsePeriod, periodText } from './period.ts';

/** What the reader compares with; null: nothing. */
export type Compare = Comparisons | null;

/** Unless the address says otherwise. */
export const DEFAULT_COMPARE: Compare = { mode: 'previous_period' };

/** Those that the period itself decides. */
export const COMPARE_MODES = ['previous_period', 'year_over_year'] as const;

const modeIn = (name: string | null): Comparisons => {
  if (name === 'year') return { mode: 'year_over_year' };
  const own = name?.includes('..') ? parsePeriod(name) : null;
  return own === null || typeof own === 'string' ? { mode: 'previous_period' } : { mode: 'custom', date_range: own };
};

/** Reads from an address what to compare with; what cannot be read is the period before. */
export const parseCompare = (search: URLSearchParams): Compare => {
  const name = search.get('compare');
  if (name === 'no') return null;
  const compare = modeIn(name);
  return search.get('weekdays') === 'same' ? { ...compare, match_day_of_week: true } : compare;
};

const nameOf = (compare: Compare): string | null => {
  if (compare === null) return 'no';
  if (compare.mode === 'custom') return periodText(compare.date_range);
  return compare.mode === 'year_over_year' ? 'year' : null;
};

/** Writes it as {@link parseCompare} reads it; null: the address says nothing. */
export const compareEntries = (compare: Compare): [string, string | null][] => [
  ['compare', nameOf(compare)],
  ['weekdays', compare?.match_day_of_week ? 'same' : null],
];

/** What a question is compared with: nothing lies before all time, nor is it a year long. */
export const comparisonOf = (period: Period, compare: Compare): Compare =>
  period === 'all' && compare?.mode !== 'custom' ? null : compare;

/** The same with other days of the week, or with the same. */
export const withWeekdays = (compare: Comparisons, isSame: boolean): Comparisons => {
  const { match_day_of_week: _, ...rest } = compare;
  return isSame ? { ...rest, match_day_of_week: true } : rest;
};
