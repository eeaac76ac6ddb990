/**
 * `npm run score:grouping`: how well errors are grouped into problems, by the labelled sets beside this file, and which
 * problems fell into parts or were taken for one. With `--all` it names each of these, not the worst alone.
 */
import { fingerprint } from '../../packages/collector/src/ingest/visits/error-fingerprint.ts';
import { type Fault, type LabelledError, readSets, type Score, scoreSet } from './score.ts';

const MOST = process.argv.includes('--all') ? Number.POSITIVE_INFINITY : 8;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const percent = (part: number): string => `${(100 * part).toFixed(1).padStart(5)} %`;

const told = ({ f1, precision, recall }: Score): string =>
  `F1 ${percent(f1)}, precision ${percent(precision)}, recall ${percent(recall)}`;

const sayFaults = (label: string, faults: readonly Fault[], tell: (fault: Fault) => string): void => {
  if (faults.length > 0) say(`\n  ${label}:`);
  for (const fault of faults.slice(0, MOST)) say(`  ${String(fault.pairs).padStart(5)} pairs  ${tell(fault)}`);
  if (faults.length > MOST) say(`        and ${faults.length - MOST} more`);
};

const names = (errors: readonly LabelledError[], of: (error: LabelledError) => string): string =>
  [...new Set(errors.map(of))].join(', ');

for (const [name, errors] of readSets()) {
  const { all, withinEngine, split, merged } = scoreSet(errors, fingerprint);
  say(`${name}: ${errors.length} errors in ${new Set(errors.map(({ group }) => group)).size} groups`);
  say(`  all pairs           ${told(all)}`);
  say(`  within one engine   ${told(withinEngine)}`);
  sayFaults('fell into parts', split, ({ name: group, errors: apart }) => `${group} (${names(apart, (it) => it.id)})`);
  sayFaults('were taken for one', merged, ({ errors: alike }) => names(alike, (it) => it.group));
  say('');
}
