/**
 * `npm run score:recognition FILE`: puts a file of cases (see `cases.ts`) through the collector's own functions and prints
 * how many come out as expected, by kind and by weight; with `--all` each that does not.
 */
import { readFile } from 'node:fs/promises';
import { type Case, KINDS, readCases } from './cases.ts';
import { judge } from './judge.ts';

const say = (text: string): boolean => process.stdout.write(`${text}\n`);
// Who reads no further has seen enough.
process.stdout.on('error', () => process.exit());

const [file] = process.argv.slice(2).filter((one) => !one.startsWith('--'));
if (file === undefined) {
  say('Which file? npm run score:recognition -- cases.tsv [--all]');
  process.exit(1);
}

const judged = readCases(await readFile(file, 'utf8')).map((one) => ({ ...one, ...judge(one) }));

const sum = (cases: readonly Case[]): number => cases.reduce((total, { weight }) => total + weight, 0);

const line = (name: string, cases: typeof judged): string => {
  const right = cases.filter((one) => one.right);
  const often = cases.filter(({ weight }) => weight >= 4);
  const share = ((sum(right) / sum(cases)) * 100).toFixed(1);
  const counted = `${right.length} of ${cases.length}`.padStart(12);
  const oftenCounted = `${often.filter((one) => one.right).length} of ${often.length}`.padStart(12);
  return `${name.padEnd(20)}${counted}${`${share} %`.padStart(16)}${oftenCounted}`;
};

say(`${'kind'.padEnd(20)}${'right'.padStart(12)}${'by weight'.padStart(16)}${'weight ≥ 4'.padStart(12)}`);
for (const kind of KINDS) {
  const cases = judged.filter((one) => one.kind === kind);
  if (cases.length > 0) say(line(kind, cases));
}
say(line('all', judged));

if (process.argv.includes('--all'))
  for (const { right, id, kind, weight, input, got, expected } of judged)
    if (!right) say(`\n${id} ${kind} ${weight}\n  ${input}\n  got       ${got}\n  expected  ${expected}`);
