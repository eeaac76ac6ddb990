import { CURRENCY, DIMENSIONS, HOUR, TOTAL } from '../../store/dimensions.ts';
import type { Ask } from '../patient.ts';
import { type Difference, GENTLY } from './differences.ts';
import { ADDED, type Added, COMPARED, hourOf, IN_SUMS, ROLLED_UP, textOf } from './fingerprint.ts';

/** By how much a dimension of a day differs: what `sums` has more than hits, by column. */
export interface Detail {
  readonly dimension: number;
  /** In so many values. */
  readonly values: number;
  readonly by: Readonly<Record<string, number>>;
}

const PAGE = DIMENSIONS['event:page'].rollup;
const NAME = DIMENSIONS['event:name'].rollup;

/** What a hit adds to: `hit` where it happened, `begin` where its visit began, `move` where it came from. */
const ELEMENTS: readonly (readonly [rollup: number, value: string, hit: 0 | 1, begin: 0 | 1, move: 0 | 1])[] = [
  [TOTAL, `'*'`, 1, 1, 0],
  [HOUR, hourOf('hit_hour'), 1, 0, 0],
  [HOUR, hourOf('hour'), 0, 1, 0],
  ...ROLLED_UP.map(({ column, rollup }) => [rollup, textOf(column), 1, 1, 0] as const),
  [PAGE, 'toString(prev_page)', 0, 0, 1],
];

const FROM_HITS: Readonly<Record<Added | 'visitors', string>> = {
  views: 'views * element.3',
  events: 'events * element.3',
  visits: 'visits * element.4',
  visitors: 'visitors * element.3',
  bounces: 'bounces * element.4',
  seconds: 'seconds * element.4',
  engaged_ms: 'engaged_ms * element.3',
  scroll: 'scroll * element.3',
  moves: 'element.5',
  revenue: `if(element.1 = ${CURRENCY}, revenue, 0)`,
};

const THAT_DAY = 'site = {site:String} AND day = {day:Date}';

/** Numbers that are added up. @param but those that are not looked at */
export const addedDetails = (
  ask: Ask,
  { site, day }: Pick<Difference, 'site' | 'day'>,
  but: readonly (Added | 'visitors')[],
): Promise<Detail[]> => {
  const columns = ([...ADDED, 'visitors'] as const).filter((column) => !but.includes(column));
  const of = (name: string) => `d_${name}`;
  return detailsOf(
    ask,
    { site, day },
    columns,
    `SELECT toUInt8(element.1) AS dimension, element.2 AS value, ${columns.map((name) => `-toInt64(${FROM_HITS[name]}) AS ${of(name)}`).join(', ')}
    FROM hits ARRAY JOIN [${ELEMENTS.map(([rollup, value, ...rest]) => `(${rollup}, ${value}, ${rest.join(', ')})`).join(', ')}] AS element
    WHERE ${IN_SUMS} AND ${THAT_DAY} AND element.2 != ''
    UNION ALL
    SELECT dimension, value, ${columns.map((name) => `toInt64(${name}) AS ${of(name)}`).join(', ')}
    FROM sums WHERE dimension IN (${COMPARED.join(', ')}) AND ${THAT_DAY}`,
  );
};

/** Visits and browsers of a value, each once, as the numbers of `sums` add up to them. */
export const browserDetails = (ask: Ask, { site, day }: Pick<Difference, 'site' | 'day'>): Promise<Detail[]> => {
  const rollups = [TOTAL, HOUR, ...ROLLED_UP.map(({ rollup }) => rollup)].filter((rollup) => rollup !== CURRENCY);
  const elements = ELEMENTS.filter(([rollup, , hit]) => hit === 1 && rollup !== CURRENCY);
  return detailsOf(
    ask,
    { site, day },
    ['visits', 'visitors'],
    `SELECT toUInt8(element.1) AS dimension, element.2 AS value,
      if(dimension IN (${PAGE}, ${NAME}), -toInt64(uniqExact(visit)), 0) AS d_visits, -toInt64(uniqExact(visitor)) AS d_visitors
    FROM hits ARRAY JOIN [${elements.map(([rollup, value]) => `(${rollup}, ${value})`).join(', ')}] AS element
    WHERE kind IN (1, 2) AND visitor != 0 AND ${THAT_DAY} AND element.2 != '' GROUP BY dimension, value
    UNION ALL
    SELECT dimension, value, if(dimension IN (${PAGE}, ${NAME}), toInt64(seen_visits), 0) AS d_visits,
      multiIf(dimension IN (${PAGE}, ${NAME}), toInt64(seen_visitors), toInt64(visitors) + later_visitors + toInt64(seen_visitors)) AS d_visitors
    FROM sums WHERE dimension IN (${rollups.join(', ')}) AND ${THAT_DAY}`,
  );
};

const detailsOf = async (
  ask: Ask,
  of: { readonly site: string; readonly day: string },
  columns: readonly string[],
  rows: string,
): Promise<Detail[]> => {
  const found = await ask<Record<string, number>>(
    `SELECT toUInt32(dimension) AS dimension, toFloat64(count()) AS values, ${columns.map((name) => `toFloat64(sum(s_${name})) AS ${name}`).join(', ')}
    FROM (
      SELECT dimension, value, ${columns.map((name) => `sum(d_${name}) AS s_${name}`).join(', ')} FROM (${rows})
      GROUP BY dimension, value HAVING ${columns.map((name) => `s_${name} != 0`).join(' OR ')}
    ) GROUP BY dimension ORDER BY dimension ${GENTLY}`,
    of,
  );
  return found.map(({ dimension = 0, values = 0, ...by }) => ({ dimension, values, by }));
};
