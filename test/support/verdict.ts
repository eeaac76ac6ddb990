import { DIMENSIONS, DROPS, HOUR, TOTAL } from '../../packages/collector/src/store/dimensions.ts';
import type { Store } from '../../packages/collector/src/store/store.ts';
import type { Sent } from './load.ts';

/** What became of all that was sent, in items: events, views, engagement, log lines. */
export interface Verdict {
  readonly sent: number;
  /** Answered `counted`, or `duplicate`, which says that it had been: stored exactly once. */
  readonly counted: number;
  /** Answered 503 or 429 at every try: never stored. */
  readonly refused: number;
  /** Not answered, at one try at least, and not counted at another: stored at most once. */
  readonly unanswered: number;
  readonly stored: number;
  /** Counted and not stored. */
  readonly lost: number;
  /** Stored more often than was answered: counted or unanswered and there twice, or refused and there. */
  readonly doubled: number;
}

/** What the store says of itself, too. */
export interface StoreVerdict extends Verdict {
  /** Rows of `sums` that say something else than `hits` do. */
  readonly astray: number;
}

/** Compares what was answered with what is stored. All that waited must have been stored. */
export const judge = async (store: Store, sent: readonly Sent[]): Promise<StoreVerdict> => ({
  ...compare(sent, await storedByName(store)),
  astray: await countAstray(store),
});

/** @param rows how many were stored, by the name of their beacon */
export const compare = (sent: readonly Sent[], rows: ReadonlyMap<string, number>): Verdict => {
  const verdict = { sent: 0, counted: 0, refused: 0, unanswered: 0, stored: 0, lost: 0, doubled: 0 };
  for (const beacon of sent) {
    const stored = rows.get(beacon.name) ?? 0;
    const outcome = outcomeOf(beacon);
    const [least, most] = promised(beacon);
    verdict.sent += beacon.items;
    verdict[outcome] += beacon.items;
    verdict.stored += stored;
    verdict.lost += Math.max(0, least - stored);
    verdict.doubled += Math.max(0, stored - most);
  }
  return verdict;
};

/** A fault's line of the table. */
export const lineOf = (fault: string, verdict: Verdict): string => {
  const cells = Object.entries(verdict).map(([name, count]) => `${name} ${String(count).padStart(6)}`);
  return `${fault.padEnd(58)} ${cells.join('  ')}\n`;
};

const outcomeOf = ({ replies }: Sent): 'counted' | 'refused' | 'unanswered' => {
  if (replies.includes('counted') || replies.includes('duplicate')) return 'counted';
  return replies.includes('none') ? 'unanswered' : 'refused';
};

/** How many of a beacon's items are stored at least and at most, after what was answered. */
export const promised = (beacon: Sent): readonly [least: number, most: number] => {
  const outcome = outcomeOf(beacon);
  return [outcome === 'counted' ? beacon.items : 0, outcome === 'refused' ? 0 : beacon.items];
};

/** Rows of every beacon: all of its hits have its name as their title, its log line has it as its message. */
export const storedByName = async (store: Store): Promise<Map<string, number>> => {
  const rows = await store.query<{ name: string; count: number }>(
    `SELECT name, toUInt32(count()) AS count
    FROM (SELECT toString(title) AS name FROM hits UNION ALL SELECT message AS name FROM logs) GROUP BY name`,
  );
  return new Map(rows.map(({ name, count }) => [name, count]));
};

/** Increments that a row of `hits` has. */
export const INCREMENTS = [
  'views',
  'events',
  'visits',
  'visitors',
  'bounces',
  'seconds',
  'engaged_ms',
  'scroll',
] as const;
/** Those that stand in the hour in which their visit began. All others stand in that of the hit itself. */
const OF_VISITS: readonly string[] = ['visits', 'bounces', 'seconds'];
const PAGE = DIMENSIONS['event:page'].rollup;
const SEEN_BY_VISIT: readonly string[] = ['page', 'name'];

/**
 * Compares `sums` with what `hits` add up to: every increment in every dimension. Of what only `sums` has, visits that
 * met a page or an event are those whose numbers stand beside it, and moves away from a page are the views that came
 * from there. (Visitors that met it cannot be told from `hits`, by design.)
 */
export const countAstray = async (store: Store): Promise<number> => {
  const columns = [...INCREMENTS, 'seen_visits', 'moves'];
  const told = `SELECT dimension, value, day, ${columns.map((name) => `toInt64(${name}) AS ${name}`).join(', ')}
    FROM sums WHERE dimension != ${DROPS}`;
  const given = [
    addedUp(TOTAL, `'*'`),
    addedUp(HOUR, 'toString(toUnixTimestamp(hit_hour))', { of: (name) => !OF_VISITS.includes(name) }),
    addedUp(HOUR, 'toString(toUnixTimestamp(hour))', { of: (name) => OF_VISITS.includes(name) }),
    ...Object.values(DIMENSIONS).flatMap(({ column, rollup }) =>
      rollup === null || column === null
        ? []
        : [addedUp(rollup, `toString(${column})`, { seenByVisit: SEEN_BY_VISIT.includes(column) })],
    ),
    `SELECT ${PAGE}, toString(prev_page) AS value, day, ${INCREMENTS.map(() => '0').join(', ')}, 0, -toInt64(count())
    FROM hits GROUP BY value, day`,
  ];
  const [row] = await store.query<{ astray: number }>(
    `SELECT toUInt32(count()) AS astray FROM (
      SELECT dimension, value, day FROM (${[told, ...given].join(' UNION ALL ')})
      WHERE value != '' GROUP BY dimension, value, day
      HAVING ${columns.map((name) => `sum(${name}) != 0`).join(' OR ')})`,
  );
  return row?.astray ?? Number.NaN;
};

/** What is added up beside the value: which increments, and visits that met it. */
interface What {
  readonly of?: (increment: string) => boolean;
  readonly seenByVisit?: boolean;
}

const addedUp = (dimension: number, value: string, { of = () => true, seenByVisit = false }: What = {}): string =>
  `SELECT ${dimension}, ${value} AS value, day,
    ${INCREMENTS.map((name) => (of(name) ? `-toInt64(sum(h.${name}))` : '0')).join(', ')},
    ${seenByVisit ? '-toInt64(uniqExactIf(h.visit, h.views OR h.events))' : '0'}, 0
  FROM hits AS h GROUP BY value, day`;
