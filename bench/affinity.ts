/**
 * `npm run bench:affinity`: a day of visits through real load balancers before two collectors on one engine. Visitors,
 * visits, views and bounces must be those of the textbook model to the last one, and where a collector goes those that
 * the simulator of `bench:scale-sim` foretells.
 *
 * Needs Linux, where each client can have an address of its own (127.x.y.z), a build (`npm start` makes one), and nginx,
 * HAProxy or Caddy. `--browsers`, `--seed`: another day.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from '../test/support/clock.ts';
import { until } from '../test/support/until.ts';
import { BALANCERS, type Balancer, missing, startBalancer } from './affinity/balancers.ts';
import { askHealth } from './affinity/client.ts';
import { play, type Routes } from './affinity/replay.ts';
import { type Counted, openStand, type Stand } from './affinity/stand.ts';
import { type Browser, createViews, START, type View } from './scale-sim/population.ts';
import { at } from './scale-sim/scenarios.ts';
import { type Change, type Counts, simulate } from './scale-sim/simulate.ts';
import { truth } from './scale-sim/truth.ts';

const { values } = parseArgs({
  options: { browsers: { type: 'string', default: '1500' }, seed: { type: 'string', default: '7' } },
});

/** What happens to the first collector. */
interface Trouble {
  readonly name: string;
  readonly signal: NodeJS.Signals;
  readonly changes: readonly Change[];
}

const goes: Change = { at: at(12), collector: 0, to: 'down' };
const comes: Change = { at: at(12) + 600, collector: 0, to: 'up' };
const TROUBLES: readonly Trouble[] = [
  { name: 'nothing happens', signal: 'SIGTERM', changes: [] },
  { name: 'one leaves at noon (SIGTERM)', signal: 'SIGTERM', changes: [goes] },
  { name: 'one dies at noon (kill -9), is back at 12:10', signal: 'SIGKILL', changes: [goes, comes] },
];

const PORT = 4390;
const DAY_S = 86_400;
/** Stored within this time, in milliseconds, when the day is over. */
const STORED_MS = 30_000;

const views = createViews(
  { browsers: Number(values.browsers), hours: 24, visits: [78, 16, 6] },
  createRandom(Number(values.seed)),
).map((view) => ({ ...view, at: view.at - (view.at % 60) }));
const real = truth(views);

const [{ browser: anyone }] = views as [View];

const print = (text: string): boolean => process.stdout.write(`${text}\n`);

/** What the simulator counts where clients are sent as the balancer sent them, and elsewhere while theirs is down. */
const foretold = (routes: Routes, changes: readonly Change[]): Counts =>
  simulate(views, {
    collectors: 2,
    changes,
    balancer: (address, up) => up.find((collector) => routes.get(address)?.has(collector)) ?? up[0] ?? 0,
  });

const rate = ({ bounces, visits }: Counts): number => Math.round((bounces / visits) * 1000) / 10;

/** Plays a day for each trouble. @returns true if all is as foretold */
const check = async (balancer: Balancer, stand: Stand, day: () => number): Promise<boolean> => {
  let good = true;
  let routes: Routes | null = null;
  for (const { name, signal, changes } of TROUBLES) {
    await stand.start();
    const later = day() * DAY_S;
    const mine: Browser | null = routes === null ? null : clientOfFirst(routes);
    const went = await play({ stand, port: PORT, views, changes, signal, mine, later });
    // Who belongs to whom is seen on the day on which nothing happens.
    routes ??= went;
    const counted = await stored(stand, new Date((START + later) * 1000).toISOString().slice(0, 10));
    const expected = foretold(routes, changes);
    const same = isSame(counted, expected);
    good &&= same;
    print(line(balancer.name, name, counted, expected, same));
  }
  return good;
};

/** What is counted when all is stored, also what lies with a collector that is down; after a while, what there is. */
const stored = async (stand: Stand, day: string): Promise<Counted> => {
  await stand.start();
  const isAll = async (): Promise<boolean> => (await stand.counted(day)).views >= views.length;
  await until('all is stored', STORED_MS, isAll).catch(() => {});
  return stand.counted(day);
};

const isSame = (counted: Counted, expected: Counts): boolean =>
  counted.visitors === expected.visitors &&
  counted.visits === expected.visits &&
  counted.views === expected.views &&
  counted.bounceRate === rate(expected);

const line = (balancer: string, trouble: string, counted: Counted, expected: Counts, same: boolean): string => {
  const above = (what: 'visitors' | 'visits'): string => {
    const percent = ((counted[what] / real[what] - 1) * 100).toFixed(2);
    return `${counted[what]} (${percent} %)`.padEnd(17);
  };
  const { visitors, visits, views } = expected;
  return (
    `${balancer.padEnd(8)} ${trouble.padEnd(45)} ${above('visitors')} ${above('visits')} ${String(counted.views).padEnd(6)} ` +
    `${String(counted.bounceRate).padEnd(7)} ${same ? 'as foretold' : `NOT AS FORETOLD: ${visitors}, ${visits}, ${views}, ${rate(expected)}`}`
  );
};

const clientOfFirst = (routes: Routes): Browser | null =>
  views.find(({ browser }) => routes.get(browser.address)?.has(0))?.browser ?? null;

/** Puts a balancer before the collectors, plays the days, and takes it away. @returns true if all is as foretold */
const checkOne = async (balancer: Balancer, stand: Stand, folder: string, day: () => number): Promise<boolean> => {
  const running = startBalancer(balancer, PORT, stand.collectors, folder);
  const ended = new Promise((resolve) => running.once('exit', resolve));
  try {
    await until(`${balancer.name} answers`, 20_000, async () =>
      askHealth(PORT, anyone).then(
        ({ status }) => status === 200,
        () => false,
      ),
    );
    return await check(balancer, stand, day);
  } finally {
    running.kill('SIGTERM');
    await ended;
  }
};

const main = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'passerby-bench-'));
  const stand = await openStand(folder);
  print(`the truth: ${real.visitors} visitors, ${real.visits} visits, ${real.views} views, bounce rate ${rate(real)}`);
  print(`${' '.repeat(55)}${'visitors'.padEnd(18)}${'visits'.padEnd(18)}views  bounces`);
  let days = 0;
  try {
    for (const balancer of BALANCERS) {
      const install = missing(balancer);
      if (install !== null) print(install);
      // Every other day, so that no visit is of two.
      else if (!(await checkOne(balancer, stand, folder, () => 2 * days++))) process.exitCode = 1;
    }
  } finally {
    await stand.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

await main();
