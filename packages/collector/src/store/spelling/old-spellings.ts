import { browserHost } from '../../lib/browser-host.ts';
import { storedAddress, storedProperty } from '../../lib/stored-text.ts';
import type { Store } from '../store.ts';

/** Values that may lie in the store in another way than today's. */
export interface Kind {
  /** The condition that an expression may be one, in SQL: cheap, and true for each that is. */
  readonly isSuspect: (expression: string) => string;
  /** How a value lies there today. Once more changes nothing. */
  readonly today: (value: string) => string;
}

/** Without an escape, and of ASCII that is seen, an address is what it always was. */
const isUnusual = (expression: string): string => `match(${expression}, '[^!-$&-~]')`;

/** Pages and referrers. */
export const ADDRESS: Kind = { isSuspect: isUnusual, today: storedAddress };
/** Sources, of which some are hosts. */
export const HOST: Kind = {
  isSuspect: (expression) => `match(${expression}, '[^\\\\x00-\\\\x7f]')`,
  today: browserHost,
};
/** Values of properties, of which some are addresses. */
export const PROPERTY: Kind = {
  isSuspect: (expression) => `(match(${expression}, '^(?i:https?:/)?/') AND ${isUnusual(expression)})`,
  today: storedProperty,
};

/** A value as it lies in the store, and as it would today. */
export type Pair = readonly [old: string, today: string];

/** So many values are read at a time; the longest have 2,000 characters. */
const PAGE = 10_000;
/** What is looked up at a time has at most so many characters, and those of a page more. */
const MOST_TEXT = 4_000_000;
/** The embedded engine calls what takes two minutes hanging. */
const SECONDS = 100;

/** Settings of a statement that looks through a table. */
export const SEARCH = `SETTINGS max_threads = 1, max_execution_time = ${SECONDS}`;

/**
 * Reads the values that are written otherwise today, as many at a time as can be looked up; the last ones may be none.
 * @param values a statement of `value`s, none twice
 */
export async function* oldSpellings(store: Store, kind: Kind, values: string): AsyncGenerator<Pair[], void, undefined> {
  let pairs: Pair[] = [];
  let length = 0;
  for (let after = ''; ; ) {
    const sql = `SELECT value FROM (${values}) WHERE value > {after:String} ORDER BY value LIMIT ${PAGE} ${SEARCH}`;
    const page = await store.query<{ value: string }>(sql, { after }, { pool: 'upkeep' });
    for (const { value } of page) {
      const today = kind.today(value);
      if (today === value) continue;
      pairs.push([value, today]);
      length += value.length + today.length;
    }
    if (page.length < PAGE) break;
    after = page.at(-1)?.value ?? '';
    if (length < MOST_TEXT) continue;
    yield pairs;
    [pairs, length] = [[], 0];
  }
  yield pairs;
}
