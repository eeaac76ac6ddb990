import { bindings, type Statement } from '../../../store/bindings.ts';
import { within } from '../../period/within.ts';
import type { Asking } from '../asking.ts';
import type { Count } from '../metrics.ts';
import type { Part } from '../plan/part.ts';
import type { GroupName } from '../query.ts';
import { hashSql } from './group-hash.ts';
import type { Bind, Statistics } from './relation.ts';
import { countsIn, OF_HASHES, orderPlaces, relationOf, settingsOf } from './statement.ts';

/**
 * Several askings of the same site, filters and range as one statement, whose rows have as `asked` which asking they are for, and
 * else what they have by `statementFor`: each pass over rows counts all the groups that it can.
 * @param askings no two of the same groups; of sums, no two of a rollup; all or none asked for by hashes
 * @param wantsTotal each row has how many groups its asking has, as `total`
 */
export const groupingSetsFor = (askings: readonly [Asking, ...Asking[]], wantsTotal: boolean): Statement => {
  const [{ statistics, listed }] = askings;
  const { bind, params } = bindings();
  const counts = [...new Set(askings.flatMap(({ parts }) => countsIn(parts)))];
  const width = Math.max(...askings.map((asking) => namesOf(asking).length));
  const groups = ['asked', ...Array.from({ length: width }, (_, index) => `d${index}`)];
  const passes = passesOf(askings).map((pass) => passSql(pass, statistics, { counts, width }, bind));
  const rows = [
    `SELECT ${[...groups, ...counts.map((name) => `sum(g.${name}) AS ${name}`)].join(', ')}`,
    `FROM (\n${passes.join('\nUNION ALL\n')}\n) AS g`,
    `GROUP BY ${groups.join(', ')}`,
    `HAVING ${listed.map((name) => `sum(g.${name}) > 0`).join(' OR ')}`,
  ].join('\n');
  const settings = settingsOf(statistics.normalized);
  if (statistics.only) return { sql: [rows, settings + OF_HASHES].join('\n'), params };
  const most = Math.max(
    ...askings.map(({ statistics: { normalized: of } }) => of.pagination.offset + of.pagination.limit),
  );
  const total = wantsTotal ? ', toFloat64(count() OVER (PARTITION BY asked)) AS total' : '';
  return {
    sql: [
      `SELECT *${total} FROM (\n${rows}\n)`,
      `ORDER BY ${['asked', ...orders(askings), ...groups.slice(1)].join(', ')}`,
      `LIMIT ${bind(most, 'UInt32')} BY asked`,
      settings,
    ].join('\n'),
    params,
  };
};

const namesOf = ({ statistics }: Asking): readonly GroupName[] => statistics.normalized.dimensions;

/** What one asking wants of a pass. */
interface Taker {
  readonly of: number;
  readonly part: Part;
  readonly names: readonly GroupName[];
  readonly only: readonly number[] | undefined;
}

/** Rows that are read once, for all who want them. */
interface Pass {
  readonly part: Part;
  readonly takers: Taker[];
}

/** What keeps a set of numbers for each group costs more than to read the rows: only who wants the same set shares a pass. */
const isSet = (sum: string): boolean => /\b(?:uniqExact|groupBitmap)/.test(sum);

const passesOf = (askings: readonly Asking[]): Pass[] => {
  const passes = new Map<string, Pass>();
  for (const [of, asking] of askings.entries())
    for (const part of asking.parts) {
      const sets = [...part.sums.values()].filter(isSet).toSorted();
      const key = JSON.stringify([part.source.table === 'hits' ? part.source : 'sums', part.range, sets]);
      const pass = passes.get(key) ?? { part, takers: [] };
      pass.takers.push({ of, part, names: namesOf(asking), only: asking.statistics.only });
      passes.set(key, pass);
    }
  return [...passes.values()];
};

/** A pass as a statement. */
interface Counted {
  readonly sql: string;
  /** The aggregates that it has, as `n0`, `n1` … */
  readonly sums: readonly string[];
  /** Which of its rows a taker wants. */
  isOf(taker: Taker): string;
  /** Where they have a group's value. */
  column(name: GroupName): string;
}

/** All groups of single hits, by which of the groups a row leaves out. */
const countHits = ({ part, takers }: Pass, statistics: Statistics, bind: Bind): Counted => {
  const names = [...new Set(takers.flatMap((taker) => taker.names))];
  const of = { ...statistics, normalized: { ...statistics.normalized, dimensions: names } };
  const { from, where, valued = [], group } = relationOf(part, of, bind);
  const sums = sumsOf(takers);
  const column = (name: GroupName): string => `c${names.indexOf(name)}`;
  const columns = names.map((name) => `${group(name)} AS ${column(name)}`);
  const sets = takers.map((taker) => `(${taker.names.map(column).join(', ')})`);
  return {
    sql: [
      `SELECT ${[`grouping(${names.map(column).join(', ')}) AS left_out`, ...columns, ...numbered(sums)].join(', ')}`,
      `FROM ${from}`,
      // Of several groups a row may have one: what few rows have is found sooner by itself.
      `WHERE ${[...where, ...(takers.length === 1 ? valued : [])].join(' AND ')}`,
      `GROUP BY GROUPING SETS (${sets.join(', ')})`,
    ].join('\n'),
    sums,
    isOf: ({ names: own }) => `left_out = ${names.reduce((mask, name) => mask * 2 + (own.includes(name) ? 0 : 1), 0)}`,
    column,
  };
};

/** All values of rollups, by rollup. */
const countSums = ({ part, takers }: Pass, { site }: Statistics, bind: Bind): Counted => {
  const sums = sumsOf(takers);
  const where = [
    `r.site = ${bind(site, 'String')}`,
    `r.dimension IN ${bind(takers.map(rollupOf), 'Array(UInt32)')}`,
    ...within(part.range, 'r.day', 'toUInt32OrZero(r.value)', bind),
  ];
  return {
    sql: [
      `SELECT ${['r.dimension AS dim', 'r.value AS value', ...numbered(sums)].join(', ')}`,
      'FROM sums AS r',
      `WHERE ${where.join(' AND ')}`,
      'GROUP BY dim, value',
    ].join('\n'),
    sums,
    isOf: (taker) => `dim = ${rollupOf(taker)}`,
    column: () => 'value',
  };
};

const rollupOf = ({ part: { source } }: Taker): number => {
  if (source.table === 'hits') throw new RangeError('hits have no rollups');
  return source.rollup;
};

const sumsOf = (takers: readonly Taker[]): string[] => [
  ...new Set(takers.flatMap(({ part: { sums } }) => [...sums.values()])),
];

const numbered = (sums: readonly string[]): string[] =>
  sums.map((sum, index) => `toFloat64(toInt64(${sum})) AS n${index}`);

interface Shape {
  readonly counts: readonly Count[];
  /** Most groups that an asking has. */
  readonly width: number;
}

/** The rows of a pass as each taker calls them. */
const passSql = (pass: Pass, statistics: Statistics, { counts, width }: Shape, bind: Bind): string => {
  const { takers, part } = pass;
  const { sql, sums, isOf, column } = (part.source.table === 'hits' ? countHits : countSums)(pass, statistics, bind);
  const choose = (value: (taker: Taker) => string | undefined, none: string): string =>
    `multiIf(${takers.map((taker) => `${isOf(taker)}, ${value(taker) ?? none}`).join(', ')}, ${none})`;
  const group = ({ names }: Taker, index: number): string | undefined =>
    names[index] === undefined ? undefined : `toString(${column(names[index])})`;
  const number = ({ part: { sums: own } }: Taker, name: Count): string | undefined => {
    const sum = own.get(name);
    return sum === undefined ? undefined : `n${sums.indexOf(sum)}`;
  };
  const columns = [
    `${choose(({ of }) => `toUInt32(${of})`, 'toUInt32(0)')} AS asked`,
    ...Array.from({ length: width }, (_, index) => `${choose((taker) => group(taker, index), `''`)} AS d${index}`),
    ...counts.map((name) => `${choose((taker) => number(taker, name), 'toFloat64(0)')} AS ${name}`),
  ];
  // What has no value is in no group.
  const valued = takers.map((taker) =>
    [
      isOf(taker),
      ...taker.names.map((name) => `${column(name)} != ''`),
      ...(taker.only ? [`${hashSql(taker.names.map(column))} IN ${bind(taker.only, 'Array(UInt32)')}`] : []),
    ].join(' AND '),
  );
  return `SELECT ${columns.join(', ')}\nFROM (\n${sql}\n)\nWHERE ${valued.map((one) => `(${one})`).join(' OR ')}`;
};

/** The places by which each asking is ordered, the largest number first by its negative. */
const orders = (askings: readonly Asking[]): string[] => {
  const places = askings.map(({ statistics, parts }) => orderPlaces(statistics.normalized, countsIn(parts)));
  const most = Math.max(...places.map(({ length }) => length));
  return Array.from({ length: most }, (_, at) => {
    const cases = places.flatMap((of, index) => {
      const place = of[at];
      return place ? [`asked = ${index}, ${place.direction === 'desc' ? '-' : ''}(${place.expression})`] : [];
    });
    return `multiIf(${cases.join(', ')}, NULL) ASC NULLS LAST`;
  });
};
