import { afterAll, beforeAll, expect, test } from 'vitest';
import { Drill, ERAS } from './drill.ts';
import type { Compared } from './replay.ts';
import { troubles } from './troubles.ts';
import { SITES } from './world.ts';

/** Another seed, another world: `COUNTING_SEED=7 npx vitest run test/counting`. More of it: `npm run test:counting`. */
const SEED = Number(process.env.COUNTING_SEED ?? 20_360_330);
const PEOPLE = 26;
/** Questions by chance, of one site after one era; and of the list, so many parts of which one is asked: a third of it in all. */
const MIXED = 5;
const PARTS = 3 * ERAS.length * SITES.length;

const compared: Compared[] = [];
const total = { beacons: 0, questions: 0 };
let drill: Drill;

beforeAll(async () => {
  drill = await Drill.start({ seed: SEED, people: PEOPLE });
});
afterAll(() => drill.stop());

test.each(ERAS.map((each, index) => ({ ...each, index })))(
  '$name',
  { timeout: 200_000 },
  async ({ index, ...each }) => {
    total.beacons += await drill.pass(each);
    for (const [at, { domain }] of SITES.entries()) {
      const drawn = drill.questions(domain);
      const part = 3 * (index * SITES.length + at) + (SEED % 3);
      const questions = [...drawn.listed().filter((_, place) => place % PARTS === part), ...drawn.mixed(MIXED)];
      const answers = await drill.replay.compare(domain, questions);
      total.questions += questions.length;
      compared.push(...answers);
      const wrong = answers.map((answer) => answer.wrong).filter((text) => text !== '');
      expect(wrong.slice(0, 10).join('\n'), `COUNTING_SEED=${SEED}`).toBe('');
    }
  },
);

test.each(SITES)('what $domain left out', async ({ domain }) => {
  const { results } = await drill.collector.query({
    site_id: domain,
    metrics: ['events'],
    dimensions: ['drop:reason'],
    date_range: 'year',
  });
  const dropped = Object.fromEntries(results.map(({ dimensions: [reason], metrics: [count] }) => [reason, count]));
  expect({ other: 0, ...dropped }).toEqual(drill.replay.book(domain).dropped);
});

test('every trouble has occurred', () => {
  expect(Object.entries(troubles(drill.books)).filter(([, times]) => times < 3)).toEqual([]);
});

test('visits and questions enough', () => {
  const visits = drill.books.flatMap((book) => book.visits).length;
  const fromSums = compared.filter(({ source }) => source === 'sums').length;
  const wrong = compared.filter((answer) => answer.wrong !== '').length;
  process.stdout.write(
    `Counting (seed ${SEED}): ${visits} visits in ${total.beacons} beacons replayed; ${total.questions} questions, ` +
      `${fromSums} answered from sums and ${compared.length - fromSums} from hits; ${wrong} differences\n`,
  );
  expect(visits).toBeGreaterThan(1000);
  expect(total.questions).toBeGreaterThan(450);
});
