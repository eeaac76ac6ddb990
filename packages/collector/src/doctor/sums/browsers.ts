import { DIMENSIONS, HOUR, TOTAL } from '../../store/dimensions.ts';
import { NEW_VALUES } from '../../store/row.ts';
import { COMPARED, hashOf, hourOf, ROLLED_UP, textOf } from './fingerprint.ts';

/**
 * The same for what cannot be added up of hits: in which of them a visit, or a browser, has a value for the first time.
 * Hits do not say it, but show it, as each names its visit and its browser.
 */

const FACTORS = {
  seen_visits: '0x9FB21C651E98DF25',
  seen_visitors: '0xEB44ACCAB455D165',
  later_visitors: '0x2127599BF4325C37',
} as const;

/** Columns of `sums` that hits give by visit and browser. */
export type Derived = keyof typeof FACTORS;
const DERIVED = Object.keys(FACTORS) as readonly Derived[];

const PAGE = DIMENSIONS['event:page'].rollup;
const NAME = DIMENSIONS['event:name'].rollup;
const HOUR_HASH = `cityHash64(${hourOf('hit_hour')})`;

/** Rollups of a browser, with its values as hashes. */
const VALUES: readonly { readonly rollup: number; readonly hash: string; readonly isLater: boolean }[] = [
  { rollup: TOTAL, hash: `cityHash64('*')`, isLater: false },
  { rollup: HOUR, hash: HOUR_HASH, isLater: false },
  ...ROLLED_UP.map(({ column, rollup }) => ({
    rollup,
    hash: hashOf(textOf(column)),
    isLater: (NEW_VALUES as readonly string[]).includes(column),
  })),
];
const firstOf = (rollup: number): string => `first.${VALUES.findIndex((value) => value.rollup === rollup) + 1}`;

/** What a browser adds to a rollup beside being its visitor: each value once that it has after its first. */
const derivedOf = ({ rollup, isLater }: (typeof VALUES)[number]): string => {
  if (rollup === PAGE) return `pages * ${FACTORS.seen_visitors}`;
  if (rollup === NAME) return `names * ${FACTORS.seen_visitors}`;
  if (rollup === HOUR)
    return `(hours - earliest) * ${FACTORS.seen_visitors} + (earliest - ${firstOf(HOUR)}) * ${FACTORS.later_visitors}`;
  return isLater ? `(all_${rollup} - ${firstOf(rollup)}) * ${FACTORS.later_visitors}` : '0';
};

const COUNTS = 'kind IN (1, 2) AND visit != 0';

const byBrowser = (where: string): string => `SELECT site, day, visitor,
  argMin(tuple(${VALUES.map(({ hash }) => hash).join(', ')}), (1 - first_visit, visit, step)) AS first,
  sumDistinct(${hashOf('toString(page)')}) AS pages, sumDistinct(${hashOf(textOf('name'))}) AS names,
  sumDistinct(${HOUR_HASH}) AS hours, cityHash64(toString(toUnixTimestamp(min(hit_hour)))) AS earliest,
  ${VALUES.filter(({ isLater }) => isLater)
    .map(({ rollup, hash }) => `sumDistinct(${hash}) AS all_${rollup}`)
    .join(', ')}
FROM hits WHERE ${COUNTS} AND visitor != 0 AND ${where} GROUP BY site, day, visitor`;

const byVisit = (where: string): string => `SELECT site, day, visit,
  sumDistinct(${hashOf('toString(page)')}) AS pages, sumDistinct(${hashOf(textOf('name'))}) AS names
FROM hits WHERE ${COUNTS} AND ${where} GROUP BY site, day, visit`;

const perDimension = (
  from: string,
  rollups: readonly { readonly rollup: number; readonly added: string; readonly visitors: string }[],
): string => `SELECT site, day, element.1 AS dimension, element.2 AS added, element.3 AS visitors
FROM (
  SELECT site, day, ${rollups.map(({ added, visitors }, at) => `sum(toUInt64(${added})) AS a${at}, sum(toUInt64(${visitors})) AS v${at}`).join(', ')}
  FROM (${from}) GROUP BY site, day
)
ARRAY JOIN arrayZip([${rollups.map(({ rollup }) => `toUInt8(${rollup})`).join(', ')}], [${rollups.map((_, at) => `a${at}`).join(', ')}], [${rollups.map((_, at) => `v${at}`).join(', ')}]) AS element`;

/** Rows (site, day, dimension, added, visitors) of what hits that meet a condition should be in `sums`, all of a day. */
export const browsersOfHits = (where: string): string => `${perDimension(
  byBrowser(where),
  VALUES.map((value) => ({ rollup: value.rollup, added: derivedOf(value), visitors: firstOf(value.rollup) })),
)}
UNION ALL
${perDimension(byVisit(where), [
  { rollup: PAGE, added: `pages * ${FACTORS.seen_visits}`, visitors: '0' },
  { rollup: NAME, added: `names * ${FACTORS.seen_visits}`, visitors: '0' },
])}`;

/** The same of `sums` itself. */
export const browsersOfSums = (where: string): string =>
  `SELECT site, day, dimension,
  sum(cityHash64(value) * (${DERIVED.map((column) => `toUInt64(${column}) * ${FACTORS[column]}`).join(' + ')})) AS added,
  sum(cityHash64(value) * visitors) AS visitors
FROM sums WHERE dimension IN (${COMPARED.join(', ')}) AND ${where} GROUP BY site, day, dimension`;

/** A browser that may have met so many values on a day that its later ones were no longer looked up: see docs/counting.md. */
const BUSY = 2000;
/** Values that a visit may bring. */
const OF_A_VISIT = NEW_VALUES.length;

/**
 * Days (site, day) of hits that do not show it: a purge took some of them, they are older than their browsers' numbers, a
 * browser met very many values, or two visits have one number.
 */
export const unclearDays = (where: string): string => `SELECT site, day FROM (
  SELECT site, day, max(rows + events + ${OF_A_VISIT} * visits) >= ${BUSY} OR countIf(first_rows != 1) > 0 AS is_unclear
  FROM (
    SELECT site, day, visitor, count() AS rows, countIf(kind = 2) AS events, uniqExact(visit) AS visits, sum(h.visitors) AS first_rows
    FROM hits AS h WHERE ${COUNTS} AND visitor != 0 AND ${where} GROUP BY site, day, visitor
  ) GROUP BY site, day
  UNION ALL
  SELECT site, day, count() > 0 AS is_unclear FROM (
    SELECT site, day FROM hits WHERE ${COUNTS} AND visitor != 0 AND ${where}
    GROUP BY site, day, visit HAVING uniqExact(visitor) > 1
  ) GROUP BY site, day
  UNION ALL
  SELECT site, day, countIf(kind = 8 OR (kind IN (1, 2) AND (page = '' OR visitor = 0))) > 0 AS is_unclear
  FROM hits WHERE kind IN (1, 2, 8) AND ${where} GROUP BY site, day
) WHERE is_unclear GROUP BY site, day`;
