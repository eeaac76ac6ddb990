import { isSlipOf } from '../lib/slip.ts';
import type { Environment } from './environment.ts';
import { settings } from './variables.ts';

/** A variable that is set and does nothing, and the one that was probably meant. */
export interface Misspelt {
  readonly name: string;
  readonly meant: string;
}

/** More slips than one in so many letters are another word. Short names (`PORT`, `HOST`) have too many neighbours. */
const LETTERS_A_SLIP = 5;
/** As near to one of ours as a slip, and set on purpose: a variable of ClickHouse's own image. */
const OF_OTHERS = ['CLICKHOUSE_USER'];

/**
 * Variables that look like ours and are not: `SPOOL_MAXX`, `TRUSTED_PROXY`, `PASSERBY_DATA_DIR`. The environment is not
 * ours alone, so they are worth a word and no refusal.
 */
export const misspelt = (env: Environment): readonly Misspelt[] => {
  const names = settings.map(({ name }) => name);
  return Object.keys(env)
    .filter((name) => !names.includes(name) && !OF_OTHERS.includes(name))
    .flatMap((name) => {
      const meant = names.find((known) =>
        isSlipOf(name.toUpperCase().replace(/^PASSERBY_/, ''), known, LETTERS_A_SLIP),
      );
      return meant === undefined ? [] : [{ name, meant }];
    });
};
