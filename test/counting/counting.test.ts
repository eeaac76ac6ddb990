import { afterAll, beforeAll, expect, test } from 'vitest';
import { openGeo, type Place } from '../../packages/collector/src/privacy/geo.ts';
import { createClock, createRandom } from '../support/clock.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';
import { Dice } from './dice.ts';
import { createPeople, type Era, live } from './people.ts';
import { Questions } from './questions.ts';
import { type Compared, Replay } from './replay.ts';
import { troubles } from './troubles.ts';
import { cityIn, regionIn, SITES } from './world.ts';

/** Another seed, another world: `COUNTING_SEED=7 npx vitest run test/counting`. */
const SEED = Number(process.env.COUNTING_SEED ?? 20_360_330);
const PEOPLE = 230;
const MIXED = 60;

const utc = (time: string): number => Date.parse(`${time}:00Z`);

const era = (name: string, from: string, to: string, changes: readonly string[]): Era => {
  const day = from.slice(0, 10);
  const nextDay = new Date(utc(from) + 86_400_000).toISOString().slice(0, 10);
  // Midnight in Kathmandu, in Berlin in winter and in summer, in UTC, in Los Angeles in summer and in winter.
  const midnights = ['18:15', '23:00', '22:00', '00:00', '07:00', '08:00'].map((time) => `${nextDay}T${time}`);
  return { name, from: utc(from), to: utc(to), busy: [...midnights, `${day}T18:15`, ...changes].map(utc) };
};

/**
 * Days around a change of clocks, and their midnights. They lie in the future because the store deletes old hits by a
 * clock that no test can set.
 */
const ERAS: readonly Era[] = [
  era('Los Angeles springs forward', '2036-03-08T08:00', '2036-03-10T16:00', ['2036-03-09T10:00', '2036-03-10T07:00']),
  era('Berlin springs forward', '2036-03-29T00:00', '2036-03-31T08:00', ['2036-03-30T01:00', '2036-03-30T22:00']),
  era('Berlin falls back', '2036-10-25T06:00', '2036-10-27T10:00', ['2036-10-26T00:00', '2036-10-26T01:00']),
  era('Los Angeles falls back', '2036-11-01T09:00', '2036-11-03T18:00', ['2036-11-02T09:00', '2036-11-03T08:00']),
];

const dice = new Dice(createRandom(SEED));
const people = createPeople(PEOPLE, dice);
const clock = createClock(ERAS[0]?.from ?? 0);
const compared: Compared[] = [];
const total = { beacons: 0, questions: 0 };
let collector: TestCollector;
let replay: Replay;

beforeAll(async () => {
  const { place, attribution } = await openGeo();
  const exact = (address: string): Place => {
    const { country } = place(address);
    return { country, region: regionIn(country), city: cityIn(country) };
  };
  const geo = { place: exact, attribution };
  collector = await startTestCollector({ now: clock.now, random: createRandom(SEED + 1), geo });
  replay = new Replay(collector, clock);
  for (const site of SITES) await replay.add(site);
});

afterAll(async () => {
  await collector.stop();
});

test.each(ERAS.map((each, index) => ({ ...each, index })))('$name', { timeout: 200_000 }, async (each) => {
  const sent = live(people, SITES, each, dice);
  await replay.deliver(sent);
  total.beacons += sent.length;
  for (const { domain } of SITES) {
    const drawn = new Questions(domain, replay.book(domain), Math.floor(clock.now() / 1000), dice);
    // Each era asks its part of the whole list, and others by chance.
    const listed = [...drawn.systematic(), ...drawn.filtered(), ...drawn.revenue()].filter(
      (_, at) => at % ERAS.length === each.index,
    );
    const questions = [...listed, ...drawn.mixed(MIXED)];
    const answers = await replay.compare(domain, questions);
    total.questions += questions.length;
    compared.push(...answers);
    const wrong = answers.map((answer) => answer.wrong).filter((text) => text !== '');
    expect(wrong.slice(0, 10).join('\n'), `COUNTING_SEED=${SEED}`).toBe('');
  }
});

test.each(SITES)('what $domain left out', async ({ domain }) => {
  const { results } = await collector.query({
    site_id: domain,
    metrics: ['events'],
    dimensions: ['drop:reason'],
    date_range: 'year',
  });
  const dropped = Object.fromEntries(results.map(({ dimensions: [reason], metrics: [count] }) => [reason, count]));
  expect({ other: 0, ...dropped }).toEqual(replay.book(domain).dropped);
});

test('every trouble has occurred', () => {
  const occurred = troubles(SITES.map(({ domain }) => replay.book(domain)));
  expect(Object.entries(occurred).filter(([, times]) => times < 5)).toEqual([]);
});

test('thousands of visits and questions', () => {
  const visits = SITES.flatMap(({ domain }) => replay.book(domain).visits).length;
  const fromSums = compared.filter(({ source }) => source === 'sums').length;
  const wrong = compared.filter((answer) => answer.wrong !== '').length;
  process.stdout.write(
    `Counting (seed ${SEED}): ${visits} visits in ${total.beacons} beacons replayed; ${total.questions} questions, ` +
      `${fromSums} answered from sums and ${compared.length - fromSums} from hits; ${wrong} differences\n`,
  );
  expect(visits).toBeGreaterThan(5000);
  expect(total.questions).toBeGreaterThan(2000);
});
