import { bindings, type Statement } from '../../../store/bindings.ts';
import type { Asking } from '../asking.ts';
import type { Count } from '../metrics.ts';
import type { HitsSource, Part } from '../plan/part.ts';
import type { GroupName } from '../query.ts';
import type { Bind, Statistics } from './relation.ts';
import { countsIn, orderPlaces, relationOf, settingsOf } from './statement.ts';

/**
 * Several askings of the same site, filters and range as one statement, whose rows have as `asked` which asking they are for, and
 * else what they have by `statementFor`: each pass over the hits counts all the groups that it can.
 * @param askings no two of the same groups
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
  const most = Math.max(
    ...askings.map(({ statistics: { normalized: of } }) => of.pagination.offset + of.pagination.limit),
  );
  const total = wantsTotal ? ', toFloat64(count() OVER (PARTITION BY asked)) AS total' : '';
  return {
    sql: [
      `SELECT *${total} FROM (\n${rows}\n)`,
      `ORDER BY ${['asked', ...orders(askings), ...groups.slice(1)].join(', ')}`,
      `LIMIT ${bind(most, 'UInt32')} BY asked`,
      settingsOf(statistics.normalized),
    ].join('\n'),
    params,
  };
};

const namesOf = ({ statistics }: Asking): readonly GroupName[] => statistics.normalized.dimensions;

/** What one asking wants of a pass. */
interface Taker {
  readonly of: number;
  readonly names: readonly GroupName[];
  readonly sums: Part['sums'];
}

/** Rows that are read once, for all who want them. */
interface Pass {
  readonly part: Part & { readonly source: HitsSource };
  readonly takers: Taker[];
}

/** What keeps a set of numbers for each group costs more than to read the rows: only who wants the same set shares a pass. */
const isSet = (sum: string): boolean => /\b(?:uniqExact|groupBitmap)/.test(sum);

const passesOf = (askings: readonly Asking[]): Pass[] => {
  const passes = new Map<string, Pass>();
  for (const [of, asking] of askings.entries())
    for (const part of asking.parts) {
      if (part.source.table !== 'hits') throw new RangeError('only hits have passes');
      const sets = [...part.sums.values()].filter(isSet).toSorted();
      const key = JSON.stringify([part.source, part.range, sets]);
      const pass = passes.get(key) ?? { part: { ...part, source: part.source }, takers: [] };
      pass.takers.push({ of, names: namesOf(asking), sums: part.sums });
      passes.set(key, pass);
    }
  return [...passes.values()];
};

interface Shape {
  readonly counts: readonly Count[];
  readonly width: number;
}

const passSql = ({ part, takers }: Pass, statistics: Statistics, { counts, width }: Shape, bind: Bind): string => {
  const names = [...new Set(takers.flatMap((taker) => taker.names))];
  const sums = [...new Set(takers.flatMap((taker) => [...taker.sums.values()]))];
  const of = { ...statistics, normalized: { ...statistics.normalized, dimensions: names } };
  const { from, where, group } = relationOf(part, of, bind);
  const column = (name: GroupName): string => `c${names.indexOf(name)}`;
  const columns = names.map((name) => `${group(name)} AS ${column(name)}`);
  const sets = takers.map((taker) => `(${taker.names.map(column).join(', ')})`);
  const all = names.map(column).join(', ');
  const grouped = [
    `SELECT ${[`grouping(${all}) AS left_out`, ...columns, ...sums.map((sum, index) => `toFloat64(toInt64(${sum})) AS n${index}`)].join(', ')}`,
    `FROM ${from}`,
    `WHERE ${where.join(' AND ')}`,
    `GROUP BY GROUPING SETS (${sets.join(', ')})`,
  ].join('\n');
  const isOf = ({ names: own }: Taker): string =>
    `left_out = ${names.reduce((mask, name) => mask * 2 + (own.includes(name) ? 0 : 1), 0)}`;
  const choose = (value: (taker: Taker) => string | undefined, none: string): string =>
    `multiIf(${takers.map((taker) => `${isOf(taker)}, ${value(taker) ?? none}`).join(', ')}, ${none})`;
  return [
    `SELECT ${[
      `${choose((taker) => `toUInt32(${taker.of})`, 'toUInt32(0)')} AS asked`,
      ...Array.from({ length: width }, (_, index) => {
        const value = choose(
          ({ names: own }) => (own[index] === undefined ? undefined : `toString(${column(own[index])})`),
          `''`,
        );
        return `${value} AS d${index}`;
      }),
      ...counts.map((name) => {
        const value = choose(({ sums: own }) => {
          const sum = own.get(name);
          return sum === undefined ? undefined : `n${sums.indexOf(sum)}`;
        }, 'toFloat64(0)');
        return `${value} AS ${name}`;
      }),
    ].join(', ')}`,
    `FROM (\n${grouped}\n)`,
    // What has no value is in no group.
    `WHERE ${takers
      .map((taker) => [isOf(taker), ...taker.names.map((name) => `${column(name)} != ''`)].join(' AND '))
      .map((condition) => `(${condition})`)
      .join(' OR ')}`,
  ].join('\n');
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
