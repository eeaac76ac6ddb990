/** Whether `sums` say of days what the single hits say of them. */
import { CURRENCY, DIMENSIONS, HOUR, TOTAL } from '../../packages/collector/src/store/dimensions.ts';

/** What a rollup says of a value, by site and day. */
const NUMBERS = ['views', 'events', 'visits', 'visitors', 'bounces', 'seconds', 'engaged_ms', 'scroll', 'revenue'];
type Numbers = Readonly<Record<string, string>>;

/** The same number of single hits, most of them. */
const OF_HITS: Numbers = {
  views: 'sum(h.views)',
  events: 'sum(h.events)',
  visits: 'uniqExactIf(h.visit, h.kind < 3)',
  visitors: 'uniqExactIf(h.visitor, h.kind < 3)',
  bounces: 'sum(h.bounces)',
  seconds: 'sum(h.seconds)',
  engaged_ms: 'sum(h.engaged_ms)',
  scroll: 'sum(h.scroll)',
  revenue: '0',
};
const OF_SUMS: Numbers = Object.fromEntries(NUMBERS.map((name) => [name, `sum(s.${name})`]));
const NOTHING: Numbers = Object.fromEntries(NUMBERS.map((name) => [name, '0']));
const SEEN: Numbers = { ...OF_SUMS, visits: 'sum(s.seen_visits)', visitors: 'sum(s.seen_visitors)' };

const PAGE = DIMENSIONS['event:page'].rollup;

/** A rollup, and the same made of hits. */
interface Pair {
  readonly dimension: number;
  readonly ofSums: Numbers;
  readonly value: string;
  readonly where?: string;
  readonly ofHits?: Numbers;
}

const OF_TOTALS: Pair = { dimension: TOTAL, ofSums: OF_SUMS, value: `'*'` };
const PAIRS: readonly Pair[] = [
  OF_TOTALS,
  {
    dimension: HOUR,
    ofSums: { ...OF_SUMS, visits: '0', bounces: '0', seconds: '0', visitors: 'sum(s.visitors) + sum(s.seen_visitors)' },
    value: 'toString(toUnixTimestamp(h.hit_hour))',
    ofHits: { visits: '0', bounces: '0', seconds: '0' },
  },
  {
    dimension: HOUR,
    ofSums: { ...NOTHING, visits: 'sum(s.visits)', bounces: 'sum(s.bounces)', seconds: 'sum(s.seconds)' },
    value: 'toString(toUnixTimestamp(h.hour))',
    ofHits: { ...NOTHING, visits: 'uniqExact(h.visit)', bounces: 'sum(h.bounces)', seconds: 'sum(h.seconds)' },
  },
  // Moves from a page to the next one.
  {
    dimension: PAGE,
    ofSums: { ...NOTHING, views: 'sum(s.moves)' },
    value: 'toString(h.prev_page)',
    ofHits: { ...NOTHING, views: 'count()' },
  },
  ...Object.values(DIMENSIONS).flatMap(({ column, rollup, scope }): Pair[] => {
    if (column === null || rollup === null) return [];
    const value = `toString(h.${column})`;
    if (rollup === CURRENCY)
      return [
        {
          dimension: rollup,
          ofSums: { ...OF_SUMS, visits: '0', visitors: '0' },
          value,
          ofHits: { visits: '0', visitors: '0', revenue: 'sum(h.revenue)' },
        },
      ];
    if (scope === 'hit')
      return [{ dimension: rollup, ofSums: SEEN, value, ...(column === 'name' && { where: 'h.kind = 2' }) }];
    return [{ dimension: rollup, ofSums: { ...OF_SUMS, visitors: 'sum(s.visitors) + sum(s.later_visitors)' }, value }];
  }),
];

const listOf = (numbers: Numbers, sign: '' | '-'): string =>
  NUMBERS.map((name) => `${sign}toInt64(${numbers[name]}) AS n_${name}`).join(', ');

/** A statement of one row: `different` is how many values of the rollup differ on the day, `values` of how many. */
const differenceOf = (day: string, { dimension, ofSums, value, where = 'true', ofHits = {} }: Pair): string => `
SELECT ${dimension} AS dimension, toFloat64(countIf(${NUMBERS.map((name) => `total_${name} != 0`).join(' OR ')})) AS different, toFloat64(count()) AS values
FROM (
  SELECT ${NUMBERS.map((name) => `sum(n_${name}) AS total_${name}`).join(', ')}
  FROM (
    SELECT h.site AS site, ${value} AS value, ${listOf({ ...OF_HITS, ...ofHits }, '')}
    FROM hits AS h WHERE h.day = '${day}' AND value != '' AND ${where} GROUP BY site, value
    UNION ALL
    SELECT s.site AS site, s.value AS value, ${listOf(ofSums, '-')}
    FROM sums AS s WHERE s.day = '${day}' AND s.dimension = ${dimension} GROUP BY site, value
  ) GROUP BY site, value
)`;

/** What tells whether all is there once. */
export const differenceOfTotals = (day: string): string => differenceOf(day, OF_TOTALS);

/** What tells whether each rollup is right. */
export const differences = (day: string): string[] => PAIRS.map((pair) => differenceOf(day, pair));
