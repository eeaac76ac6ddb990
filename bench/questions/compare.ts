import type { AnswerRow, DateRange } from '../../packages/collector/src/query/stats/query.ts';
import { cpuOf, createAsk, median, type Outcome, outcomeOf, several, type Took, timed } from './ask.ts';
import { dayAfter, type FilledStore } from './filled-store.ts';
import type { Range, SlowQuestion } from './slow-list.ts';

/** Rows of an answer: more than there are hours in 28 days. */
const LIMIT = 700;
const HOUR_S = 3600;
/** More than a question gets: plain SQL is there to compare with. */
const PLAIN_MEMORY = 800_000_000;
const PLAIN_SECONDS = 110;

/** What is compared where. */
export interface Comparison {
  readonly filled: FilledStore;
  readonly site: string;
  readonly range: DateRange;
  readonly rounds: number;
  /** Only the question: plain SQL takes memory that is not the product's. */
  readonly isAlone: boolean;
  /** Of what the question filters by, what is the same on all hits of a visit: a condition on `hits`. */
  readonly where?: string;
}

/** A question's times, beside those of the same in plain SQL on single hits. */
export interface Compared {
  readonly ms: number;
  readonly cpuMs: number;
  /** Null: not asked. */
  readonly plainCpuMs: number | null;
  readonly rows: number;
  /** Why there was no answer; null: there was one. */
  readonly refused: string | null;
  /** Rows that differ; null: not compared. */
  readonly different: number | null;
}

type Rows = readonly Pick<AnswerRow, 'dimensions' | 'metrics'>[];

/** Asks a question, and the same in plain SQL. */
export const compare = async (
  { filled, site, range, rounds, isAlone, where = 'true' }: Comparison,
  { question, plain }: SlowQuestion,
): Promise<Compared> => {
  const { store, enginePid } = filled;
  const ask = createAsk(filled);
  const limit = question.pagination?.limit ?? LIMIT;
  const asked = await several(rounds, () =>
    timed(enginePid, () => ask({ ...question, site_id: site, date_range: range, pagination: { limit } })),
  );
  const statement = sorted(plain(conditions(filled, site, range, where)), question, limit);
  const selected = isAlone ? null : await timed(enginePid, () => outcomeOf(store.query<PlainRow>(statement)));
  const ours = asked.at(-1)?.outcome;
  const found = rows(ours, ({ results }) => results);
  const wanted = rows(selected?.outcome, (all) => all.map((row) => plainRow(row, question)));
  return {
    ms: median(asked.map(({ ms }) => ms)),
    cpuMs: cpuOf(asked),
    plainCpuMs: selected?.cpuMs ?? null,
    rows: found?.length ?? 0,
    refused: refusalIn(asked),
    different: found === null || wanted === null ? null : differences(found, wanted),
  };
};

/** As a line. */
export const written = ({ ms, cpuMs, plainCpuMs, rows, refused, different }: Compared): string => {
  const verdict = different === null ? 'not compared' : different === 0 ? 'equal' : `${different} ROWS DIFFER`;
  const parts = [
    `${ms.toFixed(0)} ms, CPU ${cpuMs.toFixed(0)} ms`,
    plainCpuMs === null
      ? []
      : `plain SQL CPU ${plainCpuMs.toFixed(0)} ms (${(plainCpuMs / Math.max(cpuMs, 1)).toFixed(1)} times), ${verdict}`,
    `${rows} rows`,
    refused === null ? [] : `REFUSED: ${refused.slice(0, 90)}`,
  ];
  return parts.flat().join('; ');
};

const refusalIn = (tries: readonly Took<Outcome<unknown>>[]): string | null => {
  const refused = tries.find(({ outcome }) => 'refused' in outcome)?.outcome;
  return refused !== undefined && 'refused' in refused ? refused.refused : null;
};

const rows = <T>(outcome: Outcome<T> | undefined, of: (answer: T) => Rows): Rows | null =>
  outcome !== undefined && 'answer' in outcome ? of(outcome.answer) : null;

/** The hits of a range on a site, which is in UTC. */
const conditions = ({ now, lastDay, firstDay }: FilledStore, site: string, range: DateRange, where: string): Range => {
  const first =
    range === 'all' ? firstDay : dayAfter(lastDay, 1 - (range === '24h' ? 2 : Number.parseInt(String(range), 10)));
  const hour = Math.floor(now() / 1000 / HOUR_S) * HOUR_S;
  const from = range === '24h' ? hour - 23 * HOUR_S : 0;
  return {
    days: `site = '${site}' AND day >= '${first}' AND day <= '${lastDay}' AND ${where}`,
    hours: `toUnixTimestamp(hit_hour) BETWEEN ${from} AND ${hour}`,
  };
};

type PlainRow = Readonly<Record<string, string | number | null>>;

const sorted = (select: string, { metrics, dimensions = [] }: SlowQuestion['question'], limit: number): string => {
  const names = dimensions.map((_, index) => `d${index}`);
  const by = dimensions.some((name) => name.startsWith('time')) ? names : ['m0 DESC NULLS LAST', ...names];
  const columns = [...names, ...metrics.map((_, index) => `toFloat64(m${index}) AS n${index}`)];
  return `SELECT ${columns.join(', ')} FROM (${select}) ORDER BY ${by.join(', ')} LIMIT ${limit}
SETTINGS max_threads = 1, join_use_nulls = 0, max_memory_usage = ${PLAIN_MEMORY}, max_execution_time = ${PLAIN_SECONDS}`;
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
