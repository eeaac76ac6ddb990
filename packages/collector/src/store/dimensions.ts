/**
 * The dimensions, in one list: what the store rolls up, and what a question may group and filter by. Adding a rollup is
 * a new entry here with a `rollup` number of its own (numbers are stored: never reuse one) and a migration that
 * recreates the view that feeds `sums`.
 */
export interface Dimension {
  /** Column of `hits` with the value; the exit page is known only per visit and has none. */
  readonly column: string | null;
  /** Number of the dimension in `sums`; null: not rolled up, answered from `hits`. */
  readonly rollup: number | null;
  /**
   * `visit`: frozen by the visit's first hit, the same on all its rows, so that increments add up exactly.
   * `hit`: changes within a visit; visits are counted by their numbers.
   */
  readonly scope: 'visit' | 'hit';
}

/** Rollups that are no dimension of a question. */
export const TOTAL = 0;
/** One row an hour: the value is the UTC start of the local hour in Unix seconds. */
export const HOUR = 1;
/** What was left out: the value is a reason of `drop.ts`, the number stands in `events`. */
export const DROPS = 2;
/** E-mails that were opened: the value is the name an e-mail was given, the number stands in `events`. */
export const OPENS = 3;

/** What was earned: the value is a currency, `revenue` its sum. Of visits and visitors it says nothing. */
export const CURRENCY = 13;

/** Dimensions by the name that a question uses. */
export const DIMENSIONS = {
  'event:page': { column: 'page', rollup: 10, scope: 'hit' },
  'event:title': { column: 'title', rollup: null, scope: 'hit' },
  'event:hostname': { column: 'hostname', rollup: null, scope: 'hit' },
  'event:name': { column: 'name', rollup: 11, scope: 'hit' },
  'event:currency': { column: 'currency', rollup: 13, scope: 'hit' },
  'event:via': { column: 'via', rollup: null, scope: 'hit' },
  'visit:entry_page': { column: 'entry_page', rollup: 12, scope: 'visit' },
  'visit:exit_page': { column: null, rollup: null, scope: 'visit' },
  'visit:source': { column: 'source', rollup: 20, scope: 'visit' },
  'visit:channel': { column: 'channel', rollup: 21, scope: 'visit' },
  'visit:referrer': { column: 'referrer', rollup: 22, scope: 'visit' },
  'visit:utm_source': { column: 'utm_source', rollup: 23, scope: 'visit' },
  'visit:utm_medium': { column: 'utm_medium', rollup: 24, scope: 'visit' },
  'visit:utm_campaign': { column: 'utm_campaign', rollup: 25, scope: 'visit' },
  'visit:utm_content': { column: 'utm_content', rollup: 26, scope: 'visit' },
  'visit:utm_term': { column: 'utm_term', rollup: 27, scope: 'visit' },
  'visit:browser': { column: 'browser', rollup: 30, scope: 'visit' },
  'visit:browser_version': { column: 'browser_version', rollup: 31, scope: 'visit' },
  'visit:os': { column: 'os', rollup: 32, scope: 'visit' },
  'visit:os_version': { column: 'os_version', rollup: 33, scope: 'visit' },
  'visit:device': { column: 'device', rollup: 34, scope: 'visit' },
  'visit:screen': { column: 'screen', rollup: 35, scope: 'visit' },
  'visit:language': { column: 'language', rollup: 36, scope: 'visit' },
  'visit:country': { column: 'country', rollup: 40, scope: 'visit' },
  'visit:region': { column: 'region', rollup: 41, scope: 'visit' },
  'visit:city': { column: 'city', rollup: 42, scope: 'visit' },
} as const satisfies Record<string, Dimension>;

/** Name of a dimension. */
export type DimensionName = keyof typeof DIMENSIONS;

/** Begins the name of a dimension of property values. */
export const PROPERTY_PREFIX = 'event:props:';

/** Name of the property whose values a dimension has; null: it is another dimension. */
export const propertyOf = (name: string): string | null =>
  name.startsWith(PROPERTY_PREFIX) ? name.slice(PROPERTY_PREFIX.length) : null;
