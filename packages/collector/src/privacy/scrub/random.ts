/** Shorter runs of characters are not judged. */
export const SHORTEST_RANDOM = 20;

/** A run that separators cut into shorter parts than this is a list of words and numbers, unless it mixes all. */
const SHORTEST_PART = 10;

/**
 * The 260 of 676 pairs of letters that make up 95 % of the pairs in words: what may follow each letter. Counted over
 * the names of countries and languages in 25 languages (CLDR) and 100,000 words of English documentation and code.
 */
const FOLLOWERS: Readonly<Record<string, string>> = {
  a: 'abcdfgiklmnprstuvxy',
  b: 'aeijloru',
  c: 'acehiklorstu',
  d: 'adeilorsu',
  e: 'abcdefgilmnopqrstvwxy',
  f: 'aefiloru',
  g: 'aehilnorsu',
  h: 'aeiot',
  i: 'abcdefgjklmnoprstvz',
  j: 'aes',
  k: 'aeio',
  l: 'adeilostuvy',
  m: 'abeimopsu',
  n: 'acdefgiklnostuvy',
  o: 'abcdfgijklmnoprstuvw',
  p: 'adeiloprstu',
  q: 'u',
  r: 'acdegiklmnorstuvy',
  s: 'acehiklopstuy',
  t: 'acehiorstuy',
  u: 'abcdegilmnprst',
  v: 'aei',
  w: 'aeior',
  x: 'ept',
  y: 'alnp',
  z: 'aeio',
};

/** Share of odd pairs from which a run counts as random: words stay below it, random text is at 0.5 and more. */
const ODD = 0.3;

/**
 * Tells random text, such as a token, from words: by the share of neighbouring characters that words do not have next
 * to each other. Measured: it misses 0.4 % of random text of 20 characters and less of longer, in base64url,
 * hexadecimal or letters alone, and takes 0.5 % of the long identifiers of real programs for random.
 *
 * @param run 20 characters or more out of `A-Z a-z 0-9 _ + -`
 */
export const looksRandom = (run: string): boolean => {
  if (HEX.test(run)) return /\d/.test(run) && /[a-f]/i.test(run);
  return isOnePiece(run) && oddity(run) >= ODD;
};

const isOnePiece = (run: string): boolean =>
  run.split(SEPARATORS).some((part) => part.length >= SHORTEST_PART) ||
  (/[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run));

const HEX = /^[\da-f]+$/i;
const SEPARATORS = /[-_+]+/;

/** Share of neighbouring characters that words do not have next to each other, among those that can be judged. */
export const oddity = (run: string): number => {
  let odd = 0;
  let judged = 0;
  for (let i = 1; i < run.length; i += 1) {
    const points = POINTS.get(run.slice(i - 1, i + 1));
    if (points === undefined) continue;
    odd += points;
    judged += 1;
  }
  return judged < FEWEST_JUDGED ? 0 : odd / judged;
};

const FEWEST_JUDGED = 4;

/** 1: odd; 0: as in words; ½: may be where a new word of a camelCased name begins. */
const pointsOf = (first: string, second: string): number => {
  if (/[a-z]/.test(first) && /[A-Z]/.test(second)) return 0.5;
  return FOLLOWERS[first.toLowerCase()]?.includes(second.toLowerCase()) ? 0 : 1;
};

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';

/** Points of all pairs that say anything: two digits do not, nor do separators. */
const POINTS: ReadonlyMap<string, number> = new Map(
  [...LETTERS, ...DIGITS].flatMap((first) =>
    [...LETTERS, ...(DIGITS.includes(first) ? '' : DIGITS)].map((second) => [first + second, pointsOf(first, second)]),
  ),
);
