import type { AnswerRow, DateRange } from '../../packages/collector/src/query/stats/query.ts';
import type { Store } from '../../packages/collector/src/store/store.ts';
import { createAsk, median, type Outcome, outcomeOf, type Took, timed } from './ask.ts';
import { SITES } from './rows.ts';
import { type Range, SLOW, type SlowQuestion } from './slow-list.ts';

const ROUNDS = 3;
/** Rows of an answer: more than there are hours in 28 days. */
const LIMIT = 700;
const HOUR_S = 3600;

/** Where the hits are. */
export interface Filled {
  readonly store: Store;
  readonly enginePid: number;
  /** Days back from today that there are hits of. */
  readonly days: number;
  /** Only the questions whose name has this in it. */
  readonly only: string;
}

/** Prints each question's CPU time, that of the same in plain SQL, and whether the answers are equal. False: not all are. */
export const compareSlow = async (filled: Filled, print: (line: string) => void): Promise<boolean> => {
  let allEqual = true;
  for (const slow of SLOW.filter(({ what }) => what.includes(filled.only)))
    for (const range of slow.ranges ?? (['7d', '28d', 'all'] as const)) {
      const { line, isEqual } = await compare(filled, slow, range);
      print(line);
      allEqual &&= isEqual;
    }
  return allEqual;
};

type Rows = readonly Pick<AnswerRow, 'dimensions' | 'metrics'>[];

const compare = async (
  { store, enginePid, days }: Filled,
  { what, question, plain }: SlowQuestion,
  range: DateRange,
): Promise<{ line: string; isEqual: boolean }> => {
  const ask = createAsk(store, days);
  const site_id = SITES[0];
  const asked = await several(() =>
    timed(enginePid, () => ask({ ...question, site_id, date_range: range, pagination: { limit: LIMIT } })),
  );
  const statement = sorted(plain(conditions(range, days)), question);
  const selected = await several(() => timed(enginePid, () => outcomeOf(store.query<PlainRow>(statement))));
  const [ours, theirs] = [asked.at(-1)?.outcome, selected.at(-1)?.outcome];
  const found = rows(ours, ({ results }) => results);
  const wanted = rows(theirs, (all) => all.map((row) => plainRow(row, question)));
  const different = found === null || wanted === null ? null : differences(found, wanted);
  const verdict = different === null ? 'not compared' : different === 0 ? 'equal' : `${different} rows differ`;
  return {
    line: `${what}, ${range}: ${cost(asked)}; plain SQL ${cost(selected)}; ${found?.length ?? 0} rows, ${verdict}`,
    isEqual: different === 0,
  };
};

const several = async <T>(run: () => Promise<Took<T>>): Promise<Took<T>[]> => {
  const tries: Took<T>[] = [];
  for (let round = 0; round < ROUNDS; round++) tries.push(await run());
  return tries;
};

const cost = (tries: readonly Took<Outcome<unknown>>[]): string => {
  const refused = tries.find(({ outcome }) => 'refused' in outcome)?.outcome;
  const cpu = `CPU ${median(tries.map(({ cpuMs }) => cpuMs)).toFixed(0)} ms`;
  return refused !== undefined && 'refused' in refused ? `${cpu}, refused: ${refused.refused.slice(0, 90)}` : cpu;
};

const rows = <T>(outcome: Outcome<T> | undefined, of: (answer: T) => Rows): Rows | null =>
  outcome !== undefined && 'answer' in outcome ? of(outcome.answer) : null;

/** The hits of a range on the site, which is in UTC. */
const conditions = (range: DateRange, days: number): Range => {
  const back = range === 'all' ? days : range === '24h' ? 2 : Number.parseInt(String(range), 10);
  const now = Math.floor(Date.now() / 1000 / HOUR_S) * HOUR_S;
  const from = range === '24h' ? now - 23 * HOUR_S : 0;
  return {
    days: `site = '${SITES[0]}' AND day > today() - ${back} AND day <= today()`,
    hours: `toUnixTimestamp(hit_hour) BETWEEN ${from} AND ${now}`,
  };
};

type PlainRow = Readonly<Record<string, string | number | null>>;

const sorted = (select: string, { metrics, dimensions = [] }: SlowQuestion['question']): string => {
  const names = dimensions.map((_, index) => `d${index}`);
  const by = dimensions.includes('time:hour') ? names : ['m0 DESC NULLS LAST', ...names];
  const columns = [...names, ...metrics.map((_, index) => `toFloat64(m${index}) AS n${index}`)];
  return `SELECT ${columns.join(', ')} FROM (${select}) ORDER BY ${by.join(', ')} LIMIT ${LIMIT}
SETTINGS max_threads = 1, join_use_nulls = 0`;
};

const plainRow = (row: PlainRow, { metrics, dimensions = [] }: SlowQuestion['question']): Rows[number] => ({
  dimensions: dimensions.map((_, index) => String(row[`d${index}`])),
  metrics: metrics.map((_, index) => {
    const value = row[`n${index}`];
    return value === null || value === undefined ? null : Number(value);
  }),
});

const differences = (found: Rows, wanted: Rows): number => {
  const text = (row: Rows[number] | undefined): string => JSON.stringify([row?.dimensions, row?.metrics]);
  const places = Array.from({ length: Math.max(found.length, wanted.length) }, (_, index) => index);
  return places.filter((index) => text(found[index]) !== text(wanted[index])).length;
};
