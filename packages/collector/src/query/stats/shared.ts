import type { Store } from '../../store/store.ts';
import { SPANS } from '../period/granularity.ts';
import type { Range } from '../period/range.ts';
import type { Asking, SqlRow } from './asking.ts';
import { type CountOptions, type Found, foundOf, rowsFor } from './execute.ts';
import { METRICS } from './metrics.ts';
import { isSeries, type NormalizedQuery, timeOf } from './normalize.ts';
import type { Part } from './plan/part.ts';
import { groupingSetsFor } from './sql/grouping-sets.ts';
import { needsExitPage } from './sql/hits-relation.ts';
import { countsIn } from './sql/statement.ts';

/** Something that is to be counted. */
interface Member {
  readonly asking: Asking;
  readonly options: CountOptions;
}

/** What is counted together, and how; null: each by itself. */
export interface Bundle<M extends Member> {
  readonly members: readonly M[];
  readonly ask: ((store: Store) => Promise<Found[]>) | null;
}

/**
 * Puts together what the same rows answer: without groups, what is asked of the same days, as they add up to weeks, months
 * and the whole; with groups, what one pass over single hits counts in several ways at once, and several rollups.
 */
export const sharedBundles = <M extends Member>(members: readonly M[]): Bundle<M>[] => {
  const bundles = new Map<string, M[]>();
  for (const [index, member] of members.entries()) {
    const key = keyOf(member.asking) ?? `alone ${index}`;
    bundles.set(key, [...(bundles.get(key) ?? []), member]);
  }
  return [...bundles.values()].flatMap((bundle): Bundle<M>[] => {
    if (bundle.length === 1) return [{ members: bundle, ask: null }];
    const isGrouped = bundle.some(({ asking }) => !isSeries(asking.statistics.normalized));
    return isGrouped ? ofGroups(bundle) : [{ members: bundle, ask: (store) => countDays(store, bundle) }];
  });
};

/** Hashes of a question that shares a statement: of all questions of a request no more than one may have by itself. */
const MOST_HASHES = 250;

/** What must be equal to be counted together; null: it is counted alone. */
const keyOf = ({ statistics, parts, listed }: Asking): string | null => {
  const { normalized, site, only } = statistics;
  if (parts.length === 0 || timeOf(normalized) === 'time:hour') return null;
  if (only !== undefined && only.length > MOST_HASHES) return null;
  const common = [site, normalized.filters, spanOf(parts), only !== undefined];
  if (isSeries(normalized)) return JSON.stringify(['days', ...common]);
  // The store turns round numbers for each asking, and no texts.
  if (normalized.order_by.some(([name]) => !Object.hasOwn(METRICS, name))) return null;
  const of = isOfHits(normalized, parts) ? 'hits' : isOfSums(normalized, parts) ? 'sums' : null;
  return of === null ? null : JSON.stringify([of, ...common, listed]);
};

/** Every part is of single hits as they are: they are neither sorted nor multiplied before they are counted. */
const isOfHits = (normalized: NormalizedQuery, parts: readonly Part[]): boolean =>
  !normalized.dimensions.includes('event:property') &&
  parts.every(({ source }) => source.table === 'hits' && !needsExitPage(source, normalized));

/** All values of one rollup. */
const isOfSums = ({ dimensions, filters }: NormalizedQuery, parts: readonly Part[]): boolean =>
  dimensions.length === 1 && filters.length === 0 && parts.length === 1 && parts[0]?.source.table === 'sums';

/** What two askings of one statement may not both have. */
const ownOf = ({ statistics: { normalized }, parts }: Asking): string => {
  const [part] = parts;
  return part?.source.table === 'sums' ? String(part.source.rollup) : normalized.dimensions.toSorted().join('\n');
};

/** Where the range of all parts begins and ends. */
const spanOf = (parts: readonly Part[]): unknown => {
  const ranges = parts.map(({ range }) => range);
  const begin = ranges.reduce((a, b) => (beginOf(b) < beginOf(a) ? b : a));
  const end = ranges.reduce((a, b) => (endOf(b) > endOf(a) ? b : a));
  return [beginOf(begin), endOf(end)];
};

const beginOf = ({ first, hours }: Range): string => `${first} ${String(hours?.least ?? 0).padStart(10, '0')}`;
const endOf = ({ last, hours }: Range): string => `${last} ${hours?.most ?? 4_294_967_295}`;

/** Counts day by day, and adds up the days for each. */
const countDays = async (store: Store, members: readonly Member[]): Promise<Found[]> => {
  const [first] = members;
  if (first === undefined) return [];
  const { statistics, zone } = first.asking;
  const asking: Asking = {
    statistics: { ...statistics, normalized: { ...statistics.normalized, dimensions: ['time:day'] } },
    parts: merged(members.flatMap(({ asking: { parts } }) => parts)),
    listed: [],
    zone,
  };
  const { rows } = await rowsFor(store, asking, first.options);
  return members.map(({ asking: one }) => foundOf({ rows: spans(rows, one), total: 0 }, one));
};

/** Parts of the same rows, put together. */
const merged = (parts: readonly Part[]): Part[] => {
  const all = new Map<string, Part>();
  for (const part of parts) {
    const key = JSON.stringify([part.source, part.range]);
    all.set(key, { ...part, sums: new Map([...(all.get(key)?.sums ?? []), ...part.sums]) });
  }
  return [...all.values()];
};

const spans = (days: readonly SqlRow[], { statistics, parts }: Asking): SqlRow[] => {
  const time = timeOf(statistics.normalized);
  const counts = countsIn(parts);
  const found = new Map<string, Record<string, string | number>>();
  for (const row of days) {
    const label = time === undefined || time === 'time:hour' ? '' : SPANS[time].of(String(row.d0));
    const span = found.get(label) ?? { d0: label };
    for (const name of counts) span[name] = Number(span[name] ?? 0) + Number(row[name] ?? 0);
    found.set(label, span);
  }
  return [...found.values()];
};

/** Those with different groups in one statement, and others of the same groups alone. */
const ofGroups = <M extends Member>(members: readonly M[]): Bundle<M>[] => {
  const byGroups = new Map<string, M>();
  const alone: M[] = [];
  for (const member of members) {
    const groups = ownOf(member.asking);
    if (byGroups.has(groups)) alone.push(member);
    else byGroups.set(groups, member);
  }
  const bundle = [...byGroups.values()];
  if (bundle.length === 1) return [{ members, ask: null }];
  return [
    { members: bundle, ask: (store) => countSets(store, bundle) },
    { members: alone, ask: null },
  ];
};

const countSets = async (store: Store, members: readonly Member[]): Promise<Found[]> => {
  const [first, ...rest] = members.map(({ asking }) => asking);
  if (first === undefined) return [];
  const askings = [first, ...rest] as const;
  const wantsTotal = members.some(({ options }) => options.wantsTotal === true);
  const { sql, params } = groupingSetsFor(askings, wantsTotal);
  const rows = await store.query<SqlRow & { readonly asked: number; readonly total?: number }>(sql, params);
  return askings.map((asking, index) => {
    const own = rows.filter(({ asked }) => asked === index);
    const { normalized, only } = asking.statistics;
    const { limit, offset } = normalized.pagination;
    const page = only ? own : own.slice(offset, offset + limit);
    return foundOf({ rows: page, total: own[0]?.total ?? 0 }, asking);
  });
};
