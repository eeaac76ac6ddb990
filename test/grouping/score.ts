import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** An error of a labelled set: see README.md beside this file. */
export interface LabelledError {
  readonly id: string;
  readonly group: string;
  readonly engine: string;
  readonly message: string;
  readonly stack: string;
}

/** Pairs of errors, as fractions. */
export interface Score {
  /** Of the pairs that were put together, those that belong together. */
  readonly precision: number;
  /** Of the pairs that belong together, those that were put together. */
  readonly recall: number;
  readonly f1: number;
}

/** A group that fell into parts, or several that were taken for one. */
export interface Fault {
  readonly name: string;
  readonly errors: readonly LabelledError[];
  /** Pairs that are wrong. */
  readonly pairs: number;
}

/** What a rule made of a set. */
export interface Outcome {
  readonly all: Score;
  /** Pairs of one engine: over rebuilds alone. */
  readonly withinEngine: Score;
  /** Worst first. */
  readonly split: readonly Fault[];
  readonly merged: readonly Fault[];
}

/** The labelled sets by their names. */
export const readSets = (): ReadonlyMap<string, readonly LabelledError[]> =>
  new Map(
    readdirSync(import.meta.dirname)
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
      .map((name) => [basename(name, '.jsonl'), readSet(join(import.meta.dirname, name))]),
  );

const readSet = (file: string): LabelledError[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LabelledError);

const siteOf = ({ group }: LabelledError): string => /^(.*)\//.exec(group)?.[1] ?? '';
const groupOf = ({ group }: LabelledError): string => group;

/** Scores a rule that groups errors by a labelled set. @param rule gives errors of one problem the same text */
export const scoreSet = (
  errors: readonly LabelledError[],
  rule: (message: string, stack: string) => string,
): Outcome => {
  // Another site's errors are never seen.
  const printed = new Map(errors.map((error) => [error, `${siteOf(error)} ${rule(error.message, error.stack)}`]));
  const print = (error: LabelledError): string => printed.get(error) ?? '';
  return {
    all: scorePairs(errors, print),
    withinEngine: scorePairs(errors, print, ({ engine }) => engine),
    split: faults(errors, groupOf, print),
    merged: faults(errors, print, groupOf),
  };
};

type Key = (error: LabelledError) => string;

/** @param apart pairs of errors that differ in it are left out */
const scorePairs = (errors: readonly LabelledError[], print: Key, apart: Key = () => ''): Score => {
  const together = pairsBy(errors, (error) => `${print(error)} ${apart(error)}`);
  const belonging = pairsBy(errors, (error) => `${groupOf(error)} ${apart(error)}`);
  const right = pairsBy(errors, (error) => `${groupOf(error)} ${print(error)} ${apart(error)}`);
  return {
    precision: together === 0 ? 1 : right / together,
    recall: belonging === 0 ? 1 : right / belonging,
    f1: together + belonging === 0 ? 1 : (2 * right) / (together + belonging),
  };
};

/** Pairs of errors that are alike. */
const pairsBy = (errors: readonly LabelledError[], key: Key): number =>
  [...alikeBy(errors, key).values()].reduce((sum, { length }) => sum + pairsOf(length), 0);

const alikeBy = (errors: readonly LabelledError[], key: Key): ReadonlyMap<string, readonly LabelledError[]> => {
  const groups = new Map<string, LabelledError[]>();
  for (const error of errors) groups.set(key(error), [...(groups.get(key(error)) ?? []), error]);
  return groups;
};

const pairsOf = (count: number): number => (count * (count - 1)) / 2;

/** Those that are one by the one key, and several by the other. */
const faults = (errors: readonly LabelledError[], one: Key, other: Key): Fault[] =>
  [...alikeBy(errors, one)]
    .map(([name, alike]) => ({ name, errors: alike, pairs: pairsOf(alike.length) - pairsBy(alike, other) }))
    .filter(({ pairs }) => pairs > 0)
    .sort((a, b) => b.pairs - a.pairs || a.name.localeCompare(b.name));
