import type { FilterOperator } from './query.ts';

/* Questions as they are written in a line: on the command line, and in addresses. */

/** Parts between commas; one that belongs to a part stands behind a backslash. */
export const listOf = (text: string): string[] =>
  text === '' ? [] : text.split(/(?<!\\),/).map((part) => part.replaceAll('\\,', ',').trim());

/** `is`, `matches_not/i`: with a mark for what is done with case. */
const WRITTEN = /^(\S+|event:props:.+?)\s+((?:is|contains|matches)(?:_not)?)(?:\/([ci]))?(?:\s+(.*))?$/s;

/** What {@link filterOf} reads. */
export const FILTER_EXAMPLES =
  'visit:country is DE,AT, or with another operator: is_not, contains, contains_not, matches, matches_not; with /i after it where case does not count, with /c where it does';

/**
 * A filter as it is written; null: it is none. Whether there is such a dimension is for who asks.
 * @example filterOf('event:page contains/c Blog,News') // ['contains', 'event:page', ['Blog', 'News'], { case_sensitive: true }]
 */
export const filterOf = (text: string): readonly unknown[] | null => {
  const [, dimension, operator, mark, values] = WRITTEN.exec(text.trim()) ?? [];
  if (dimension === undefined || operator === undefined) return null;
  const listed = values === undefined ? [''] : listOf(operator.startsWith('matches') ? withCounts(values) : values);
  const filter = [operator as FilterOperator, dimension, listed] as const;
  return mark === undefined ? filter : [...filter, { case_sensitive: mark === 'c' }];
};

/** Patterns, whose counts as `{1,3}` have a comma of their own. */
const withCounts = (patterns: string): string => patterns.replaceAll(/(\{\d+),(?=\d*\})/g, '$1\\,');

/** `visitors:desc`, of which the latter may be missing: large ones first, and dimensions in their order. */
export const orderOf = (text: string): readonly [name: string, direction: string] => {
  const [, name = text, direction] = ORDERED.exec(text) ?? WRONGLY_ORDERED.exec(text) ?? [];
  return [name, direction ?? (name.includes(':') ? 'asc' : 'desc')];
};

const ORDERED = /^(.*):(asc|desc)$/s;
/** Something else in the place of the direction; the name of a property may have anything in it. */
const WRONGLY_ORDERED =
  /^((?:event(?!:props:)|visit|time|drop|open):[^:]+|(?!(?:event|visit|time|drop|open):)[^:]+):([^:]*)$/;

/** What {@link isComparison} takes. */
export const COMPARISON_EXAMPLES =
  'previous_period, year_over_year, or two days or times such as 2026-01-01,2026-01-31';

/** Whether something is written as what is compared with. */
export const isComparison = (text: string): boolean => /^(?:previous_period|year_over_year|.*,.*)$/s.test(text);

/** What is compared with: a mode, or two days or times by a comma. */
export const comparisonOf = (text: string, match_day_of_week?: unknown): object => {
  const range = listOf(text);
  const mode = range.length > 1 ? { mode: 'custom', date_range: range } : { mode: text };
  return match_day_of_week === undefined ? mode : { ...mode, match_day_of_week };
};
