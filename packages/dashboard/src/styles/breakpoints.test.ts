import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const FOLDER = new URL('.', import.meta.url);
const sheets = readdirSync(FOLDER).filter((name) => name.endsWith('.css'));
const read = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');

/** As the head of tokens.css lists them. */
const BREAKPOINTS = [...read('tokens.css').matchAll(/^ \* {3}(\d+px)/gm)].map(([, width]) => width);

test.each(sheets)('%s has no breakpoint that is not in the list', (name) => {
  const conditions = read(name).match(/@(?:media|container)[^{]*/g) ?? [];
  const widths = conditions.flatMap((condition) => condition.match(/\d+px/g) ?? []);
  expect(BREAKPOINTS.length).toBeGreaterThan(2);
  expect(BREAKPOINTS).toEqual(expect.arrayContaining(widths));
});
