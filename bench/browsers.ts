/**
 * `npm run bench:browsers -- --browsers 1000000`: what the memory of a collector takes for so many browsers of a day, two
 * views each on average, and how long the garbage collector stops it. The stages before the spool are the real ones.
 */
import { PerformanceObserver } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { createVisit } from '../packages/collector/src/ingest/visits/visit.ts';
import { VisitMemory } from '../packages/collector/src/ingest/visits/visit-memory.ts';
import { createRandom } from '../test/support/clock.ts';
import { createMakeView } from './beacons.ts';
import { heapMb } from './garbage.ts';

const { values } = parseArgs({ options: { browsers: { type: 'string', default: '300000' } } });
const browsers = Number(values.browsers);

const now = Date.now();
const random = createRandom(7);
const makeView = await createMakeView(7);
const memory = new VisitMemory(2 * browsers);
const visit = createVisit({ memory, random: () => Math.floor(random() * 2 ** 32) });

visit(makeView(0, now));
const before = heapMb();
let longest = 0;
const observer = new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
});
observer.observe({ entryTypes: ['gc'] });
for (let views = 0; views < 2 * browsers; views++) {
  visit(makeView(views < browsers ? views : Math.floor(random() * browsers), now));
  // Lets the observer hear of pauses.
  if (views % 1000 === 0) await new Promise((resolve) => setImmediate(resolve));
}
observer.disconnect();
const { rss } = process.memoryUsage();
const after = heapMb();
process.stdout.write(
  `${memory.size} browsers: ${(((after - before) * 1e6) / memory.size).toFixed(0)} B each, heap ${after.toFixed(0)} MB, ` +
    `RSS ${(rss / 1e6).toFixed(0)} MB, longest pause ${longest.toFixed(0)} ms\n`,
);
