import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodingOf } from './decode.ts';
import { around, keyName, PAIRS, password, SHAPED, SPELLINGS } from './testing.ts';
import { scrubText } from './text.ts';

/** `SCRUB_RUNS=100000 npx vitest run …` looks longer; `SCRUB_SEED` repeats what was found. */
const SETTINGS = {
  numRuns: Number(process.env.SCRUB_RUNS ?? 400),
  ...(process.env.SCRUB_SEED === undefined ? {} : { seed: Number(process.env.SCRUB_SEED) }),
};

const spelling = fc.constantFrom(...SPELLINGS);

/** Of what was hidden nothing is left, however the rest is spelled. */
const expectGone = (given: string, hidden: string): void => {
  const kept = scrubText(given);
  expect(kept).not.toContain(hidden);
  expect(decodingOf(kept)).not.toContain(hidden);
};

test.each(Object.entries(SHAPED))('%s, by its look alone', (_, secret) => {
  fc.assert(
    fc.property(secret, around, spelling, (hidden, place, spell) => {
      expectGone(place(spell(hidden)), hidden.replace('Bearer ', ''));
    }),
    SETTINGS,
  );
});

test.each(PAIRS.map((pair) => [pair('key', 'value'), pair] as const))('%s', (_, pair) => {
  fc.assert(
    fc.property(keyName, password, around, spelling, (key, hidden, place, spell) => {
      expectGone(place(spell(pair(key, hidden))), hidden);
    }),
    SETTINGS,
  );
});

test('the value of a flag on a command line', () => {
  fc.assert(
    fc.property(fc.constantFrom('password', 'db-password', 'api-key', 'token', 'user'), password, (flag, hidden) => {
      expectGone(`Command failed: app --${flag} ${hidden} --verbose`, hidden);
    }),
    SETTINGS,
  );
});
