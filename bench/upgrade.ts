/**
 * `npm run bench:upgrade`: brings a copy of a folder of an older Passerby up to date and back, and kills the engine's process
 * at random moments on the way: each time a new one starts on the folder and goes on. At the end the tables must have every
 * row of before, in both directions, and know their tokens.
 *
 * npm run bench:upgrade -- --data /tmp/store-0.1.0 [--version 2] [--kills 20] [--seed 1]
 */
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { SILENT, startEngineOn } from '../packages/collector/src/engine/testing.ts';
import { FIRST, visit } from '../packages/collector/src/query/testing.ts';
import { connect } from '../packages/collector/src/store/clickhouse.ts';
import { keptTables } from '../packages/collector/src/store/kept-tables.ts';
import type { Batch } from '../packages/collector/src/store/lines.ts';
import type { Store } from '../packages/collector/src/store/store.ts';
import { oldBatch } from '../packages/collector/src/store/testing.ts';
import { undoUpgrade } from '../packages/collector/src/store/undo-upgrade.ts';
import { upgrade } from '../packages/collector/src/store/upgrade.ts';
import { Dice } from '../test/counting/dice.ts';
import { createRandom } from '../test/support/clock.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    version: { type: 'string', default: '2' },
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
});
if (values.data === undefined) throw new Error('--data is to be given.');
const dice = new Dice(createRandom(Number(values.seed)));
const say = (text: string): boolean => process.stdout.write(`${text}\n`);

const rows = visit('11', '2026-05-20T10:15:00+02:00', { country: 'DE' }, [{ page: '/', ...FIRST }, { page: '/a' }]);
/** Stored before; stored on the way, each time sent twice. */
const before: Batch = oldBatch(rows, 'bench-before', Number(values.version));
const waited: Batch = oldBatch(rows, 'bench-waited', Number(values.version));

const folder = await mkdtemp(join(tmpdir(), 'passerby-upgrade-'));
const dataDir = join(folder, 'data');
cpSync(values.data, dataDir, { recursive: true });

const enginePid = (): number =>
  (JSON.parse(readFileSync(join(dataDir, 'engine.json'), 'utf8')) as { engine: { pid: number } }).engine.pid;

/** Does a job with an engine of its own, which is killed after a while; -1: it is not. @returns whether it came to its end */
const live = async (job: (store: Store) => Promise<void>, killAfter: number): Promise<boolean> => {
  const engine = await startEngineOn(dataDir);
  const store = connect(engine);
  let isDead = false;
  let isOver = false;
  const kill = async (): Promise<false> => {
    await sleep(killAfter);
    // The next engine is not to die for a job that has come to its end.
    if (isOver) return false;
    isDead = true;
    process.kill(enginePid(), 'SIGKILL');
    return false;
  };
  const done = job(store).then(
    () => true,
    (error: unknown) => {
      if (!isDead) throw error;
      return false;
    },
  );
  const isDone = killAfter < 0 ? await done : await Promise.race([done, kill()]);
  isOver = true;
  await store.close();
  await engine.stop();
  await done.catch(() => false);
  return isDone;
};

const asked = async (store: Store, questions: readonly string[]): Promise<string> => {
  const found: unknown[] = [];
  for (const question of questions) found.push(await store.query(question));
  return JSON.stringify(found);
};

/** What the store has, cell by cell, whatever its columns are. */
const contents = (store: Store): Promise<string> =>
  asked(store, [
    'SELECT count(), sum(cityHash64(site, ts, visit, step, kind, page, name, source, views, events, seconds)) FROM hits',
    'SELECT count(), sum(cityHash64(site, dimension, value, day, views, events, visits, visitors, moves)) FROM sums FINAL',
    'SELECT count(), sum(cityHash64(site, ts, message)) FROM logs',
    'SELECT count(), sum(cityHash64(kind, id, version, body)) FROM config FINAL',
  ]);

/** What stays the same when values are written otherwise: hits one by one, totals by day and dimension. */
const totals = (store: Store): Promise<string> =>
  asked(store, [
    'SELECT count(), sum(cityHash64(site, ts, visit, step, kind, name, views, events, seconds)) FROM hits',
    `SELECT sum(cityHash64(site, dimension, day, n)) FROM (SELECT site, dimension, day,
      [sum(views), sum(events), sum(visits), sum(visitors), sum(seen_visits), sum(moves), toUInt64(sum(bounces))] AS n
      FROM sums GROUP BY site, dimension, day HAVING arraySum(n) != 0)`,
  ]);

let kills = 0;
/** Does a job until it comes to its end, killed at random moments as often as there are kills left of its share. */
const insist = async (job: (store: Store) => Promise<void>, share: number): Promise<void> => {
  for (let left = share; ; left--) {
    const killAfter = left > 0 ? dice.below(2500) : -1;
    if (await live(job, killAfter)) return;
    kills += 1;
  }
};

const ask = async <T>(question: (store: Store) => Promise<T>): Promise<T> => {
  let answer: T | undefined;
  await live(async (store) => {
    answer = await question(store);
  }, -1);
  return answer as T;
};

const isUp = async (store: Store): Promise<boolean> => {
  const kept = await keptTables(store);
  const [newest] = await store.query<{ version: number }>('SELECT max(version) AS version FROM migrations');
  return kept !== null && kept.version !== null && (newest?.version ?? 0) >= kept.target;
};

const expectSame = (what: string, found: string, wanted: string): void => {
  if (found !== wanted) throw new Error(`${what}: ${found}, and it was ${wanted}`);
  say(`${what}: as it was`);
};

try {
  await live((store) => store.insert(before), -1);
  const first = { contents: await ask(contents), totals: await ask(totals) };
  for (let share = Math.ceil(Number(values.kills) / 4); kills < Number(values.kills); ) {
    await insist(async (store) => {
      // Killed after its last statement it is done: another start would be the next good one, and keep nothing.
      if (!(await isUp(store))) await upgrade(store, null, SILENT);
    }, share);
    await live(async (store) => {
      for (const batch of [before, before]) await store.insert(batch);
    }, -1);
    expectSame(`up to date after ${kills} kills`, await ask(totals), first.totals);
    await live(async (store) => {
      for (const batch of [waited, waited]) await store.insert(batch);
    }, -1);
    await insist(async (store) => {
      const kept = await keptTables(store);
      if (kept !== null && kept.version !== null) await undoUpgrade(store, kept);
    }, share);
    await live((store) => store.insert(before), -1);
    expectSame(`back after ${kills} kills`, await ask(contents), first.contents);
  }
  say(`${kills} kills: every row was there, once.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
