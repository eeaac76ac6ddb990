import { oneSpelling } from '../../sites/value-spelling.ts';
import { type Bindings, bindings, SETTINGS, type Statement } from '../../store/bindings.ts';
import { hitsRelation } from './hits-relation.ts';
import { countsOf, METRICS } from './metrics.ts';
import { isSeries, type NormalizedQuery } from './normalize.ts';
import type { GroupName, Metric } from './query.ts';
import type { PlannedQuery, Relation } from './relation.ts';
import { sumsRelation } from './sums-relation.ts';

/**
 * A question as SQL. The rows have the dimensions as `d0`, `d1`, … (an hour in Unix seconds) and the counts by name. The
 * rows of a series come all, in any order; other groups come sorted, and only the page asked for.
 */
export const statementFor = (planned: PlannedQuery): Statement => {
  const { bind, params } = bindings();
  const groups = grouped(planned, relationOf(planned, bind));
  const page = isSeries(planned.normalized) ? [] : [order(planned), limit(planned, bind)];
  return { sql: [groups, ...page, SETTINGS].join('\n'), params };
};

/** Counts the groups of a question, as `total`. */
export const totalStatementFor = (planned: PlannedQuery): Statement => {
  const { bind, params } = bindings();
  const groups = grouped(planned, relationOf(planned, bind));
  return { sql: `SELECT toFloat64(count()) AS total FROM (\n${groups}\n)\n${SETTINGS}`, params };
};

const relationOf = ({ plan, ...rest }: PlannedQuery, bind: Bindings['bind']): Relation =>
  plan.source === 'sums' ? sumsRelation({ ...rest, plan }, bind) : hitsRelation({ ...rest, plan }, bind);

/**
 * Rows of before have other spellings of a path. Groups are fewer than rows, and so they are what is put together. But
 * where sums are grouped by the day too, nearly each row is a group: to read their paths first takes half of the time.
 */
const grouped = ({ normalized, plan }: PlannedQuery, relation: Relation): string =>
  plan.source === 'sums' && normalized.dimensions.length > 1
    ? counted(normalized, inOneSpelling(relation))
    : merged(normalized, counted(normalized, relation));

const inOneSpelling = ({ group, ...rest }: Relation): Relation => ({
  ...rest,
  group: (name) => oneSpelling(name, group(name)) ?? group(name),
});

/** Puts the groups together, and not the rows. */
const merged = ({ dimensions, metrics }: NormalizedQuery, groups: string): string => {
  const names = dimensions.map((name, index) => oneSpelling(name, `g.d${index}`));
  if (names.every((name) => name === null)) return groups;
  const columns = [
    ...names.map((name, index) => `${name ?? `g.d${index}`} AS d${index}`),
    ...countsOf(metrics).map((name) => `sum(g.${name}) AS ${name}`),
  ];
  return `SELECT ${columns.join(', ')}\nFROM (\n${groups}\n) AS g\nGROUP BY ${names.map((_, index) => `d${index}`).join(', ')}`;
};

const counted = (normalized: NormalizedQuery, { from, where, having, group, count }: Relation): string => {
  const groups = normalized.dimensions.map((name, index) => `${group(name)} AS d${index}`);
  // Sums are exact as 64-bit floats up to 2^53, and 64-bit integers would come as text.
  const counts = countsOf(normalized.metrics).map((name) => `toFloat64(sum(${count(name)})) AS ${name}`);
  return [
    `SELECT ${[...groups, ...counts].join(', ')}`,
    `FROM ${from}`,
    ...clause('WHERE', where, ' AND '),
    ...clause(
      'GROUP BY',
      normalized.dimensions.map((_, index) => `d${index}`),
      ', ',
    ),
    ...clause('HAVING', having, ' AND '),
  ].join('\n');
};

const clause = (word: string, parts: readonly string[], by: string): string[] =>
  parts.length === 0 ? [] : [`${word} ${parts.join(by)}`];

/** As asked, then by the dimensions, so that pages do not overlap. */
const order = ({ normalized: { dimensions, order_by } }: PlannedQuery): string => {
  const places = order_by.map(([name, direction]) => `${place(name, dimensions)} ${WORDS[direction]} NULLS LAST`);
  return `ORDER BY ${[...places, ...dimensions.map((_, index) => `d${index}`)].join(', ')}`;
};

const WORDS = { asc: 'ASC', desc: 'DESC' } as const;

const place = (name: Metric | GroupName, dimensions: readonly GroupName[]): string => {
  if (!isMetric(name)) return `d${dimensions.indexOf(name)}`;
  const { count, perVisit } = METRICS[name];
  return perVisit ? `${count} / nullIf(visits, 0)` : count;
};

const isMetric = (name: Metric | GroupName): name is Metric => Object.hasOwn(METRICS, name);

const limit = ({ normalized }: PlannedQuery, bind: Bindings['bind']): string =>
  `LIMIT ${bind(normalized.pagination.limit, 'UInt32')} OFFSET ${bind(normalized.pagination.offset, 'UInt32')}`;
