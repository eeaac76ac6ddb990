import { bindings, SETTINGS, type Statement } from '../../../store/bindings.ts';
import { type Count, METRICS } from '../metrics.ts';
import { isSeries, type NormalizedQuery } from '../normalize.ts';
import type { Part } from '../plan/part.ts';
import type { GroupName, Metric } from '../query.ts';
import { hitsRelation } from './hits-relation.ts';
import type { Bind, Relation, Statistics } from './relation.ts';
import { sumsRelation } from './sums-relation.ts';
import { visitsRelation } from './visits-relation.ts';

/**
 * Parts of a question as one statement. The rows have the dimensions as `d0`, `d1`, … (an hour in Unix seconds) and the
 * counts by name. The rows of a series come all, in any order; other groups come sorted, and only the page asked for.
 * @param listed counts of which a group must have one, to be listed
 */
export const statementFor = (statistics: Statistics, parts: readonly Part[], listed: readonly Count[]): Statement => {
  const { bind, params } = bindings();
  const groups = joined(statistics, parts, listed, bind);
  const { normalized } = statistics;
  const page = isSeries(normalized) ? [] : [order(normalized, countsIn(parts)), limit(normalized, bind)];
  return { sql: [groups, ...page, SETTINGS].join('\n'), params };
};

/**
 * All groups of parts, in any order, for who adds them up with those of other days.
 * @param most groups that are of use, and one more tells that there are more; the store refuses an answer of more bytes
 */
export const allGroupsStatementFor = (
  statistics: Statistics,
  parts: readonly Part[],
  most: { readonly groups: number; readonly bytes: number },
): Statement => {
  const { bind, params } = bindings();
  const groups = joined(statistics, parts, [], bind);
  return { sql: `${groups}\nLIMIT ${most.groups + 1}\n${SETTINGS}, max_result_bytes = ${most.bytes}`, params };
};

/** Counts the groups, as `total`. */
export const totalStatementFor = (
  statistics: Statistics,
  parts: readonly Part[],
  listed: readonly Count[],
): Statement => {
  const { bind, params } = bindings();
  const groups = joined(statistics, parts, listed, bind);
  return { sql: `SELECT toFloat64(count()) AS total FROM (\n${groups}\n)\n${SETTINGS}`, params };
};

/** Counts of parts, each once. */
export const countsIn = (parts: readonly Part[]): Count[] => [
  ...new Set(parts.flatMap(({ sums }) => [...sums.keys()])),
];

/** The parts one below the other, and the rows of each group added up. */
const joined = (statistics: Statistics, parts: readonly Part[], listed: readonly Count[], bind: Bind): string => {
  const { normalized } = statistics;
  const counts = countsIn(parts);
  const { dimensions } = normalized;
  const columns = [
    ...dimensions.map((_, index) => `g.d${index} AS d${index}`),
    // Sums are exact as 64-bit floats up to 2^53, and 64-bit integers would come as text.
    ...counts.map((name) => `toFloat64(sum(g.${name})) AS ${name}`),
  ];
  return [
    `SELECT ${columns.join(', ')}`,
    `FROM (\n${parts.map((part) => selectOf(part, counts, statistics, bind)).join('\nUNION ALL\n')}\n) AS g`,
    ...clause(
      'GROUP BY',
      dimensions.map((_, index) => `d${index}`),
      ', ',
    ),
    ...(isSeries(normalized)
      ? []
      : clause(
          'HAVING',
          listed.map((name) => `sum(g.${name}) > 0`),
          ' OR ',
        )),
  ].join('\n');
};

const selectOf = (part: Part, counts: readonly Count[], statistics: Statistics, bind: Bind): string => {
  const { from, where, days = [], group } = relationOf(part, statistics, bind);
  const { dimensions } = statistics.normalized;
  const columns = [
    ...dimensions.map((name, index) => `${group(name)} AS d${index}`),
    ...counts.map((name) => `toInt64(${part.sums.get(name) ?? 0}) AS ${name}`),
  ];
  return [
    `SELECT ${columns.join(', ')}`,
    `FROM ${from}`,
    ...clause('WHERE', where, ' AND '),
    ...clause('GROUP BY', [...days, ...dimensions.map((_, index) => `d${index}`)], ', '),
    ...(days.length > 0 ? ['SETTINGS optimize_aggregation_in_order = 1'] : []),
  ].join('\n');
};

const relationOf = ({ source, range }: Part, statistics: Statistics, bind: Bind): Relation => {
  if (source.table === 'sums') return sumsRelation(source, range, statistics, bind);
  const ofVisits = source.rows === 'entries' || source.rows === 'exits';
  return (ofVisits ? visitsRelation : hitsRelation)(source, range, statistics, bind);
};

const clause = (word: string, parts: readonly string[], by: string): string[] =>
  parts.length === 0 ? [] : [`${word} ${parts.join(by)}`];

/** As asked, then by the dimensions, so that pages do not overlap. Metrics without a number anywhere sort nothing. */
const order = ({ dimensions, order_by }: NormalizedQuery, counts: readonly Count[]): string => {
  const places = order_by.flatMap(([name, direction]) => {
    const expression = isMetric(name) ? ratio(name, counts) : `d${dimensions.indexOf(name)}`;
    return expression === null ? [] : [`${expression} ${WORDS[direction]} NULLS LAST`];
  });
  return `ORDER BY ${[...places, ...dimensions.map((_, index) => `d${index}`)].join(', ')}`;
};

const WORDS = { asc: 'ASC', desc: 'DESC' } as const;

const ratio = (metric: Metric, counts: readonly Count[]): string | null => {
  const { count, per } = METRICS[metric];
  // All groups are divided by the same number.
  const divisor = per && per.divisor !== 'everybody' ? [per.divisor] : [];
  if (![count, ...divisor].every((name) => counts.includes(name))) return null;
  return [count, ...divisor.map((name) => `nullIf(${name}, 0)`)].join(' / ');
};

const isMetric = (name: Metric | GroupName): name is Metric => Object.hasOwn(METRICS, name);

const limit = ({ pagination }: NormalizedQuery, bind: Bind): string =>
  `LIMIT ${bind(pagination.limit, 'UInt32')} OFFSET ${bind(pagination.offset, 'UInt32')}`;
