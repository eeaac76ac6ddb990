import { shownValue } from '../../sites/value-spelling.ts';
import type { Store } from '../../store/store.ts';
import { isTooMuch } from '../period/over-limit.ts';
import { hourBucketLabel } from '../period/time-buckets.ts';
import type { Asking, SqlRow } from './asking.ts';
import { listedInOrder } from './in-order.ts';
import { type Count, countOf } from './metrics.ts';
import { isSeries } from './normalize.ts';
import type { CountedGroup } from './result.ts';
import { MOST, SLICE_HITS, slicedRows } from './slices.ts';
import { allGroupsStatementFor, countsIn, statementFor, totalStatementFor } from './sql/statement.ts';

/** The groups of the page asked for, those of a series or of a list of groups all, and how many there are altogether, if that is wanted. */
export interface Found {
  readonly groups: readonly CountedGroup[];
  readonly total: number;
}

/** How groups are counted. */
export interface CountOptions {
  /** See `slicedRows`. */
  readonly sliceHits?: number | undefined;
  readonly wantsTotal?: boolean;
}

/** Asks the store. */
export const countGroups = async (store: Store, asking: Asking, options: CountOptions = {}): Promise<Found> =>
  foundOf(await rowsFor(store, asking, options), asking);

/** The same as the store says it. */
interface FoundRows {
  readonly rows: readonly SqlRow[];
  readonly total: number;
}

/** The groups that the store says, as an answer names them. */
export const foundOf = ({ rows, total }: FoundRows, asking: Asking): Found => ({
  groups: groupsOf(rows, asking),
  total,
});

/** Shares of the groups that are asked for one after the other, where all of them are too much; the first that do. */
const SHARES = [8, 64];
/** Groups of a page, with those before it, that are put together here out of shares. */
const MOST_OF_PAGE = 100_000;

/** Asks the store; where it has too little memory for all groups, for a share of them at a time. */
export const rowsFor = async (store: Store, asking: Asking, options: CountOptions = {}): Promise<FoundRows> => {
  const { normalized, only } = asking.statistics;
  const most = normalized.pagination.offset + normalized.pagination.limit;
  const canShare = !isSeries(normalized) && only === undefined && most <= MOST_OF_PAGE;
  const tries = [
    () => wholeRows(store, asking, options),
    ...SHARES.map((among) => () => inShares(store, asking, options, among)),
  ];
  for (const [index, attempt] of tries.entries())
    try {
      return await attempt();
    } catch (error) {
      if (!canShare || index === tries.length - 1 || !isTooMuch(error)) throw error;
    }
  throw new RangeError('there is one try at least');
};

/** No group is in two shares: the first ones of all are among the first ones of each. */
const inShares = async (store: Store, asking: Asking, options: CountOptions, among: number): Promise<FoundRows> => {
  const { statistics } = asking;
  const { limit, offset } = statistics.normalized.pagination;
  const normalized = { ...statistics.normalized, pagination: { limit: offset + limit, offset: 0 } };
  let [rows, total]: [SqlRow[], number] = [[], 0];
  for (let index = 0; index < among; index++) {
    const share = { ...asking, statistics: { ...statistics, normalized, share: { index, among } } };
    const found = await wholeRows(store, share, options);
    rows = listedInOrder(asking, [...rows, ...found.rows]).slice(0, offset + limit);
    total += found.total;
  }
  return { rows: rows.slice(offset), total };
};

const wholeRows = async (
  store: Store,
  asking: Asking,
  { sliceHits = SLICE_HITS, wantsTotal = false }: CountOptions,
): Promise<FoundRows> => {
  if (asking.parts.length === 0) return { rows: [], total: 0 };
  const { normalized, only } = asking.statistics;
  const all = await slicedRows(store, asking, sliceHits);
  if (all) {
    const rows = isSeries(normalized) ? all : listedInOrder(asking, all);
    const { limit, offset } = normalized.pagination;
    const page = isSeries(normalized) || only ? rows : rows.slice(offset, offset + limit);
    return { rows: page, total: rows.length };
  }
  const { sql, params } = statementFor(asking.statistics, asking.parts, asking.listed);
  const [rows, total] = await Promise.all([
    store.query<SqlRow>(sql, params),
    wantsTotal ? countTotal(store, asking) : 0,
  ]);
  return { rows, total };
};

/** All groups, for who adds them up with those of others; one more than {@link MOST} tells that there are more. */
export const countAllGroups = async (store: Store, asking: Asking, sliceHits = SLICE_HITS): Promise<CountedGroup[]> => {
  if (asking.parts.length === 0) return [];
  const sliced = await slicedRows(store, asking, sliceHits);
  if (sliced) return groupsOf(sliced, asking);
  const { sql, params } = allGroupsStatementFor(asking.statistics, asking.parts, MOST);
  return groupsOf(await store.query<SqlRow>(sql, params), asking);
};

const groupsOf = (rows: readonly SqlRow[], { statistics, parts, zone }: Asking): CountedGroup[] => {
  const counts = countsIn(parts);
  const { dimensions } = statistics.normalized;
  return rows.map((row) => ({
    dimensions: dimensions.map((name, index) => {
      const value = row[`d${index}`] ?? '';
      return name === 'time:hour' ? hourBucketLabel(Number(value), zone) : shownValue(name, String(value));
    }),
    stored: dimensions.map((_, index) => String(row[`d${index}`] ?? '')),
    counts: Object.fromEntries(counts.map((name): [Count, number] => [name, countOf(name, row[name] ?? 0)])),
  }));
};

/** Counts of which none has to be there to be listed are not asked for. */
const countTotal = async (store: Store, { statistics, parts, listed }: Asking): Promise<number> => {
  const needed = parts.filter(({ sums }) => listed.some((count) => sums.has(count)));
  if (needed.length === 0) return 0;
  const { sql, params } = totalStatementFor(statistics, needed, listed);
  const [row] = await store.query<{ total: number }>(sql, params);
  return row?.total ?? 0;
};
