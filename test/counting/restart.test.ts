import { expect, test } from 'vitest';
import { startTestEngine } from '../../packages/collector/src/engine/testing.ts';
import { createClock } from '../support/clock.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';
import { Drill } from './drill.ts';

const DOMAIN = 'kiosk.example';
const DAY = 24 * 60;

const SEED = Number(process.env.COUNTING_SEED ?? 20_360_611);
const at = (time: string): number => Date.parse(time);

/** Browsers by number, and the minute of the day at which each views a page. */
type Views = readonly (readonly [browser: number, minute: number])[];

const each = (from: number, to: number, minute: (browser: number) => number): Views =>
  Array.from({ length: to - from }, (_, index) => [from + index, minute(from + index)]);

/** 20 browsers come between 9:00 and 9:19. */
const MORNING = each(0, 20, (browser) => 9 * 60 + browser);
/** From 9:25 on 10 of them go on, each 25 minutes after its first view; at 14:00 come 5 others of them and 5 new ones. */
const AFTERNOON = [
  ...each(0, 10, (browser) => 9 * 60 + 25 + browser),
  ...each(10, 15, () => 14 * 60),
  ...each(20, 25, () => 14 * 60),
];
const NEXT_DAY = each(0, 25, () => DAY + 12 * 60);

/** A collector that has just been started knows nobody: with its memory it lost its keys, too. */
test('a restart counts again whoever comes back that day, and cuts the visits under way', {
  timeout: 60_000,
}, async () => {
  const start = Date.parse('2036-05-05T00:00:00Z');
  const clock = createClock(start);
  const engine = await startTestEngine();
  const begin = (): Promise<TestCollector> => startTestCollector({ engine, now: clock.now });
  const views = async (collector: TestCollector, list: Views): Promise<void> => {
    for (const [browser, minute] of list) {
      clock.set(start + minute * 60_000);
      const beacon = { s: DOMAIN, u: `https://${DOMAIN}/`, i: [{ k: 'view' as const }] };
      await collector.send(beacon, { address: `86.150.0.${browser}` });
    }
    await collector.flush();
  };

  const before = await begin();
  await before.api('POST', '/api/sites', { domain: DOMAIN });
  await views(before, MORNING);
  const after = await begin();
  await views(after, [...AFTERNOON, ...NEXT_DAY]);
  const { results } = await after.query({
    site_id: DOMAIN,
    metrics: ['visitors', 'visits', 'pageviews'],
    dimensions: ['time:day'],
    date_range: ['2036-05-05', '2036-05-06'],
  });
  await after.stop();

  const truth = { visitors: 25, visits: 20 + 5 + 5, pageviews: 40 };
  const [comeBack, underWay] = [10 + 5, 10];
  expect(results).toEqual([
    { dimensions: ['2036-05-05'], metrics: [truth.visitors + comeBack, truth.visits + underWay, truth.pageviews] },
    { dimensions: ['2036-05-06'], metrics: [25, 25, 25] },
  ]);
});

const ERA = { name: 'a restart at noon', from: at('2036-06-10T18:00:00Z'), to: at('2036-06-12T06:00:00Z') };
const NOON = at('2036-06-11T12:00:00Z');

test('to the collector after a restart everybody is new, and nothing else is otherwise', {
  timeout: 200_000,
}, async () => {
  const drill = await Drill.start({ seed: SEED, people: 16, custom: { share: 0.7, times: 6 } });
  await drill.pass(ERA, NOON);
  const wrong: string[] = [];
  for (const { domain } of drill.sites) {
    const drawn = drill.questions(domain);
    const questions = [...drawn.listed().filter((_, place) => place % 300 === 0), ...drawn.mixed(3)];
    const answers = await drill.replay.compare(domain, questions);
    wrong.push(...answers.map((answer) => answer.wrong).filter((text) => text !== ''));
  }
  await drill.stop();
  expect(wrong.slice(0, 10).join('\n'), `COUNTING_SEED=${SEED}`).toBe('');
  expect(drill.books.filter((book) => book.visits.some(({ browser }) => browser.endsWith(' 1')))).toHaveLength(6);
});
