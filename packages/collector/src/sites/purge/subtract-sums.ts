import { bindings, type Statement } from '../../store/bindings.ts';
import { DIMENSIONS, HOUR, TOTAL } from '../../store/dimensions.ts';
import type { Site } from '../site.ts';
import { inHits, onDays, type Part } from './part.ts';

/** Rollups of what hits have columns for, but for page and event name, which are counted anew. */
const FROZEN = Object.values(DIMENSIONS).filter(({ rollup, scope }) => rollup !== null && scope === 'visit');
const PAGE = DIMENSIONS['event:page'].rollup;
const NAME = DIMENSIONS['event:name'].rollup;

const WHOLE = 'ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING';

/**
 * The statement that takes out of `sums` what goes with a part of one day, before its hits do. All visits with a hit in
 * the part are added up twice: as they are, with −1, and as they will be. So whatever stays the same is left alone.
 *
 * A visit of which no view or event stays is gone. Another one stays counted, with its bounce and duration as they were,
 * at the cost of a row that says nothing else (`BLANK` in `chosen.ts`).
 *
 * Whether a browser had seen a page or event before on that day stands in `sums` alone: of visits that were not their
 * browser's first of the day, it is taken for seen before.
 * @param token under which the engine does it once, however often it is sent
 */
export const subtractSums = (site: Site, part: Part, token: string): Statement => {
  const { bind, params } = bindings();
  const days = onDays(site, part, bind);
  const matched = inHits(part, bind);
  const sql = `INSERT INTO sums (site, dimension, value, day, ${COLUMNS.join(', ')})
WITH
  hit AS (
    SELECT *, ${matched} AS is_matched, kind IN (1, 2) AS counts FROM hits
    WHERE ${days} AND kind IN (1, 2, 3, 8) AND visit != 0
      AND visit IN (SELECT visit FROM hits WHERE ${days} AND kind IN (1, 2, 3, 8) AND visit != 0 AND ${matched})
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
      multiIf(is_blank OR kind != 1, '', sign = 1 AND follows_matched, toString(page_left_before), toString(prev_page)) AS prev_now,
      if(is_blank, 0, views) AS views_now, if(is_blank, 0, events) AS events_now,
      if(sign = 1, first_left_on_page, first_on_page) AS on_page, if(sign = 1, first_left_of_name, first_of_name) AS of_name
    FROM placed ARRAY JOIN [-1, 1]::Array(Int64) AS sign
    WHERE sign = -1 OR (stays AND (counts OR NOT is_matched))
  )
SELECT site, dimension, value, day,
  ${VALUES.map(([column, expression]) => `toUInt64(sum(sign * ${expression})) AS added_${column}`).join(', ')}
FROM h
ARRAY JOIN
  [${[TOTAL, HOUR, PAGE, NAME, ...FROZEN.map(({ rollup }) => rollup), PAGE].join(', ')}]::Array(UInt8) AS dimension,
  ['*', toString(toUnixTimestamp(hour)), page_now, name_now, ${FROZEN.map(({ column }) => `toString(${column})`).join(', ')}, prev_now] AS value,
  [1, 1, 1, 1, ${FROZEN.map(() => 1).join(', ')}, 0]::Array(UInt8) AS own,
  [0, 0, on_page, of_name, ${FROZEN.map(() => 0).join(', ')}, 0]::Array(UInt8) AS seen
WHERE value != ''
GROUP BY site, dimension, value, day
ORDER BY dimension, value
SETTINGS max_threads = 1, insert_deduplicate = 1, insert_deduplication_token = '${token}', distributed_product_mode = 'local'`;
  return { sql, params };
};

/** Columns of `sums` and what a row adds to them. Those without a sign are added up modulo 2^64, and so taken from. */
const VALUES: readonly (readonly [column: string, expression: string])[] = [
  ['views', 'views_now * own'],
  ['events', 'events_now * own'],
  ['visits', 'visits * own'],
  ['visitors', 'visitors * own'],
  ['bounces', 'bounces * own'],
  ['seconds', 'seconds * own'],
  ['engaged_ms', 'engaged_ms * own'],
  ['scroll', 'scroll * own'],
  ['seen_visits', 'seen'],
  ['seen_visitors', 'seen * first_visit'],
  ['moves', '(1 - own)'],
];
const COLUMNS = VALUES.map(([column]) => column);
