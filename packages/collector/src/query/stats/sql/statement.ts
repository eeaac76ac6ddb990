import { bindings, SETTINGS, type Statement } from '../../../store/bindings.ts';
import { type Count, METRICS } from '../metrics.ts';
import { isSeries, type NormalizedQuery } from '../normalize.ts';
import { comparisonsOf, isOfPatterns } from '../parse-filters.ts';
import type { Part } from '../plan/part.ts';
import type { GroupName, Metric } from '../query.ts';
import { hashSql } from './group-hash.ts';
import { hitsRelation } from './hits-relation.ts';
import type { Bind, Relation, Statistics } from './relation.ts';
import { sumsRelation } from './sums-relation.ts';
import { visitsRelation } from './visits-relation.ts';

/** Of an answer that only hashes bound: what strangers made up may have those that are asked for. */
const MOST_BYTES = 64_000_000;

/** What the settings of a statement have beside others where groups are asked for by their hashes. */
export const OF_HASHES = `, max_result_bytes = ${MOST_BYTES}`;

/**
 * Parts of a question as one statement. The rows have the dimensions as `d0`, `d1`, … (an hour in Unix seconds) and the
 * counts by name. The rows of a series come all, in any order; other groups come sorted, and only the page asked for;
 * those asked for by their hashes in any order.
 * @param listed counts of which a group must have one, to be listed
 */
export const statementFor = (statistics: Statistics, parts: readonly Part[], listed: readonly Count[]): Statement => {
  const { bind, params } = bindings();
  const groups = joined(statistics, parts, listed, bind);
  const { normalized, only } = statistics;
  const isWhole = isSeries(normalized) || only !== undefined;
  const page = isWhole ? [] : [order(normalized, countsIn(parts)), limit(normalized, bind)];
  const bounded = only ? OF_HASHES : '';
  return { sql: [groups, ...page, settingsOf(normalized) + bounded].join('\n'), params };
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
  return {
    sql: `${groups}\nLIMIT ${most.groups + 1}\n${settingsOf(statistics.normalized)}, max_result_bytes = ${most.bytes}`,
    params,
  };
};

/** Counts the groups, as `total`. */
export const totalStatementFor = (
  statistics: Statistics,
  parts: readonly Part[],
  listed: readonly Count[],
): Statement => {
  const { bind, params } = bindings();
  const groups = joined(statistics, parts, listed, bind);
  return {
    sql: `SELECT toFloat64(count()) AS total FROM (\n${groups}\n)\n${settingsOf(statistics.normalized)}`,
    params,
  };
};

/**
 * Time runs out between blocks alone: where each value may take milliseconds, as for the worst of patterns, blocks are
 * small.
 */
export const settingsOf = ({ filters }: NormalizedQuery): string =>
  filters.flatMap(comparisonsOf).some(isOfPatterns) ? `${SETTINGS}, max_block_size = 2048` : SETTINGS;

/** Counts of parts, each once. */
export const countsIn = (parts: readonly Part[]): Count[] => [
  ...new Set(parts.flatMap(({ sums }) => [...sums.keys()])),
];

/** The parts one below the other, and the rows of each group added up. Of one part they are groups already. */
const joined = (statistics: Statistics, parts: readonly Part[], listed: readonly Count[], bind: Bind): string => {
  const counts = countsIn(parts);
  // Bound once: it may be long.
  const only = statistics.only && bind(statistics.only, 'Array(UInt32)');
  const selects = parts.map((part) => selectOf(part, counts, statistics, { bind, only }));
  const [one, another] = selects;
  const isListed = isSeries(statistics.normalized) ? [] : listed;
  if (one !== undefined && another === undefined && one.areGroups)
    return [one.sql, ...havingSome(isListed, (name) => name)].join('\n');
  const groups = statistics.normalized.dimensions.map((_, index) => `d${index}`);
  const columns = [
    ...groups.map((name) => `g.${name} AS ${name}`),
    ...counts.map((name) => `sum(g.${name}) AS ${name}`),
  ];
  return [
    `SELECT ${columns.join(', ')}`,
    `FROM (\n${selects.map(({ sql }) => sql).join('\nUNION ALL\n')}\n) AS g`,
    ...clause('GROUP BY', groups, ', '),
    ...havingSome(isListed, (name) => `sum(g.${name})`),
  ].join('\n');
};

const havingSome = (listed: readonly Count[], sumOf: (name: Count) => string): string[] =>
  clause(
    'HAVING',
    listed.map((name) => `${sumOf(name)} > 0`),
    ' OR ',
  );

/** Rows of a part that are one for each group, or, for lack of memory, one for each group and day. */
interface Select {
  readonly sql: string;
  readonly areGroups: boolean;
}

const selectOf = (
  part: Part,
  counts: readonly Count[],
  statistics: Statistics,
  { bind, only }: { readonly bind: Bind; readonly only: string | undefined },
): Select => {
  const { from, where, valued = [], days = [], group } = relationOf(part, statistics, bind);
  const { dimensions } = statistics.normalized;
  const columns = [
    ...dimensions.map((name, index) => `${group(name)} AS d${index}`),
    // What was taken out of sums without a sign is negative here. Exact as 64-bit floats up to 2^53; integers would come as text.
    ...counts.map((name) => `toFloat64(toInt64(${part.sums.get(name) ?? 0})) AS ${name}`),
  ];
  const shared = sharedOut(dimensions.map(group), statistics, bind);
  const sql = [
    `SELECT ${columns.join(', ')}`,
    `FROM ${from}`,
    ...clause(
      'WHERE',
      [...where, ...valued, ...shared, ...(only ? [`${hashSql(dimensions.map(group))} IN ${only}`] : [])],
      ' AND ',
    ),
    ...clause('GROUP BY', [...days, ...dimensions.map((_, index) => `d${index}`)], ', '),
    ...(days.length > 0 ? ['SETTINGS optimize_aggregation_in_order = 1'] : []),
  ].join('\n');
  return { sql, areGroups: days.length === 0 };
};

/** The condition that rows are of a group of the share, given the expressions of the groups. */
const sharedOut = (groups: readonly string[], { share }: Statistics, bind: Bind): string[] =>
  share === undefined || groups.length === 0
    ? []
    : [`${hashSql(groups)} % ${bind(share.among, 'UInt32')} = ${bind(share.index, 'UInt32')}`];

/** The rows of a part. */
export const relationOf = ({ source, range }: Part, statistics: Statistics, bind: Bind): Relation => {
  if (source.table === 'sums') return sumsRelation(source, range, statistics, bind);
  const ofVisits = source.rows === 'entries' || source.rows === 'exits';
  return (ofVisits ? visitsRelation : hitsRelation)(source, range, statistics, bind);
};

const clause = (word: string, parts: readonly string[], by: string): string[] =>
  parts.length === 0 ? [] : [`${word} ${parts.join(by)}`];

/** As asked, then by the dimensions, so that pages do not overlap. */
const order = (normalized: NormalizedQuery, counts: readonly Count[]): string => {
  const places = orderPlaces(normalized, counts).map(
    ({ expression, direction }) => `${expression} ${WORDS[direction]} NULLS LAST`,
  );
  return `ORDER BY ${[...places, ...normalized.dimensions.map((_, index) => `d${index}`)].join(', ')}`;
};

/** What groups are ordered by, as asked. Metrics without a number anywhere sort nothing. */
export const orderPlaces = (
  { dimensions, order_by }: NormalizedQuery,
  counts: readonly Count[],
): { readonly expression: string; readonly direction: 'asc' | 'desc' }[] =>
  order_by.flatMap(([name, direction]) => {
    const expression = isMetric(name) ? ratio(name, counts) : `d${dimensions.indexOf(name)}`;
    return expression === null ? [] : [{ expression, direction }];
  });

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
