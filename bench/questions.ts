/**
 * `npm run bench:questions -- --hits 30 --days 90`: how long the dashboard waits on the embedded engine with so many
 * million hits, and how many bytes a hit takes on the disk. The hits are made up, and made only if the folder `--data`
 * has none: that takes about a minute for two millions. With `--slow` the questions that were slow once instead, beside
 * the same in plain SQL. Ends with 1 if a question was refused, or an answer was another one.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startEngineOn } from '../packages/collector/src/engine/testing.ts';
import type { Filter, Question } from '../packages/collector/src/query/stats/query.ts';
import { connect } from '../packages/collector/src/store/clickhouse.ts';
import { DIMENSIONS, type DimensionName } from '../packages/collector/src/store/dimensions.ts';
import { migrate } from '../packages/collector/src/store/migrate.ts';
import type { Store } from '../packages/collector/src/store/store.ts';
import { StoreError } from '../packages/collector/src/store/store-error.ts';
import { largestChildOf } from './process.ts';
import { createAsk, median, type Took, timed } from './questions/ask.ts';
import { insertDay, SITES } from './questions/rows.ts';
import { compareSlow } from './questions/slow.ts';

const { values } = parseArgs({
  options: {
    hits: { type: 'string', default: '30' },
    days: { type: 'string', default: '90' },
    data: { type: 'string', default: join(tmpdir(), 'passerby-questions') },
    slow: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
});
const DAYS = Number(values.days);
const HITS_A_DAY = Math.round((Number(values.hits) * 1e6) / DAYS / 10) * 10;
const ROUNDS = 5;
const MEMORY_LIMIT_EXCEEDED = 241;

const print = (text: string): boolean => process.stdout.write(`${text}\n`);

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
  const [{ hits } = { hits: 0 }] = await store.query<{ hits: number }>('SELECT toFloat64(count()) AS hits FROM hits');
  const sizes = await store.query<{ table: string; rows: number; bytes: number }>(
    `SELECT table, toFloat64(sum(rows)) AS rows, toFloat64(sum(bytes_on_disk)) AS bytes FROM system.parts
     WHERE active AND database = currentDatabase() AND table IN ('hits', 'sums') GROUP BY table ORDER BY table`,
  );
  for (const { table, rows, bytes } of sizes)
    print(
      `${table}: ${(rows / hits).toFixed(3)} rows and ${(bytes / hits).toFixed(1)} B a hit, ${Math.round(bytes / 1e6)} MB`,
    );
};

/** Until the engine merges no more, which would be taken for what questions cost. */
const merged = async (store: Store): Promise<void> => {
  while ((await store.query('SELECT 1 FROM system.merges LIMIT 1')).length > 0) await sleep(1000);
};

/** Asks all at once, as a browser does; how many were refused. */
type Ask = (questions: readonly Question[]) => Promise<Took<number>>;

const allAtOnce = (store: Store, enginePid: number): Ask => {
  const ask = createAsk(store, DAYS);
  return (questions) =>
    timed(enginePid, async () => {
      const outcomes = await Promise.all(questions.map(ask));
      return outcomes.filter((outcome) => 'refused' in outcome).length;
    });
};

const summary = (questions: readonly Question[], tries: readonly Took<number>[]): string => {
  const [ms, cpu] = [median(tries.map((one) => one.ms)), median(tries.map((one) => one.cpuMs))];
  return `${questions.length} questions ${ms.toFixed(0)} ms, CPU ${cpu.toFixed(0)} ms`;
};

const several = async (ask: Ask, questions: readonly Question[]): Promise<Took<number>[]> => {
  const tries: Took<number>[] = [];
  for (let round = 0; round < ROUNDS; round++) tries.push(await ask(questions));
  return tries;
};

const refusedOf = (tries: readonly Took<number>[]): number => tries.reduce((sum, { outcome }) => sum + outcome, 0);

/** Prints what a view takes, and what of it was refused; answers how often that was. */
const measure = async (ask: Ask, view: View, filter: string): Promise<number> => {
  const name = `${view.site}, ${view.range}, filter ${filter}`;
  const [page, all] = [questionsOf(view, OPEN), questionsOf(view, ALL)];
  const [ofPage, ofAll] = [await several(ask, page), await several(ask, all)];
  const alone: { what: string; ms: number; refused: number }[] = [];
  for (const question of all) {
    const tries = await several(ask, [question]);
    const what = question.dimensions?.join() ?? 'figures';
    alone.push({ what, ms: median(tries.map(({ ms }) => ms)), refused: refusedOf(tries) });
  }
  const slowest = alone.sort((a, b) => b.ms - a.ms).slice(0, 3);
  print(
    `${name}: ${summary(page, ofPage)}; ${summary(all, ofAll)}; ` +
      `one: median ${median(alone.map(({ ms }) => ms)).toFixed(0)} ms, slowest ${slowest.map(({ what, ms }) => `${what} ${ms.toFixed(0)}`).join(', ')}`,
  );
  for (const { what, refused } of alone)
    if (refused > 0) print(`${name}: refused: ${what}, ${refused} of ${ROUNDS} times alone`);
  const beside = refusedOf([...ofPage, ...ofAll]);
  if (beside > 0) print(`${name}: refused: ${beside} of ${(page.length + all.length) * ROUNDS} asked at once`);
  return beside + alone.reduce((sum, { refused }) => sum + refused, 0);
};

/** Whether nothing was refused. */
const askAll = async (store: Store, enginePid: number): Promise<boolean> => {
  const ask = allAtOnce(store, enginePid);
  let refused = 0;
  for (const site of SITES)
    for (const range of ['7d', '28d', 'all'] as const)
      for (const [name, filters] of Object.entries(FILTERS))
        refused += await measure(ask, { site, range, filters }, name);
  return refused === 0;
};

const main = async (): Promise<void> => {
  const engine = await startEngineOn(values.data);
  const store = connect(engine);
  try {
    await migrate(store, null);
    if ((await store.query('SELECT 1 FROM hits LIMIT 1')).length === 0) await fill(store);
    await merged(store);
    await printSizes(store);
    const enginePid = largestChildOf(process.pid);
    const isGood = values.slow
      ? await compareSlow({ store, enginePid, days: DAYS, only: values.only }, print)
      : await askAll(store, enginePid);
    process.exitCode = isGood ? 0 : 1;
  } finally {
    await store.close();
    await engine.stop();
  }
};

await main();
