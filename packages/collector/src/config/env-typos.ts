import { settings } from './config.ts';

/** A variable that is set and does nothing, and the one that was probably meant. */
export interface Misspelt {
  readonly name: string;
  readonly meant: string;
}

/** One slip in so many letters is a slip; more is another word. Short names (`PORT`, `HOST`) have too many neighbours. */
const LETTERS_A_SLIP = 5;
/** As near to one of ours as a slip, and set on purpose: a variable of ClickHouse's own image. */
const OF_OTHERS = ['CLICKHOUSE_USER'];

/**
 * Variables that look like ours and are not: `SPOOL_MAXX`, `TRUSTED_PROXY`, `PASSERBY_DATA_DIR`. The environment is not
 * ours alone, so they are worth a word and no refusal.
 */
export const misspelt = (env: Readonly<Record<string, string | undefined>>): readonly Misspelt[] => {
  const names = settings.map(({ name }) => name);
  return Object.keys(env)
    .filter((name) => !names.includes(name) && !OF_OTHERS.includes(name))
    .flatMap((name) => {
      const meant = names.find((known) => isSlipOf(name.toUpperCase().replace(/^PASSERBY_/, ''), known));
      return meant === undefined ? [] : [{ name, meant }];
    });
};

const isSlipOf = (name: string, known: string): boolean => {
  const slips = Math.floor(known.length / LETTERS_A_SLIP);
  if (slips === 0 || Math.abs(name.length - known.length) > slips) return false;
  return lettersOf(name) === lettersOf(known) || distance(name, known) <= slips;
};

/** Equal for words whose letters were swapped. */
const lettersOf = (name: string): string => [...name].sort().join('');

/** Letters to add, drop or change (Levenshtein). */
const distance = (from: string, to: string): number => {
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const letter of from) {
    const [first = 0] = last;
    const line = [first + 1];
    for (let column = 1; column <= to.length; column++) {
      const [left = 0, above = 0, diagonal = 0] = [line[column - 1], last[column], last[column - 1]];
      line.push(Math.min(left + 1, above + 1, diagonal + Number(letter !== to[column - 1])));
    }
    last = line;
  }
  return last[to.length] ?? 0;
};
