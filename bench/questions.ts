/**
 * `npm run bench:questions -- --hits 30 --days 90`: how long the dashboard waits on the embedded engine with so many
 * million hits, and how many bytes a hit takes on the disk. The hits are made up, and made only if the folder `--data`
 * has none: that takes about a minute for two millions.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startEngineOn } from '../packages/collector/src/engine/testing.ts';
import type { Filter, Question } from '../packages/collector/src/query/stats/query.ts';
import { createQuery } from '../packages/collector/src/query/stats/run.ts';
import { connect } from '../packages/collector/src/store/clickhouse.ts';
import { DIMENSIONS, type DimensionName } from '../packages/collector/src/store/dimensions.ts';
import { migrate } from '../packages/collector/src/store/migrate.ts';
import type { Store } from '../packages/collector/src/store/store.ts';
import { StoreError } from '../packages/collector/src/store/store-error.ts';
import { largestChildOf, usage } from './process.ts';
import { insertDay, SITES } from './questions/rows.ts';
import { SITE } from './scale-sim/beacon.ts';

const { values } = parseArgs({
  options: {
    hits: { type: 'string', default: '30' },
    days: { type: 'string', default: '90' },
    data: { type: 'string', default: join(tmpdir(), 'passerby-questions') },
  },
});
const DAYS = Number(values.days);
const HITS_A_DAY = Math.round((Number(values.hits) * 1e6) / DAYS / 10) * 10;
const ROUNDS = 5;
const MEMORY_LIMIT_EXCEEDED = 241;

const print = (text: string): boolean => process.stdout.write(`${text}\n`);
const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** What a reader looks at. */
interface View {
  readonly site: string;
  readonly range: Question['date_range'];
  readonly filters: readonly Filter[];
}

const FILTERS: Readonly<Record<string, readonly Filter[]>> = {
  none: [],
  country: [['is', 'visit:country', ['AT']]],
  page: [['is', 'event:page', ['/page-7']]],
};

/** What the page asks before anything is chosen, and all that it could ask. */
const OPEN: readonly DimensionName[] = ['event:page', 'visit:source', 'visit:country', 'visit:browser', 'event:name'];
const ALL = Object.keys(DIMENSIONS) as DimensionName[];

/** The page's questions: its figures and its chart, each with the period before, and its lists. */
const questionsOf = ({ site, range, filters }: View, lists: readonly DimensionName[]): Question[] => {
  const common = { site_id: site, date_range: range, filters };
  const include: Question['include'] = range === 'all' ? {} : { comparisons: { mode: 'previous_period' } };
  return [
    {
      ...common,
      metrics: ['visitors', 'visits', 'pageviews', 'views_per_visit', 'bounce_rate', 'visit_duration'],
      include,
    },
    { ...common, metrics: ['visitors'], dimensions: ['time:day'], include },
    ...lists.map(
      (dimension): Question => ({
        ...common,
        metrics: dimension === 'visit:exit_page' ? ['visits'] : ['visitors'],
        dimensions: [dimension],
        pagination: { limit: 10 },
      }),
    ),
  ];
};

const fill = async (store: Store): Promise<void> => {
  for (let daysAgo = DAYS - 1; daysAgo >= 0; daysAgo--)
    for (const statement of insertDay(daysAgo, HITS_A_DAY)) await insert(store, statement);
};

/** The embedded engine refuses what does not fit into its memory beside a merge. */
const insert = async (store: Store, statement: string): Promise<void> => {
  for (;;)
    try {
      return await store.command(statement);
    } catch (error) {
      if (!isOutOfMemory(error)) throw error;
      await sleep(1000);
    }
};

const isOutOfMemory = (error: unknown): boolean => error instanceof StoreError && error.code === MEMORY_LIMIT_EXCEEDED;

const printSizes = async (store: Store): Promise<void> => {
  const sizes = await store.query<{ table: string; rows: number; bytes: number }>(
    `SELECT table, toFloat64(sum(rows)) AS rows, toFloat64(sum(bytes_on_disk)) AS bytes FROM system.parts
     WHERE active AND database = currentDatabase() AND table IN ('hits', 'sums') GROUP BY table ORDER BY table`,
  );
  const hits = HITS_A_DAY * DAYS;
  for (const { table, rows, bytes } of sizes)
    print(
      `${table}: ${(rows / hits).toFixed(3)} rows and ${(bytes / hits).toFixed(1)} B a hit, ${Math.round(bytes / 1e6)} MB`,
    );
};

/** What asking took, in milliseconds, and how many questions were refused for want of memory. */
interface Took {
  readonly ms: number;
  /** CPU time of the engine: the same on a busy machine. */
  readonly cpuMs: number;
  readonly refused: number;
}

/** Asks all at once, as a browser does. */
type Ask = (questions: readonly Question[]) => Promise<Took>;

const createAsk = (store: Store, enginePid: number): Ask => {
  const query = createQuery({ store, now: Date.now });
  const firstDay = new Date(Date.now() - (DAYS - 1) * 86_400_000).toISOString().slice(0, 10);
  const ask = async (question: Question): Promise<number> => {
    try {
      await query.ask(question, { ...SITE, id: question.site_id }, firstDay);
      return 0;
    } catch (error) {
      if (isOutOfMemory(error)) return 1;
      throw error;
    }
  };
  return async (questions) => {
    const { cpuUs } = usage(enginePid);
    const begun = performance.now();
    const refused = await Promise.all(questions.map(ask));
    return {
      ms: performance.now() - begun,
      cpuMs: (usage(enginePid).cpuUs - cpuUs) / 1000,
      refused: refused.reduce((sum, one) => sum + one, 0),
    };
  };
};

const summary = (questions: readonly Question[], tries: readonly Took[]): string => {
  const refused = tries.reduce((sum, one) => sum + one.refused, 0);
  const without = refused === 0 ? '' : `, ${refused} of ${questions.length * tries.length} refused for want of memory`;
  const [ms, cpu] = [median(tries.map((one) => one.ms)), median(tries.map((one) => one.cpuMs))];
  return `${questions.length} questions ${ms.toFixed(0)} ms, CPU ${cpu.toFixed(0)} ms${without}`;
};

const several = async (ask: Ask, questions: readonly Question[]): Promise<Took[]> => {
  const tries: Took[] = [];
  for (let round = 0; round < ROUNDS; round++) tries.push(await ask(questions));
  return tries;
};

const measure = async (ask: Ask, view: View, filter: string): Promise<void> => {
  const [page, all] = [questionsOf(view, OPEN), questionsOf(view, ALL)];
  const [ofPage, ofAll] = [await several(ask, page), await several(ask, all)];
  const alone: { what: string; ms: number }[] = [];
  for (const question of all) {
    const tries = await several(ask, [question]);
    alone.push({ what: question.dimensions?.join() ?? 'figures', ms: median(tries.map(({ ms }) => ms)) });
  }
  const slowest = alone.sort((a, b) => b.ms - a.ms).slice(0, 3);
  print(
    `${view.site}, ${view.range}, filter ${filter}: ${summary(page, ofPage)}; ${summary(all, ofAll)}; ` +
      `one: median ${median(alone.map(({ ms }) => ms)).toFixed(0)} ms, slowest ${slowest.map(({ what, ms }) => `${what} ${ms.toFixed(0)}`).join(', ')}`,
  );
};

const main = async (): Promise<void> => {
  const engine = await startEngineOn(values.data);
  const store = connect(engine);
  try {
    await migrate(store, null);
    if ((await store.query('SELECT 1 FROM hits LIMIT 1')).length === 0) await fill(store);
    await printSizes(store);
    const ask = createAsk(store, largestChildOf(process.pid));
    for (const site of SITES)
      for (const range of ['7d', '28d', 'all'] as const)
        for (const [name, filters] of Object.entries(FILTERS)) await measure(ask, { site, range, filters }, name);
  } finally {
    await store.close();
    await engine.stop();
  }
};

await main();
