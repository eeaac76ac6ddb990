/**
 * Whether a word looks like a slip of a known one: letters swapped, missing, doubled or wrong.
 * @param lettersASlip letters of the known word that make up for one slip: a shorter one has none
 */
export const isSlipOf = (name: string, known: string, lettersASlip: number): boolean => {
  const slips = Math.floor(known.length / lettersASlip);
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

/** Letters that make up for a slip in what somebody has just typed: it is asked, and nothing depends on it. */
const LETTERS_TYPED = 3;

/** What somebody who typed a word probably meant; undefined: nobody can tell. @example nearest('sitte', ['site', 'user']) // 'site' */
export const nearest = (word: string, known: readonly string[]): string | undefined => {
  const written = word.toLowerCase();
  return known
    .filter((name) => isSlipOf(written, name, LETTERS_TYPED))
    .sort((a, b) => distance(written, a) - distance(written, b))[0];
};
