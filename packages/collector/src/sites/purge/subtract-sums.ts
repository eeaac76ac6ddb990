import { bindings, type Statement } from '../../store/bindings.ts';
import { CURRENCY, DIMENSIONS, HOUR, TOTAL } from '../../store/dimensions.ts';
import { NEW_VALUES } from '../../store/row.ts';
import type { Site } from '../site.ts';
import { inHits, onDays, type Part } from './part.ts';

/** Rollups of what hits have columns for, but for page and event name, which are counted anew. */
const FROZEN = Object.values(DIMENSIONS).flatMap(({ column, rollup, scope }) =>
  rollup !== null && column !== null && scope === 'visit' ? [{ column, rollup }] : [],
);
/** Those of which a browser may have several values on a day. */
const LATER = FROZEN.filter(({ column }) => (NEW_VALUES as readonly string[]).includes(column));
const PAGE = DIMENSIONS['event:page'].rollup;
const NAME = DIMENSIONS['event:name'].rollup;

/** How numbers are booked. */
export interface Booking {
  /** Under which the engine does it once, however often it is sent. */
  readonly token: string;
  /** Of hits of before `sums` has no currencies, in Unix milliseconds: see `countedSince`. */
  readonly since: number | null;
}

const WHOLE = 'ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING';

/**
 * The statement that takes out of `sums` what goes with a part of one day, before its hits do. All that the browsers with a
 * hit in the part did on the day is added up twice: as it is, with −1, and as it will be. So whatever stays the same is left
 * alone.
 *
 * A visit of which no view or event stays is gone. Another one stays counted, with its bounce and duration as they were,
 * at the cost of a row that says nothing else (`BLANK` in `chosen.ts`).
 *
 * Rows of before version 3 know no browsers, visits alone. Whether a browser had seen a page or event before on that day
 * stands in `sums` alone then: of visits that were not their browser's first of the day, it is taken for seen before.
 */
export const subtractSums = (site: Site, part: Part, { token, since: ms }: Booking): Statement => {
  const { bind, params } = bindings();
  const since = bind(Math.floor((ms ?? 0) / 1000), 'UInt32');
  const days = onDays(site, part, bind);
  const matched = inHits(part, bind);
  const those = `FROM hits WHERE ${days} AND kind IN (1, 2, 3, 8) AND visit != 0 AND ${matched}`;
  const sql = `INSERT INTO sums (site, dimension, value, day, ${COLUMNS.join(', ')})
WITH
  hit AS (
    SELECT *, ${matched} AS is_matched, kind IN (1, 2) AS counts FROM hits
    WHERE ${days} AND kind IN (1, 2, 3, 8) AND visit != 0
      AND (visit IN (SELECT visit ${those}) OR visitor IN (SELECT visitor ${those} AND visitor != 0))
  ),
  placed AS (
    SELECT *,
      maxIf(NOT is_matched, counts) OVER (PARTITION BY visit) AS stays,
      counts AND row_number() OVER (PARTITION BY visit, counts, page ORDER BY step) = 1 AS first_on_page,
      counts AND row_number() OVER (PARTITION BY visit, counts, is_matched, page ORDER BY step) = 1 AS first_left_on_page,
      kind = 2 AND row_number() OVER (PARTITION BY visit, kind, name ORDER BY step) = 1 AS first_of_name,
      kind = 2 AND row_number() OVER (PARTITION BY visit, kind, is_matched, name ORDER BY step) = 1 AS first_left_of_name,
      lagInFrame(is_matched) OVER (PARTITION BY visit, kind ORDER BY step ${WHOLE}) AS follows_matched,
      lagInFrame(page) OVER (PARTITION BY visit, kind, is_matched ORDER BY step ${WHOLE}) AS page_left_before
    FROM hit
  ),
  h AS (
    SELECT *, sign, sign = 1 AND is_matched AS is_blank,
      if(is_blank, '', toString(page)) AS page_now, if(is_blank OR kind != 2, '', toString(name)) AS name_now,
      if(is_blank OR NOT (visitor != 0 OR ts >= ${since}), '', toString(currency)) AS currency_now,
      multiIf(is_blank OR kind != 1, '', sign = 1 AND follows_matched, toString(page_left_before), toString(prev_page)) AS prev_now,
      if(is_blank, 0, views) AS views_now, if(is_blank, 0, events) AS events_now,
      if(visitor = 0, visitors, 0) AS visitors_then, visitor = 0 AND first_visit AS is_first_then,
      if(sign = 1, first_left_on_page, first_on_page) AS on_page, if(sign = 1, first_left_of_name, first_of_name) AS of_name
    FROM placed ARRAY JOIN [-1, 1]::Array(Int64) AS sign
    WHERE sign = -1 OR (stays AND (counts OR NOT is_matched))
  ),
  browser AS (
    SELECT sign, any(site) AS site, any(day) AS day,
      argMin(${tuple(FIRST_VALUES.map(({ value }) => value))}, (1 - first_visit, visit, step)) AS first,
      groupUniqArray(${hourOf('hit_hour')}) AS hours, arrayMin(arrayMap(hour -> toUInt32(hour), hours)) AS earliest,
      ${LATER.map(({ column }) => `groupUniqArray(toString(${column})) AS all_${column}`).join(', ')},
      groupUniqArray(toString(page)) AS pages, groupUniqArrayIf(toString(name), kind = 2) AS names
    FROM hit ARRAY JOIN [-1, 1]::Array(Int64) AS sign
    WHERE visitor != 0 AND counts AND (sign = -1 OR NOT is_matched)
    GROUP BY visitor, sign
  )
SELECT site, dimension, value, day, ${COLUMNS.map((column) => `toUInt64(sum(n_${column})) AS added_${column}`).join(', ')}
FROM (
  SELECT site, dimension, value, day, ${VALUES.map(([column, value]) => `toInt64(sign * ${value}) AS n_${column}`).join(', ')}
  FROM h
  ARRAY JOIN
    [${ELEMENTS.map(({ rollup }) => rollup).join(', ')}]::Array(UInt8) AS dimension,
    [${ELEMENTS.map(({ value }) => value).join(', ')}] AS value,
    [${ELEMENTS.map(({ hit }) => hit ?? 0).join(', ')}]::Array(UInt8) AS hit,
    [${ELEMENTS.map(({ begin }) => begin ?? 0).join(', ')}]::Array(UInt8) AS begin,
    [${ELEMENTS.map(({ seen }) => seen ?? 0).join(', ')}]::Array(UInt8) AS seen,
    [${ELEMENTS.map(({ move }) => move ?? 0).join(', ')}]::Array(UInt8) AS move
  UNION ALL
  SELECT site, element.1 AS dimension, element.2 AS value, day,
    ${COLUMNS.map((column) => `${OF_BROWSERS[column] === undefined ? 'toInt64(0)' : `toInt64(sign * element.${OF_BROWSERS[column]})`} AS n_${column}`).join(', ')}
  FROM browser
  ARRAY JOIN arrayConcat(
    ${BROWSER_ELEMENTS.join(',\n    ')}
  ) AS element
)
WHERE value != ''
GROUP BY site, dimension, value, day
ORDER BY dimension, value
SETTINGS max_threads = 1, insert_deduplicate = 1, insert_deduplication_token = '${token}', distributed_product_mode = 'local'`;
  return { sql, params };
};

const hourOf = (column: string): string => `toString(toUnixTimestamp(${column}))`;
const tuple = (values: readonly string[]): string => `tuple(${values.join(', ')})`;

/** What a hit adds to a value, as in the view that fills `sums`: where it happened, and where its visit began. */
interface Element {
  readonly rollup: number;
  readonly value: string;
  readonly hit?: 1;
  readonly begin?: 1;
  /** The visit is there for the first time. */
  readonly seen?: string;
  readonly move?: 1;
}

const ELEMENTS: readonly Element[] = [
  { rollup: TOTAL, value: `'*'`, hit: 1, begin: 1 },
  { rollup: HOUR, value: hourOf('hit_hour'), hit: 1 },
  { rollup: HOUR, value: hourOf('hour'), begin: 1 },
  { rollup: PAGE, value: 'page_now', hit: 1, begin: 1, seen: 'on_page' },
  { rollup: NAME, value: 'name_now', hit: 1, begin: 1, seen: 'of_name' },
  { rollup: CURRENCY, value: 'currency_now', hit: 1, begin: 1 },
  ...FROZEN.map(({ column, rollup }): Element => ({ rollup, value: `toString(${column})`, hit: 1, begin: 1 })),
  { rollup: PAGE, value: 'prev_now', move: 1 },
];

/** Columns of `sums` and what a row adds to them. Those without a sign are added up modulo 2^64, and so taken from. */
const VALUES = [
  ['views', 'views_now * hit'],
  ['events', 'events_now * hit'],
  ['visits', 'visits * begin'],
  ['visitors', 'visitors_then * hit'],
  ['bounces', 'bounces * begin'],
  ['seconds', 'seconds * begin'],
  ['engaged_ms', 'engaged_ms * hit'],
  ['scroll', 'scroll * hit'],
  ['seen_visits', 'seen'],
  ['seen_visitors', 'seen * is_first_then'],
  ['moves', 'move'],
  ['later_visitors', '0'],
  ['revenue', `if(dimension = ${CURRENCY}, revenue, 0)`],
] as const;
const COLUMNS = VALUES.map(([column]) => column);

/** What the browser's first view or event says, as in the order of the tuple `first`. */
const FIRST_VALUES: readonly { readonly rollup: number; readonly value: string }[] = [
  { rollup: HOUR, value: hourOf('hit_hour') },
  { rollup: PAGE, value: 'toString(page)' },
  { rollup: NAME, value: `if(kind = 2, toString(name), '')` },
  { rollup: CURRENCY, value: 'toString(currency)' },
  ...FROZEN.map(({ column, rollup }) => ({ rollup, value: `toString(${column})` })),
];
const firstOf = (rollup: number): string => `first.${FIRST_VALUES.findIndex((first) => first.rollup === rollup) + 1}`;

/** Where these columns stand in a browser's element. */
const OF_BROWSERS: Readonly<Partial<Record<string, number>>> = { visitors: 3, later_visitors: 4, seen_visitors: 5 };

const element = (rollup: number, value: string, ...numbers: readonly [visitors: number, later: number, seen: number]) =>
  `tuple(toUInt8(${rollup}), ${value}, ${numbers.map((number) => `toInt64(${number})`).join(', ')})`;
const forEach = (array: string, of: string): string => `arrayMap(one -> ${of}, ${array})`;
const without = (array: string, value: string): string => `arrayFilter(one -> one != ${value}, ${array})`;

/**
 * A browser is a visitor of all that its first view or event says; of other values that it has later, by `later_visitors`;
 * of the hours: in the earliest one, and seen in the others; of pages and events: seen.
 */
const BROWSER_ELEMENTS: readonly string[] = [
  `[${[element(TOTAL, `'*'`, 1, 0, 0), ...FIRST_VALUES.map(({ rollup }) => element(rollup, firstOf(rollup), 1, 0, 0))].join(', ')}]`,
  `if(toUInt32(${firstOf(HOUR)}) = earliest, [], [${element(HOUR, firstOf(HOUR), 0, -1, 0)}, ${element(HOUR, 'toString(earliest)', 0, 1, 0)}])`,
  forEach(without('hours', 'toString(earliest)'), element(HOUR, 'one', 0, 0, 1)),
  forEach('pages', element(PAGE, 'one', 0, 0, 1)),
  forEach('names', element(NAME, 'one', 0, 0, 1)),
  ...LATER.map(({ column, rollup }) =>
    forEach(without(`all_${column}`, firstOf(rollup)), element(rollup, 'one', 0, 1, 0)),
  ),
];
