/**
 * `npm run bench:fill -- --hits 1,10,30,100 --data DIR`: a store as 90 days of 42 sites leave it, for the benches of questions
 * (`bench/questions/rows.ts` says what is in it). It grows to so many million hits one after the other, each time by more
 * browsers on each of the same days, and is kept at rest at each size in a folder of that name in `DIR`. Ten
 * millions take a core about two minutes. What was killed goes on where it was; the days stay those of the first run.
 */
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startEngineOn } from '../packages/collector/src/engine/testing.ts';
import { connect } from '../packages/collector/src/store/clickhouse.ts';
import { migrate } from '../packages/collector/src/store/migrate.ts';
import { differenceOfTotals, differences } from './questions/check.ts';
import { DAYS, dayAfter, lastDayOf, PROGRESS_FILE } from './questions/filled-store.ts';
import { type Browsers, insertHits, ROWS_OF_BROWSER } from './questions/rows.ts';
import { openWriters, type Writers } from './questions/writers.ts';

const { values } = parseArgs({
  options: {
    hits: { type: 'string', default: '1,10,30,100' },
    data: { type: 'string', default: join(tmpdir(), 'passerby-scale') },
    writers: { type: 'string', default: '2' },
  },
});
/** Browsers of one statement at most: some 280,000 rows are one block. Reading the statement alone takes 0.3 s. */
const BROWSERS = 110_000;
/** From Monday to Sunday, by the visits of a Monday. */
const WEEK = [1, 1.05, 1.05, 1, 0.9, 0.6, 0.65] as const;

const print = (text: string): boolean => process.stdout.write(`${text}\n`);

/** What a fill has done, in a folder's own file, so that it goes wherever the folder is copied to. */
const progressOf = (dir: string) => {
  const file = join(dir, PROGRESS_FILE);
  mkdirSync(dir, { recursive: true });
  // The first line is the last day: what is asked later is asked relative to it.
  if (!existsSync(file)) writeFileSync(file, `${dayAfter(new Date().toISOString().slice(0, 10), -1)}\n`);
  const [, ...tokens] = readFileSync(file, 'utf8').trim().split('\n');
  return { tokens: new Set(tokens), add: (token: string) => appendFileSync(file, `${token}\n`) };
};

const daysUntil = (lastDay: string): string[] =>
  Array.from({ length: DAYS }, (_, index) => dayAfter(lastDay, index + 1 - DAYS));

const weightOf = (day: string): number => WEEK[(new Date(day).getUTCDay() + 6) % 7] ?? 1;

/** What makes a store of `before` hits one of `after`, in the order of the days. */
const portions = (days: readonly string[], before: number, after: number): Browsers[] => {
  const whole = days.reduce((sum, day) => sum + weightOf(day), 0);
  return days.flatMap((day) => {
    const browsers = (hits: number): number => Math.round((hits * weightOf(day)) / whole / ROWS_OF_BROWSER);
    const wave = { from: browsers(before), count: browsers(after) - browsers(before) };
    const pieces = Math.max(1, Math.ceil(wave.count / BROWSERS));
    const bound = (index: number): number => wave.from + Math.round((wave.count * index) / pieces);
    return Array.from({ length: pieces }, (_, index) => ({
      ...{ day, wave, from: bound(index) },
      count: bound(index + 1) - bound(index),
    }));
  });
};

const SETTINGS = `max_threads = 1, max_insert_threads = 1, max_memory_usage = 0, max_block_size = 16384,
  min_insert_block_size_rows = 1000000, min_insert_block_size_bytes = 0, deduplicate_blocks_in_dependent_materialized_views = 1`;

/** Adds the hits; each portion once, whatever happens. */
const fill = async (writers: Writers, dir: string, before: number, after: number): Promise<void> => {
  const { tokens, add } = progressOf(dir);
  const left = portions(daysUntil(lastDayOf(dir)), before, after).filter((portion) => !tokens.has(tokenOf(portion)));
  const work = async (writer: number): Promise<void> => {
    for (let portion = left.shift(); portion !== undefined; portion = left.shift()) {
      const token = tokenOf(portion);
      await writers.run(
        writer,
        `${insertHits(portion)}\nSETTINGS insert_deduplication_token = '${token}', ${SETTINGS}`,
      );
      add(token);
    }
  };
  await Promise.all(Array.from({ length: writers.count }, (_, writer) => work(writer)));
};

const tokenOf = ({ day, from, count }: Browsers): string => `${day} ${from} ${count}`;

const settled = async (writers: Writers): Promise<void> => {
  while ((await writers.query('SELECT 1 FROM system.merges LIMIT 1')).length > 0) await sleep(1000);
};

/** @throws if a rollup says something else than its hits */
const check = async (writers: Writers, statements: readonly string[]): Promise<void> => {
  for (const statement of statements) {
    const [found] = await writers.query<{ dimension: number; different: number; values: number }>(statement);
    if (found?.different !== 0) throw new Error(`sums differ from hits: ${JSON.stringify(found)} by ${statement}`);
  }
};

const withSchema = async (dir: string): Promise<void> => {
  const engine = await startEngineOn(dir);
  const store = connect(engine);
  await migrate(store, null);
  await store.close();
  await engine.stop();
};

/** Grows the store at `dir`, and checks it. */
const grow = async (dir: string, before: number, after: number): Promise<void> => {
  await withSchema(dir);
  const writers = await openWriters(dir, Number(values.writers));
  try {
    const begun = performance.now();
    await fill(writers, dir, before, after);
    const filled = performance.now();
    await settled(writers);
    const seconds = (performance.now() - begun) / 1000;
    const [{ hits } = { hits: 0 }] = await writers.query<{ hits: number }>(
      'SELECT toFloat64(count()) AS hits FROM hits',
    );
    print(
      `${after / 1e6} M: ${hits} hits; ${Math.round((filled - begun) / 1000)} s, ${Math.round(seconds)} s with the merges`,
    );
    const days = daysUntil(lastDayOf(dir));
    await check(writers, days.map(differenceOfTotals));
    const some = days.filter((_, index) => index % (after <= 1e7 ? 10 : 40) === 9);
    await check(writers, some.flatMap(differences));
    print(`${after / 1e6} M: sums are those of the hits`);
  } finally {
    await writers.close();
  }
};

/** A folder is whole, or not there. */
const copy = (from: string, to: string): void => {
  rmSync(`${to}.part`, { recursive: true, force: true });
  cpSync(from, `${to}.part`, { recursive: true });
  renameSync(`${to}.part`, to);
};

const main = async (): Promise<void> => {
  const sizes = values.hits.split(',').map(Number);
  const growing = join(values.data, 'growing');
  for (const [index, millions] of sizes.entries()) {
    const kept = join(values.data, String(millions));
    if (existsSync(kept)) continue;
    const before = sizes[index - 1] ?? 0;
    if (!existsSync(growing) && before > 0) copy(join(values.data, String(before)), growing);
    await grow(growing, before * 1e6, millions * 1e6);
    if (index === sizes.length - 1) renameSync(growing, kept);
    else copy(growing, kept);
  }
};

await main();
