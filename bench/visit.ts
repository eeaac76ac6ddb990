/**
 * `npm run bench:visit -- --browsers 10000 --rounds 5`: processor time a hit takes to find its visit, and memory a browser
 * takes there. They are one day's browsers: 78 in 100 make one visit, 16 two, 6 three. A visit has up to six views, most
 * of them with engagement after them, some with an event.
 */
import { parseArgs } from 'node:util';
import { createVisit } from '../packages/collector/src/ingest/visits/visit.ts';
import { VisitMemory } from '../packages/collector/src/ingest/visits/visit-memory.ts';
import type { Item } from '../packages/sdk/src/wire.ts';
import { createRandom } from '../test/support/clock.ts';
import { createMakeView } from './beacons.ts';
import { collectGarbage, heapMb } from './garbage.ts';

const { values } = parseArgs({
  options: { browsers: { type: 'string', default: '10000' }, rounds: { type: 'string', default: '5' } },
});
const BROWSERS = Number(values.browsers);
const SEED = 7;
const DAY = Date.parse('2026-06-10T00:00:00Z');
const DAY_MS = 86_400_000;
/** Beacons made at a time, before the clock runs: many more of them would be garbage that is looked through meanwhile. */
const CHUNK = 5000;

/** What a browser sends, and when. */
interface Sent {
  readonly browser: number;
  readonly at: number;
  readonly items: readonly Item[];
}

/** A day, in order. */
const aDay = (): Sent[] => {
  const random = createRandom(SEED);
  const sent: Sent[] = [];
  for (let browser = 0; browser < BROWSERS; browser++) {
    const share = random();
    const visits = share < 0.78 ? 1 : share < 0.94 ? 2 : 3;
    for (let nth = 0; nth < visits; nth++) {
      let at = DAY + Math.floor(((nth + random() * 0.8) * DAY_MS) / visits);
      for (let views = Math.ceil(6 * random() ** 2); views > 0; views--) {
        sent.push({ browser, at, items: [{ k: 'view' }] });
        at += 5000 + Math.floor(random() * 60_000);
        if (random() < 0.8) sent.push({ browser, at, items: [{ k: 'engage', ms: 4000, sc: 50 }] });
        if (random() < 0.1) sent.push({ browser, at, items: [{ k: 'event', n: 'signup' }] });
      }
    }
  }
  return sent.sort((a, b) => a.at - b.at);
};

/** What finds visits, and what it remembers. */
interface Visits {
  readonly memory: VisitMemory;
  readonly visit: ReturnType<typeof createVisit>;
}

const start = (): Visits => {
  const memory = new VisitMemory(4 * BROWSERS);
  const random = createRandom(SEED);
  return { memory, visit: createVisit({ memory, random: () => Math.floor(random() * 2 ** 32) }) };
};

/** Microseconds of CPU a hit. */
const play = async (sent: readonly Sent[], { visit }: Visits): Promise<number> => {
  const makeView = await createMakeView(SEED, DAY);
  let us = 0;
  let rows = 0;
  for (let from = 0; from < sent.length; from += CHUNK) {
    const beacons = sent.slice(from, from + CHUNK).map(({ browser, at, items }) => makeView(browser, at, items));
    collectGarbage();
    const begun = process.cpuUsage();
    for (const beacon of beacons) rows += visit(beacon).rows.length;
    const { user, system } = process.cpuUsage(begun);
    us += user + system;
  }
  if (rows !== sent.length) throw new Error(`${rows} rows of ${sent.length} hits`);
  return us / rows;
};

/** Bytes a browser: what a second memory adds to the first, which is held until then. */
const weigh = async (sent: readonly Sent[]): Promise<number> => {
  const first = start();
  await play(sent, first);
  const [before, second] = [heapMb(), start()];
  await play(sent, second);
  return ((heapMb() - before) * 1e6) / Math.min(first.memory.size, second.memory.size);
};

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const sent = aDay();
const bytes = await weigh(sent);
const times: number[] = [];
for (let round = 0; round < Number(values.rounds); round++) times.push(await play(sent, start()));
process.stdout.write(
  `${sent.length} hits of ${BROWSERS} browsers, ${times.length} rounds: ${median(times).toFixed(2)} µs of CPU a hit ` +
    `(${Math.min(...times).toFixed(2)} to ${Math.max(...times).toFixed(2)}), ${bytes.toFixed(0)} B a browser\n`,
);
