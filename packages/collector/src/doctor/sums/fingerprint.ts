import { CURRENCY, DIMENSIONS, HOUR, TOTAL } from '../../store/dimensions.ts';

/**
 * A number that stands for all rows of a dimension on one day, whatever their order: the sum, modulo 2^64, of a hash of
 * each value times its numbers, each of them times a constant of its own. It can be made of hits, without grouping them by
 * value, and of `sums`, however far its rows are merged; and it is the same if, and but for one in 2^64 only if, all
 * numbers of all values are.
 */

/** Odd numbers without a meaning: none of them makes up for another. */
const FACTORS = {
  views: '0x9E3779B97F4A7C15',
  events: '0xC2B2AE3D27D4EB4F',
  visits: '0x165667B19E3779F9',
  bounces: '0xD6E8FEB86659FD93',
  seconds: '0xA0761D6478BD642F',
  engaged_ms: '0xE7037ED1A0B428DB',
  scroll: '0x8EBC6AF09C88C6E3',
  moves: '0x589965CC75374CC3',
  revenue: '0x1D8E4E27C47D124F',
} as const;

/** Columns of `sums` that hits give by being added up. */
export type Added = keyof typeof FACTORS;
/** All of them. */
export const ADDED = Object.keys(FACTORS) as readonly Added[];

const times = (column: Added, of: string = column): string => `toUInt64(${of}) * ${FACTORS[column]}`;
/** What follows of the view before: told apart, as a purge of single hits leaves hits that still name what is gone. */
export const MOVES = 255;

const adding = (columns: readonly Added[]): string => columns.map((column) => times(column)).join(' + ');

/** Rollups of a column of hits: what is not told is left out of `sums`, too. */
export const ROLLED_UP: readonly { readonly column: string; readonly rollup: number }[] = Object.values(
  DIMENSIONS,
).flatMap(({ column, rollup }) => (column === null || rollup === null ? [] : [{ column, rollup }]));

/** Rollups that can be made of hits. Others are of what was left out, and of e-mails. */
export const COMPARED: readonly number[] = [TOTAL, HOUR, ...ROLLED_UP.map(({ rollup }) => rollup)];

const PAGE = DIMENSIONS['event:page'].rollup;

/** The text of a value as `sums` has it; empty: the hit has none. */
export const textOf = (column: string): string =>
  column === 'name' ? `if(kind = 2, toString(name), '')` : `toString(${column})`;
/** An hour as `sums` has it. */
export const hourOf = (column: string): string => `toString(toUnixTimestamp(${column}))`;
/** What a value counts as; 0: none. */
export const hashOf = (value: string): string => `if(${value} = '', 0, cityHash64(${value}))`;

/** What happened where the hit did, and what is booked where its visit began: see the view that fills `sums`. */
const HERE = adding(['views', 'events', 'engaged_ms', 'scroll']);
const AT_BEGIN = adding(['visits', 'bounces', 'seconds']);

/** Fingerprints of hits by dimension, as aggregate functions. */
const OF_HITS: readonly { readonly rollup: number; readonly added: string; readonly visitors: string }[] = [
  { rollup: TOTAL, ...ofValue(`cityHash64('*')`) },
  {
    rollup: HOUR,
    added: `cityHash64(${hourOf('hit_hour')}) * here + cityHash64(${hourOf('hour')}) * at_begin`,
    visitors: `cityHash64(${hourOf('hit_hour')}) * visitors`,
  },
  ...ROLLED_UP.map(({ column, rollup }) => {
    const hash = hashOf(textOf(column));
    const { added, visitors } = ofValue(hash);
    if (rollup === CURRENCY) return { rollup, added: `${hash} * (here + at_begin + ${times('revenue')})`, visitors };
    return { rollup, added, visitors };
  }),
  { rollup: MOVES, added: `${hashOf('toString(prev_page)')} * ${FACTORS.moves}`, visitors: '0' },
];

function ofValue(hash: string): { added: string; visitors: string } {
  return { added: `${hash} * (here + at_begin)`, visitors: `${hash} * visitors` };
}

const list = (of: (one: (typeof OF_HITS)[number]) => string): string => `[${OF_HITS.map(of).join(', ')}]`;

/** Kinds of hits that are in `sums`: views, events, engagement, and what a purge left of them. */
export const IN_SUMS = 'kind IN (1, 2, 3, 8)';

/** Rows (site, day, dimension, added, visitors) of what hits that meet a condition should be in `sums`. */
export const fingerprintsOfHits = (where: string): string =>
  `SELECT site, day, element.1 AS dimension, element.2 AS added, element.3 AS visitors
FROM (
  SELECT site, day, ${OF_HITS.map(({ added, visitors }, at) => `sum(${added}) AS a${at}, sum(${visitors}) AS v${at}`).join(', ')}
  FROM (SELECT *, ${HERE} AS here, ${AT_BEGIN} AS at_begin FROM hits WHERE ${IN_SUMS} AND ${where})
  GROUP BY site, day
)
ARRAY JOIN arrayZip(${list(({ rollup }) => `toUInt8(${rollup})`)}, [${OF_HITS.map((_, at) => `a${at}`).join(', ')}], [${OF_HITS.map((_, at) => `v${at}`).join(', ')}]) AS element`;

/** The same of `sums` itself. */
export const fingerprintsOfSums = (where: string): string =>
  `SELECT site, day, dimension, sum(cityHash64(value) * (${adding(ADDED.filter((column) => column !== 'moves'))})) AS added, sum(cityHash64(value) * visitors) AS visitors
FROM sums WHERE dimension IN (${COMPARED.join(', ')}) AND ${where} GROUP BY site, day, dimension
UNION ALL
SELECT site, day, toUInt8(${MOVES}) AS dimension, sum(cityHash64(value) * ${times('moves')}) AS added, toUInt64(0) AS visitors
FROM sums AS s WHERE s.dimension = ${PAGE} AND ${where} GROUP BY site, day`;
