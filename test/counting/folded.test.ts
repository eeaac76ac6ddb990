import { afterAll, beforeAll, expect, test } from 'vitest';
import { openGeo } from '../../packages/collector/src/privacy/geo.ts';
import { createClock, createRandom } from '../support/clock.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';
import { Dice } from './dice.ts';
import { createPeople, live } from './people.ts';
import { Questions } from './questions.ts';
import { Replay } from './replay.ts';
import { SITES } from './world.ts';

const SEED = Number(process.env.COUNTING_SEED ?? 20_360_701);
const MOST = { pages: 4, events: 2 };
const FROM = Date.parse('2036-07-01T12:00:00Z');
const TO = Date.parse('2036-07-03T12:00:00Z');

/** In the places of the world there are too few different values to fold: countries are all that is kept here. */
const [SITE] = SITES.map((site) => ({ ...site, places: 'country' as const }));

/** The numbers of a day on which there were more pages and event names than are kept. */
let collector: TestCollector;
const clock = createClock(FROM);
const dice = new Dice(createRandom(SEED));

beforeAll(async () => {
  collector = await startTestCollector({
    now: clock.now,
    random: createRandom(SEED + 1),
    geo: await openGeo(),
    settings: { valueLimits: { page: MOST.pages, event: MOST.events } },
  });
});
afterAll(() => collector.stop());

test('pages and events that are one value too many are (other), in hits and sums alike', async () => {
  if (SITE === undefined) throw new Error('There is no site.');
  const replay = new Replay(collector, clock);
  await replay.add(SITE, MOST);
  const era = { name: 'two midnights', from: FROM, to: TO };
  await replay.deliver(live(createPeople(24, dice), [SITE], era, dice, { share: 1, times: 5 }));
  const book = replay.book(SITE.domain);
  const drawn = new Questions(SITE.domain, book, Math.floor(clock.now() / 1000), dice);
  const questions = [...drawn.listed().filter((_, at) => at % 20 === 0), ...drawn.mixed(10)];
  const wrong = (await replay.compare(SITE.domain, questions))
    .map((answer) => answer.wrong)
    .filter((text) => text !== '');
  expect(wrong.slice(0, 10).join('\n'), `COUNTING_SEED=${SEED}`).toBe('');
  expect(book.dropped.other).toBeGreaterThan(50);
  expect(book.hits.some(({ visit, page }) => page === '(other)' && visit.hits[0]?.page !== '(other)')).toBe(true);
}, 200_000);
