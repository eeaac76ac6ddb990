import { FieldError } from '../../http/field-error.ts';
import { fieldAt } from '../../http/parse.ts';
import { bindings, SETTINGS } from '../../store/bindings.ts';
import type { Store } from '../../store/store.ts';
import { StoreError } from '../../store/store-error.ts';
import { matches, patternsOf } from './conditions.ts';
import { type Comparison, isOfPatterns } from './parse-filters.ts';
import type { Filter } from './query.ts';

/** https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp */
const CANNOT_COMPILE_REGEXP = 427;

/**
 * Filters whose patterns the store has read, and in which they look at values alone: what a pattern says of no value is
 * written beside it, so that planning knows. To a filter, no value is a value, the empty text.
 * @throws FieldError naming the first pattern that is none
 */
export const settlePatterns = async (store: Store, filters: readonly Filter[]): Promise<readonly Filter[]> => {
  const placed = filters.flatMap((filter, index) => patternsIn(filter, ['filters', index]));
  if (placed.length === 0) return filters;
  const nothing = await metByNothing(store, placed);
  return filters.map((filter) => settled(filter, nothing));
};

type Path = readonly (string | number)[];
interface Placed {
  readonly comparison: Comparison;
  readonly path: Path;
}

const patternsIn = (filter: Filter, path: Path): Placed[] => {
  switch (filter[0]) {
    case 'and':
    case 'or':
      return filter[1].flatMap((part, index) => patternsIn(part, [...path, 1, index]));
    case 'not':
      return patternsIn(filter[1], [...path, 1]);
    default:
      return isOfPatterns(filter) ? [{ comparison: filter, path: [...path, 2] }] : [];
  }
};

/**
 * The comparisons of which a pattern matches the empty text. The patterns are read one after the other: a question is
 * asked no more once one of its statements has failed, so that the first to fail must say where it stands.
 */
const metByNothing = async (store: Store, placed: readonly Placed[]): Promise<ReadonlySet<Comparison>> => {
  const found = new Set<Comparison>();
  for (const { comparison, path } of placed)
    for (const [index, pattern] of patternsOf(comparison).entries())
      if (await matchesNothing(store, pattern, [...path, index])) found.add(comparison);
  return found;
};

/**
 * Whether a pattern matches the empty text. It is read as a pattern: without a sign of one, such as (?s), which it means
 * anyway, the store looks for a text, were it a bracket left alone.
 */
const matchesNothing = async (store: Store, pattern: string, path: Path): Promise<boolean> => {
  try {
    const [row] = await store.query<{ met: number }>(`SELECT match('', {pattern:String}) AS met\n${SETTINGS}`, {
      pattern: `(?s)${pattern}`,
    });
    return row?.met === 1;
  } catch (error) {
    throw error instanceof StoreError && error.code === CANNOT_COMPILE_REGEXP
      ? new FieldError(fieldAt(path), NO_PATTERN, 'not_a_pattern')
      : error;
  }
};

const NO_PATTERN =
  'must be a regular expression of RE2 (https://github.com/google/re2/wiki/Syntax), which has no look-around and no back-references';

/** What {@link settlePatterns} throws of a pattern that is none. */
export const isNoPattern = (error: unknown): error is FieldError =>
  error instanceof FieldError && error.code === 'not_a_pattern';

/** The texts that one of the patterns matches. */
export const matching = async (
  store: Store,
  comparison: Comparison,
  texts: readonly string[],
): Promise<readonly string[]> => {
  const { bind, params } = bindings();
  const found = matches('text', patternsOf(comparison), bind);
  const sql = `SELECT text FROM (SELECT arrayJoin(${bind(texts, 'Array(String)')}) AS text) WHERE ${found}\n${SETTINGS}`;
  return (await store.query<{ text: string }>(sql, params)).map(({ text }) => text);
};

const settled = (filter: Filter, nothing: ReadonlySet<Comparison>): Filter => {
  switch (filter[0]) {
    case 'and':
    case 'or':
      return [filter[0], filter[1].map((part) => settled(part, nothing))];
    case 'not':
      return ['not', settled(filter[1], nothing)];
    default:
      if (!nothing.has(filter)) return filter;
      return filter[0] === 'matches' ? orNothing(filter) : ['and', [filter, ['is_not', filter[1], ['']]]];
  }
};

const orNothing = (filter: Comparison): Filter => ['or', [filter, ['is', filter[1], ['']]]];
