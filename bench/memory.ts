/**
 * `npm run bench:memory -- --minutes 10 --outage 2`: memory of the collector and its engine, idle and at its peak under
 * load, with an outage of the engine in the middle. Needs Linux and a build (`npm start` makes one).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { loseEngine } from '../test/durability/faults.ts';
import { createRandom } from '../test/support/clock.ts';
import { startLoad } from '../test/support/load.ts';
import { SITE, startStand } from '../test/support/stand.ts';
import { watchRss, wordsOf } from './rss.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    outage: { type: 'string', default: '2' },
    clients: { type: 'string', default: '16' },
    seed: { type: 'string', default: '7' },
  },
});
const [minutes, outage] = [Number(values.minutes), Number(values.outage)];
const MINUTE_MS = 60_000;
const IDLE_MS = 15_000;

const print = (text: string): boolean => process.stdout.write(`${text}\n`);

const stand = await startStand();
const watch = watchRss(stand.pids);
try {
  await sleep(IDLE_MS);
  print(`start, and ${IDLE_MS / 1000} s after it: ${wordsOf(watch.take())}`);
  await sleep(IDLE_MS);
  print(`idle: ${wordsOf(watch.take())}`);

  const random = createRandom(Number(values.seed));
  const clients = Number(values.clients);
  const load = startLoad({ site: SITE, target: stand.url, random, clients, names: 20, perBrowser: 4 });
  const began = performance.now();
  await sleep(((minutes - outage) / 2) * MINUTE_MS);
  print(`load before the outage: ${wordsOf(watch.take())}`);
  await loseEngine(stand, random, outage * MINUTE_MS);
  print(`outage, ${await stand.waiting()} rows waiting at its end: ${wordsOf(watch.take())}`);
  await sleep(((minutes - outage) / 2) * MINUTE_MS);
  const seconds = (performance.now() - began) / 1000;
  await load.stop();
  await stand.drained();
  print(`load after the outage: ${wordsOf(watch.take())}`);
  print(`${(load.sent.length / seconds).toFixed(0)} beacons a second, answers: ${JSON.stringify(load.tries)}`);
  await sleep(IDLE_MS);
  watch.take();
  await sleep(IDLE_MS);
  print(`idle again: ${wordsOf(watch.take())}`);
  await stand.end();
} finally {
  watch.stop();
  await stand.clear();
}
