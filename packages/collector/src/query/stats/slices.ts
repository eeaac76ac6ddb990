import { addDays } from '../../lib/time-zone.ts';
import { bindings, SETTINGS } from '../../store/bindings.ts';
import { TOTAL } from '../../store/dimensions.ts';
import type { Store } from '../../store/store.ts';
import { days, NO_END, type Range } from '../period/range.ts';
import type { Asking, SqlRow } from './asking.ts';
import type { Part } from './plan/part.ts';
import { needsExitPage } from './sql/hits-relation.ts';
import { allGroupsStatementFor, countsIn } from './sql/statement.ts';

/*
 * Visits and visitors are of one local day, so that numbers of days add up. What would sort all rows of a long range at
 * once is asked for some days at a time, one statement after the other, and added up here. (One statement would ask for
 * all its parts side by side, and need as much memory as before.)
 */

/**
 * Views and events of the days of a slice. With engagement they are some two million rows, which take half of the 300 MB
 * that a question may have on the smallest machine.
 */
export const SLICE_HITS = 1_000_000;

/** Groups of an answer, and bytes of their values, which are held here until all days are counted. Of more the store takes care. */
export const MOST = { groups: 200_000, bytes: 64_000_000 };

/**
 * All groups of a question that is asked in slices; null: it is asked as a whole, also if it has too many groups.
 * @param most views and events of a slice; a day is never cut
 */
export const slicedRows = async (store: Store, asking: Asking, most: number): Promise<SqlRow[] | null> => {
  const { statistics, parts } = asking;
  if (!parts.some(({ source }) => source.table === 'hits' && needsExitPage(source, statistics.normalized))) return null;
  const slices = await slicesOf(store, statistics.site, parts, most);
  if (slices.length < 2) return null;
  const groups = createGroups(asking);
  for (const slice of slices) {
    const within = parts.flatMap((part) => partWithin(part, slice));
    if (within.length === 0) continue;
    const { sql, params } = allGroupsStatementFor(statistics, within, MOST);
    for (const row of await store.query<SqlRow>(sql, params)) groups.add(row);
    if (groups.areTooMany()) return null;
  }
  return groups.all();
};

/** Whole days one after the other that cover all parts. */
const slicesOf = async (store: Store, site: string, parts: readonly Part[], most: number): Promise<Range[]> => {
  const [first = '', last = ''] = [
    parts.map(({ range }) => range.first).toSorted()[0],
    parts
      .map(({ range }) => range.last)
      .toSorted()
      .at(-1),
  ];
  const { bind, params } = bindings();
  const sql = `SELECT toString(r.day) AS date, toFloat64(sum(r.views + r.events)) AS hits FROM sums AS r
WHERE r.site = ${bind(site, 'String')} AND r.dimension = ${TOTAL} AND r.day BETWEEN ${bind(first, 'Date')} AND ${bind(last, 'Date')}
GROUP BY date ORDER BY date
${SETTINGS}`;
  const firsts = [first];
  let inSlice = 0;
  for (const { date, hits } of await store.query<{ date: string; hits: number }>(sql, params)) {
    if (inSlice > 0 && inSlice + hits > most) {
      firsts.push(date);
      inSlice = 0;
    }
    inSlice += hits;
  }
  return firsts.map((from, index) => {
    const next = firsts[index + 1];
    return days(from, next === undefined ? last : addDays(next, -1));
  });
};

const partWithin = (part: Part, slice: Range): Part[] => {
  const { range } = part;
  const [, first = range.first] = [range.first, slice.first].toSorted();
  const [last = range.last] = [range.last, slice.last].toSorted();
  if (first > last) return [];
  const hours = range.hours && {
    ...range.hours,
    least: first === range.first ? range.hours.least : 0,
    most: last === range.last ? range.hours.most : NO_END,
  };
  return [{ ...part, range: { first, last, hours } }];
};

/** Adds up the rows of equal groups. */
const createGroups = ({ statistics, parts }: Asking) => {
  const names = statistics.normalized.dimensions.map((_, index) => `d${index}`);
  const counts = countsIn(parts);
  const groups = new Map<string, Record<string, string | number>>();
  let length = 0;
  return {
    add: (row: SqlRow): void => {
      const key = JSON.stringify(names.map((name) => row[name]));
      const group = groups.get(key);
      if (group) for (const name of counts) group[name] = Number(group[name] ?? 0) + Number(row[name] ?? 0);
      else {
        groups.set(key, { ...row });
        length += key.length;
      }
    },
    areTooMany: (): boolean => groups.size > MOST.groups || length > MOST.bytes,
    all: (): SqlRow[] => [...groups.values()],
  };
};
