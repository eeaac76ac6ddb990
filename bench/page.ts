/**
 * `npm run bench:page`: what the scripts cost a page, beside nothing and what others have on npm: bytes, start-up, a click,
 * listeners, requests. All in one run of one browser, so the ratios hold where the times do not. Of the build that is there;
 * `-- --of DIR`: of another one.
 */
import { parseArgs } from 'node:util';
import { clicks, startUp, type Traffic, traffic } from './page/measure.ts';
import { brotliBytes, loadScripts, type Script } from './page/scripts.ts';
import { openStage } from './page/stage.ts';

const STARTS = 25;
/** Pages a script is clicked on, and samples on each; the first ones warm up. */
const PAGES = 5;
const SAMPLES = 8;

const { values } = parseArgs({ options: { of: { type: 'string' } } });
const scripts = await loadScripts(values.of);
const stage = await openStage(scripts);

/** Each script in turn, over and over: what the machine does meanwhile falls on all alike. */
const inTurn = async (times: number, act: (script: Script) => Promise<number[]>): Promise<Map<string, number[]>> => {
  const found = new Map<string, number[]>(scripts.map(({ name }) => [name, []]));
  for (let time = 0; time < times; time++)
    for (const script of scripts) found.get(script.name)?.push(...(await act(script)));
  return found;
};

const least = (numbers: readonly number[] = []): number => Math.min(...numbers);
const median = (numbers: readonly number[] = []): number =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const starts = await inTurn(STARTS, async (script) => [await startUp(stage, script)]);
const clicked = await inTurn(PAGES, (script) => clicks(stage, script, SAMPLES));
const sent = new Map<string, Traffic>();
for (const script of scripts) sent.set(script.name, await traffic(stage, script));
await stage.stop();

const OURS = 'p.js';
const bytes = (name: string): number => brotliBytes(scripts.find((script) => script.name === name)?.source ?? '');
/** Beside what it is of our own: `3.60 (×2.36)`. */
const besides = (digits: number, of: (name: string) => number, name: string): string =>
  `${of(name).toFixed(digits)} (×${(of(name) / of(OURS)).toFixed(2)})`;

const HEAD = [
  '',
  'Brotli B',
  'start min ms',
  'start median',
  'click µs',
  'listeners',
  'requests a view',
  'B',
  'at leave',
  'B',
];
const rows = scripts.map(({ name }) => {
  const { view, leave, listeners } = sent.get(name) as Traffic;
  return [
    name,
    besides(0, bytes, name),
    besides(2, (each) => least(starts.get(each)), name),
    besides(2, (each) => median(starts.get(each)), name),
    besides(1, (each) => least(clicked.get(each)), name),
    listeners,
    view.requests,
    view.bytes,
    leave.requests,
    leave.bytes,
  ];
});
process.stdout.write(`Chromium ${stage.browserVersion}, Node.js ${process.versions.node}; × is beside p.js.\n`);
for (const row of [HEAD, ...rows])
  process.stdout.write(
    `${row
      .map((cell) => `${cell}`.padEnd(17))
      .join('')
      .trimEnd()}\n`,
  );
