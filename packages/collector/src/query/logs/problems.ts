import { addDays, utcDay } from '../../lib/time-zone.ts';
import { type Bindings, bindings, SETTINGS } from '../../store/bindings.ts';
import { ROW_KINDS } from '../../store/row.ts';
import type { Store } from '../../store/store.ts';
import { isoTime, matching, type PlannedLogsQuery, slice, within } from './conditions.ts';
import type { LogsAnswer, Problem } from './logs.ts';

const BROWSERS = 3;

interface ProblemRow extends Omit<Problem, 'visits' | 'first_seen' | 'last_seen' | 'is_new'> {
  readonly first: number;
  readonly last: number;
}

/** Groups of equal errors, the most frequent first. */
export const problems = async (store: Store, planned: PlannedLogsQuery): Promise<LogsAnswer> => {
  const [rows, total] = await Promise.all([page(store, planned), count(store, planned)]);
  const fingerprints = rows.map(({ fingerprint }) => fingerprint);
  const [visits, firsts] = await Promise.all([
    affectedVisits(store, planned, fingerprints),
    firstSeen(store, planned, fingerprints),
  ]);
  return {
    view: 'problems',
    problems: rows.map((row) =>
      problemOf(row, visits.get(row.fingerprint) ?? 0, firsts.get(row.fingerprint) ?? row.first, planned.bounds),
    ),
    total,
  };
};

const page = (store: Store, planned: PlannedLogsQuery): Promise<ProblemRow[]> => {
  const { bind, params } = bindings();
  const sql = `SELECT r.fingerprint AS fingerprint, argMax(r.message, (r.ts, r.message)) AS message,
  argMax(r.stack, (r.ts, r.message)) AS stack, toFloat64(count()) AS count,
  toUnixTimestamp(min(r.ts)) AS first, toUnixTimestamp(max(r.ts)) AS last,
  ${mostFrequent('r.page')}[1] AS page, arraySlice(${mostFrequent('r.browser')}, 1, ${BROWSERS}) AS browsers
FROM logs AS r WHERE ${errors(planned, bind)}
GROUP BY fingerprint
ORDER BY count DESC, last DESC, fingerprint ${slice(planned, bind)}
${SETTINGS}`;
  return store.query<ProblemRow>(sql, params);
};

const count = async (store: Store, planned: PlannedLogsQuery): Promise<number> => {
  const { bind, params } = bindings();
  const sql = `SELECT toFloat64(uniqExact(r.fingerprint)) AS total FROM logs AS r WHERE ${errors(planned, bind)} ${SETTINGS}`;
  const [row] = await store.query<{ total: number }>(sql, params);
  return row?.total ?? 0;
};

const errors = (planned: PlannedLogsQuery, bind: Bindings['bind']): string =>
  `${matching(planned, bind)} AND r.kind = ${ROW_KINDS.error}`;

/** The values of a column, the most frequent first, equally frequent ones by name. */
const mostFrequent = (column: string): string => {
  const counted = `sumMap([${column}], [toInt64(1)])`;
  return `arraySort((value, times) -> (-times, value), ${counted}.1, ${counted}.2)`;
};

interface Affected {
  readonly fingerprint: string;
  readonly visits: number;
}

/** Visits by fingerprint. A hit lies on its visit's first local day: up to two before the error's day in UTC, or one after. */
const affectedVisits = async (
  store: Store,
  { site, bounds }: PlannedLogsQuery,
  fingerprints: readonly string[],
): Promise<Map<string, number>> => {
  const { bind, params } = bindings();
  const first = addDays(utcDay(bounds.from * 1000), -2);
  const last = addDays(utcDay(bounds.to * 1000), 1);
  const sql = `SELECT r.fingerprint AS fingerprint, toFloat64(uniqExact(r.visit)) AS visits
FROM hits AS r
WHERE r.site = ${bind(site, 'String')} AND r.day BETWEEN ${bind(first, 'Date')} AND ${bind(last, 'Date')}
  AND r.kind = ${ROW_KINDS.error} AND r.visit != 0 AND ${within(bounds, bind)}
  AND has(${bind(fingerprints, 'Array(String)')}, r.fingerprint)
GROUP BY fingerprint
${SETTINGS}`;
  const rows = await store.query<Affected>(sql, params);
  return new Map(rows.map(({ fingerprint, visits }) => [fingerprint, visits]));
};

/** When problems were first seen, by fingerprint: in all the logs that are kept, whatever else is asked for. */
const firstSeen = async (
  store: Store,
  { site, bounds }: PlannedLogsQuery,
  fingerprints: readonly string[],
): Promise<Map<string, number>> => {
  if (fingerprints.length === 0) return new Map();
  const { bind, params } = bindings();
  const sql = `SELECT r.fingerprint AS fingerprint, toUnixTimestamp(min(r.ts)) AS first
FROM logs AS r
WHERE r.site = ${bind(site, 'String')} AND r.ts < toDateTime(${bind(bounds.to, 'UInt32')}, 'UTC')
  AND r.kind = ${ROW_KINDS.error} AND has(${bind(fingerprints, 'Array(String)')}, r.fingerprint)
GROUP BY fingerprint
${SETTINGS}`;
  const rows = await store.query<{ fingerprint: string; first: number }>(sql, params);
  return new Map(rows.map(({ fingerprint, first }) => [fingerprint, first]));
};

const problemOf = (
  { first: _, last, ...rest }: ProblemRow,
  visits: number,
  first: number,
  { from }: PlannedLogsQuery['bounds'],
): Problem => ({
  ...rest,
  visits,
  first_seen: isoTime(first),
  last_seen: isoTime(last),
  is_new: first >= from,
});
