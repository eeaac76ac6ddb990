/**
 * `npm run bench:soak -- --minutes 10 --seed 7`: the faults of `test/durability` in random order, under load, for some
 * minutes; then every hit is looked for. Prints a line a fault and ends with 1 if anything was lost or doubled. The
 * faults of the disk need the right to mount one. Needs Linux and a build (`npm start` makes one).
 */
import { parseArgs } from 'node:util';
import { aWhile } from '../test/durability/faults.ts';
import { createRandom } from '../test/support/clock.ts';
import { type Load, type Sent, startLoad } from '../test/support/load.ts';
import { SITE } from '../test/support/stand.ts';
import { compare, countAstray, storedByName, type Verdict } from '../test/support/verdict.ts';
import { watchRss, wordsOf } from './rss.ts';
import { DISK_FAULTS, EMBEDDED_FAULTS, type Fault, SERVER_FAULTS } from './soak/faults.ts';
import { type Field, openEmbedded, openServer } from './soak/fields.ts';
import { tableOf } from './soak/table.ts';

/** A fault in its place, and what was sent while it happened. */
interface Job {
  readonly name: string;
  readonly field: Field;
  readonly strike: (load: Load) => Promise<void>;
  readonly sent: Sent[];
  times: number;
}

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string', default: '7' } },
});
const random = createRandom(Number(values.seed));
const end = performance.now() + Number(values.minutes) * 60_000;

const print = (text: string): boolean => process.stdout.write(`${text}\n`);

const jobsOf = <F extends Field>(field: F, faults: readonly Fault<F>[]): Job[] =>
  faults.map(({ name, strike }) => ({
    name,
    field,
    strike: (load) => strike(field, load, random),
    sent: [],
    times: 0,
  }));

const shuffled = <T>(list: readonly T[]): T[] =>
  list
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);

/** One time of a fault, with its own clients. */
const run = async (job: Job, round: number): Promise<void> => {
  const how = { retries: random() < 0.5, twice: random() < 0.3 };
  const load = startLoad({ site: SITE, target: job.field.target, random, prefix: `r${round}`, ...how });
  await aWhile(random);
  await job.strike(load);
  await aWhile(random);
  await load.stop();
  if (load.strange.length > 0) throw new Error(`${job.name}: answered ${load.strange[0]}`);
  if (load.tries.counted === 0) throw new Error(`${job.name}: nothing was counted`);
  job.sent.push(...load.sent);
  job.times += 1;
  process.stderr.write(`${job.name}: ${JSON.stringify(load.tries)}\n`);
};

const [embedded, server] = [await openEmbedded(), await openServer()];
const watch = watchRss(embedded.stand.pids);
const jobs = [
  ...jobsOf(embedded, EMBEDDED_FAULTS),
  ...(embedded.disk === null ? [] : jobsOf(embedded, DISK_FAULTS)),
  ...jobsOf(server, SERVER_FAULTS),
];
if (embedded.disk === null) print('This user may not mount a disk: it is neither full nor read-only in this run.');
const verdicts = new Map<Job, Verdict>();
let astray = 0;
try {
  for (let round = 0, bag: Job[] = []; performance.now() < end; round++) {
    bag = bag.length > 0 ? bag : shuffled(jobs);
    const job = bag.pop();
    if (job !== undefined) await run(job, round);
  }
  print(`memory at its highest: ${wordsOf(watch.take())}`);
  for (const field of [embedded, server])
    await field.finish(async (store) => {
      const rows = await storedByName(store);
      for (const job of jobs.filter((one) => one.field === field)) verdicts.set(job, compare(job.sent, rows));
      astray += await countAstray(store);
    });
} finally {
  watch.stop();
  await embedded.clear();
  await server.clear();
}
print(
  tableOf(jobs.map((job) => ({ fault: job.name, times: job.times, ...(verdicts.get(job) ?? compare([], new Map())) }))),
);
print(`rows of sums that say something else than hits: ${astray}`);
const wrong = [...verdicts.values()].reduce((sum, { lost, doubled }) => sum + lost + doubled, astray);
process.exit(wrong === 0 ? 0 : 1);
