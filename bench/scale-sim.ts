/**
 * `npm run bench:scale-sim -- --collectors 4 --hours 24 --seed 7`: what restarts and changes of a fleet of collectors
 * do to the numbers, in percent above the truth. The visits are made up and the time is simulated; visits are found by
 * the collector's own keys, memory and `visit` stage. Needs nothing but Node; takes a minute or two.
 *
 * - `--collectors`: several, with commas; `--restarts`: a day, for the row with restarts at any time
 * - `--browsers`: a day; `--visits`: weights of one visit a day and browser, two, three …
 * - `--hours`: 48 is two days, of which the second one is quiet
 */
import { parseArgs } from 'node:util';
import { createRandom } from '../test/support/clock.ts';
import { createBalancer } from './scale-sim/balancers.ts';
import { createViews } from './scale-sim/population.ts';
import { at, restart, type Scenario, scenarios } from './scale-sim/scenarios.ts';
import { type Counts, type Fleet, simulate } from './scale-sim/simulate.ts';
import { truth } from './scale-sim/truth.ts';

const { values } = parseArgs({
  options: {
    collectors: { type: 'string', default: '1,2,4,8,16' },
    hours: { type: 'string', default: '24' },
    seed: { type: 'string', default: '7' },
    browsers: { type: 'string', default: '30000' },
    visits: { type: 'string', default: '78,16,6' },
    restarts: { type: 'string', default: '8' },
  },
});
const list = (text: string): number[] => text.split(',').map(Number);
const fleets = list(values.collectors);
const [browsers, seed] = [Number(values.browsers), Number(values.seed)];
const RESTART_HOURS = [0, 3, 6, 9, 12, 15, 18, 21];
/** Browsers that a collector remembers, as shares of those of the day. */
const REMEMBERED = [1, 0.75, 0.5, 0.25, 0.1];

const views = createViews({ browsers, hours: Number(values.hours), visits: list(values.visits) }, createRandom(seed));
const real = truth(views);

const above = (counted: Counts, what: keyof Counts): string =>
  `+${((counted[what] / real[what] - 1) * 100).toFixed(2)}`;

const print = (text: string): boolean => process.stdout.write(`${text}\n`);
const row = (name: string, cells: readonly string[]): boolean =>
  print(name.padEnd(56) + cells.map((cell) => cell.padStart(9)).join(''));

const ofScenario = ({ balancer, changes, from = 1 }: Scenario, collectors: number): Counts | null =>
  collectors < from
    ? null
    : simulate(views, {
        collectors,
        balancer: createBalancer(balancer),
        changes: changes(collectors, createRandom(seed + collectors)),
      });

const ofOne = (fleet: Partial<Fleet>): Counts =>
  simulate(views, { collectors: 1, balancer: createBalancer('consistent'), changes: [], ...fleet });

const most = ((real.visits / real.visitors - 1) * 100).toFixed(1);
print(
  `${real.visitors} visitors, ${real.visits} visits (${most} % more), ${real.views} views, ${real.bounces} bounces`,
);
print('Percent above the truth:\n');

const results = scenarios(Number(values.restarts)).map((scenario) => ({
  name: `${scenario.name} (${scenario.balancer})`,
  counted: fleets.map((collectors) => ofScenario(scenario, collectors)),
}));
for (const what of ['visitors', 'visits', 'bounces'] as const) {
  row(
    what,
    fleets.map((collectors) => `N = ${collectors}`),
  );
  for (const { name, counted } of results)
    row(
      name,
      counted.map((counts) => (counts ? above(counts, what) : '')),
    );
  print('');
}

row(
  'one collector, restarted at',
  RESTART_HOURS.map((hour) => `${hour}:00`),
);
row(
  'visitors',
  RESTART_HOURS.map((hour) => above(ofOne({ changes: restart(0, at(hour)) }), 'visitors')),
);
print('');

row(
  'one collector, remembering of the browsers of the day',
  REMEMBERED.map((share) => `${share * 100} %`),
);
row(
  'visitors',
  REMEMBERED.map((share) => above(ofOne({ most: Math.ceil(share * browsers) }), 'visitors')),
);
