/* What the collector and the dashboard both know of hosts as people write and read them. */

/** What may stand before a host, and after it, where somebody copied an address. */
const SCHEME = /^(?:[a-z][a-z\d+.-]*:)?\/\//i;
const PATH = /[/?#].*$/s;
const PORT = /\.?(?::\d*)?$/;

/** The host in an address that somebody copied. @example hostPart(' https://example.com/shop ') === 'example.com' */
export const hostPart = (written: string): string =>
  written.trim().replace(SCHEME, '').replace(PATH, '').replace(PORT, '');

/** Letters that are written together in one word; all others are one more kind. */
const KINDS: readonly RegExp[] = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}ー]/u,
];
/** Words of nothing but Cyrillic or Greek letters that look like Latin ones. */
const LOOKS_LATIN = /^[асԁеһіјӏкорԛѕԝхуүѵѡαγικνορυχ\d-]+$/u;

/** True if a word of a host cannot be taken for another one that is written in other letters. */
export const isClearWord = (word: string): boolean => {
  const letters = word.replace(/[\d\p{M}_*-]/gu, '');
  const kinds = new Set(Array.from(letters, (letter) => KINDS.findIndex((kind) => kind.test(letter))));
  return /^\p{L}*$/u.test(letters) && kinds.size < 2 && (letters === '' || !LOOKS_LATIN.test(word));
};
