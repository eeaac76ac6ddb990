import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { scrubPath } from './path.ts';
import { scrubText } from './text.ts';

/** A line of what was given, and of what is kept of it where that is something else. */
type Case = readonly [given: string, kept: string];

const spoken = (written: string): string => written.replaceAll('␊', '\n').replaceAll('␉', '\t');

/** Lines of a file: given, a tab, kept; `␊` and `␉` stand for the end of a line and a tab in them, `#` begins a heading. */
const casesOf = (file: string): readonly Case[] =>
  readFileSync(new URL(`corpus/${file}.tsv`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('# '))
    .map((line) => {
      const [given = '', kept = given] = line.split('\t').map(spoken);
      return [given, kept];
    });

const CORPUS = {
  text: { cases: casesOf('text'), scrub: scrubText },
  paths: { cases: casesOf('paths'), scrub: scrubPath },
};

describe.each(Object.entries(CORPUS))('%s', (_, { cases, scrub }) => {
  test.each(cases.map(([given, kept]) => ({ given, kept })))('$given', ({ given, kept }) => {
    expect(scrub(given)).toBe(kept);
  });

  it('stays as it is when it is scrubbed again', () => {
    expect(cases.filter(([, kept]) => scrub(kept) !== kept)).toEqual([]);
  });
});

it('has lines enough of both kinds', () => {
  const all = [...CORPUS.text.cases, ...CORPUS.paths.cases];
  const staying = all.filter(([given, kept]) => given === kept).length;
  expect(all.length).toBeGreaterThanOrEqual(600);
  expect(staying).toBeGreaterThanOrEqual(200);
});
