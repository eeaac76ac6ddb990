/**
 * `npm run test:counting`: the numbers of the collector beside those of the textbook, for as long as one likes. Not a part
 * of `npm test`, which does the same in short: `npm run test:counting -- --questions 5000 --seed 7`.
 */
import { parseArgs } from 'node:util';
import { Drill, ERAS } from './drill.ts';
import { troubles } from './troubles.ts';

const { values } = parseArgs({
  options: {
    questions: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    people: { type: 'string', default: '60' },
    bail: { type: 'boolean', default: false },
  },
});
const [questions, seed, people] = [Number(values.questions), Number(values.seed), Number(values.people)];
if (![questions, seed, people].every((number) => Number.isInteger(number) && number > 0))
  throw new RangeError('--questions, --seed and --people are whole numbers from 1 on.');
/** Differences that are shown. */
const SHOWN = 20;
/** As a difference names a number, or a group that one of both has not. */
const NUMBER = /(\w+) \S+ instead of|"(?:expected|told)":/g;

const drill = await Drill.start({ seed, people });
const total = { beacons: 0, questions: 0, sums: 0, hits: 0, differences: 0 };
/** Differences by what differs and where the answer came from. */
const kinds = new Map<string, number>();
/** With `--bail` one difference is enough. */
const isEnough = (): boolean => values.bail && total.differences > 0;
const begun = performance.now();
try {
  for (const [index, era] of ERAS.entries()) {
    if (isEnough()) break;
    total.beacons += await drill.pass(era);
    for (const [at, { domain }] of drill.sites.entries()) {
      if (isEnough()) break;
      const drawn = drill.questions(domain);
      const left = (ERAS.length - index) * drill.sites.length - at;
      const due = Math.ceil((questions - total.questions) / left);
      // Half of them are of the list, in even steps; the rest is drawn by chance.
      const list = drawn.listed();
      const step = Math.max(1, Math.ceil((2 * list.length) / due));
      const listed = list.filter((_, place) => place % step === (index * drill.sites.length + at) % step);
      const asked = [...listed, ...drawn.mixed(Math.max(0, due - listed.length))].slice(0, due);
      const answers = await drill.replay.compare(domain, asked);
      total.questions += asked.length;
      for (const { source, wrong } of answers) {
        total[source] += 1;
        if (wrong === '') continue;
        total.differences += 1;
        for (const [, what] of wrong.matchAll(NUMBER)) {
          const kind = `${what ?? 'other'} from ${source}`;
          kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        }
        if (total.differences <= SHOWN) process.stdout.write(`${wrong}\n`);
      }
    }
  }
} finally {
  await drill.stop();
}
const visits = drill.books.flatMap((book) => book.visits).length;
for (const [trouble, times] of Object.entries(troubles(drill.books))) process.stdout.write(`${times} ${trouble}\n`);
for (const [kind, times] of kinds) process.stdout.write(`${times} times wrong: ${kind}\n`);
process.stdout.write(
  `Seed ${seed}: ${visits} visits in ${total.beacons} beacons; ${total.questions} questions, ${total.sums} answers from ` +
    `sums and ${total.hits} from hits; ${total.differences} differences in ${Math.round((performance.now() - begun) / 1000)} s\n`,
);
if (total.differences > 0) process.exitCode = 1;
