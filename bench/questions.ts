/**
 * `npm run bench:questions -- --data DIR`: what the statistics page of the dashboard takes on the embedded engine, for a site
 * with half of the hits, one with a tenth and one with a hundredth: the page in one request, then each of its questions
 * beside the same in plain SQL on single hits; then what a hit takes on the disk, by column. With `--slow` the questions
 * that were slow once instead; with `--alone` nothing in plain SQL, whose memory is the engine's too. The folder is one that
 * `npm run bench:fill` made. Ends with 1 if a question was refused, or an answer was another one.
 */
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { DateRange } from '../packages/collector/src/query/stats/query.ts';
import type { Store } from '../packages/collector/src/store/store.ts';
import { cpuOf, createAskTogether, median, several, type Took, timed } from './questions/ask.ts';
import { type Compared, compare, written } from './questions/compare.ts';
import { diskLines } from './questions/disk.ts';
import { type FilledStore, openFilledStore } from './questions/filled-store.ts';
import { CHOSEN, type Chosen, type PageQuestion, pageQuestions } from './questions/page.ts';
import { SLOW } from './questions/slow-list.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: join(tmpdir(), 'passerby-scale', '10') },
    sites: { type: 'string', default: 'half,tenth,hundredth-60' },
    ranges: { type: 'string', default: '28d' },
    filters: { type: 'string', default: 'none,country,page' },
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '3' },
    slow: { type: 'boolean', default: false },
    alone: { type: 'boolean', default: false },
  },
});
const SITES = values.sites.split(',');
const RANGES = values.ranges.split(',') as DateRange[];
const ROUNDS = Number(values.rounds);
const asked = { rounds: ROUNDS, isAlone: values.alone };

const print = (text: string): boolean => process.stdout.write(`${text}\n`);

/** Until the engine merges no more, which would be taken for what questions cost. */
const merged = async (store: Store): Promise<void> => {
  while ((await store.query('SELECT 1 FROM system.merges LIMIT 1')).length > 0) await sleep(1000);
};

/** What plain SQL has no memory for cannot be compared. */
const isGood = ({ refused, different }: Compared): boolean => refused === null && (different ?? 0) === 0;

const took = (tries: readonly Took<number>[]): string =>
  `${median(tries.map(({ ms }) => ms)).toFixed(0)} ms, CPU ${cpuOf(tries).toFixed(0)} ms, ` +
  `${tries.reduce((sum, { outcome }) => sum + outcome, 0)} refused`;

/** Most memory that a process has had, in MB. */
const peakMb = (pid: number): number =>
  Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);

/** One view of the page. */
type Ask = (filled: FilledStore, site: string, range: DateRange, chosen: Chosen) => Promise<boolean>;

/** Many questions in one request. */
const askTogether =
  (isAsked: (question: PageQuestion) => boolean): Ask =>
  async (filled, site, range, chosen) => {
    const questions = pageQuestions(chosen)
      .filter(isAsked)
      .map(({ question }) => ({ ...question, site_id: site, date_range: range }));
    const ask = createAskTogether(filled);
    const tries = await several(ROUNDS, () => timed(filled.enginePid, () => ask(questions)));
    const memory = `engine ${peakMb(filled.enginePid)} MB at most so far`;
    print(`${site}, ${range}, ${chosen.name}: ${questions.length} questions in one request: ${took(tries)}; ${memory}`);
    return tries.every(({ outcome }) => outcome === 0);
  };

/** The page as it is opened, and all that could be chosen in its panels. */
const askPage = askTogether(({ isOpen }) => isOpen);
const askAll = askTogether(() => true);

const askEach: Ask = async (filled, site, range, chosen) => {
  let good = true;
  for (const question of pageQuestions(chosen).filter(({ what }) => what.includes(values.only))) {
    const found = await compare({ filled, site, range, ...asked, where: question.where }, question);
    print(`${site}, ${range}, ${chosen.name}: ${question.what}: ${written(found)}`);
    good &&= isGood(found);
  }
  return good;
};

const askPages = async (filled: FilledStore): Promise<boolean> => {
  let good = true;
  const chosen = CHOSEN.filter(({ name }) => values.filters.split(',').includes(name));
  for (const ask of [askPage, askAll, askEach])
    for (const site of SITES)
      for (const range of RANGES) for (const one of chosen) good = (await ask(filled, site, range, one)) && good;
  return good;
};

const askSlow = async (filled: FilledStore): Promise<boolean> => {
  let good = true;
  for (const slow of SLOW.filter(({ what }) => what.includes(values.only)))
    for (const site of SITES)
      for (const range of slow.ranges ?? RANGES) {
        const found = await compare({ filled, site, range, ...asked }, slow);
        print(`${site}, ${range}, ${slow.what}: ${written(found)}`);
        good &&= isGood(found);
      }
  return good;
};

const main = async (): Promise<void> => {
  const filled = await openFilledStore(values.data);
  try {
    await merged(filled.store);
    process.exitCode = (await (values.slow ? askSlow : askPages)(filled)) ? 0 : 1;
    print(`engine: ${peakMb(filled.enginePid)} MB at most`);
    for (const line of await diskLines(filled.store)) print(line);
  } finally {
    await filled.close();
  }
};

await main();
