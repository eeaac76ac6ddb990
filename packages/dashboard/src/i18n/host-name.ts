/* Hosts come as browsers write them, `xn--bcher-kva.example`. The collector's `sites/host-name.ts` has the same rule. */

/** Letters that are written together in one word; all others are one more kind. */
const KINDS: readonly RegExp[] = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}ー]/u,
];
/** Words of nothing but Cyrillic or Greek letters that look like Latin ones. */
const LOOKS_LATIN = /^[асԁеһіјӏкорԛѕԝхуүѵѡαγικνορυχ\d-]+$/u;

const isClear = (word: string): boolean => {
  const letters = word.replace(/[\d\p{M}_*-]/gu, '');
  const kinds = new Set(Array.from(letters, (letter) => KINDS.findIndex((kind) => kind.test(letter))));
  return word !== '' && /^\p{L}*$/u.test(letters) && kinds.size < 2 && (letters === '' || !LOOKS_LATIN.test(word));
};

const PREFIX = 'xn--';

/** The word that stands for another one (https://www.rfc-editor.org/rfc/rfc3492#section-6.2); itself: it stands for none. */
const wordOf = (label: string): string => {
  if (!label.startsWith(PREFIX)) return label;
  const end = Math.max(label.lastIndexOf('-'), PREFIX.length - 1);
  const letters = Array.from(label.slice(PREFIX.length, end));
  let [code, at, bias] = [128, 0, 72];
  for (let read = end + 1; read < label.length; ) {
    const before = at;
    for (let weight = 1, k = 36; ; k += 36) {
      const digit = '0123456789'.includes(label.charAt(read))
        ? label.charCodeAt(read) - 22
        : label.charCodeAt(read) - 97;
      read += 1;
      if (!(digit >= 0 && digit < 36)) return label;
      at += digit * weight;
      const threshold = Math.min(Math.max(k - bias, 1), 26);
      if (digit < threshold) break;
      weight *= 36 - threshold;
    }
    let delta = Math.floor((at - before) / (before === 0 ? 700 : 2));
    delta += Math.floor(delta / (letters.length + 1));
    for (bias = 0; delta > 455; bias += 36) delta = Math.floor(delta / 35);
    bias += Math.floor((36 * delta) / (delta + 38));
    code += Math.floor(at / (letters.length + 1));
    at %= letters.length + 1;
    if (code > 0x10ffff) return label;
    letters.splice(at++, 0, String.fromCodePoint(code));
  }
  return letters.join('');
};

/**
 * A host, or an address that begins with one, as people read it: in its own letters where all of each word are of one
 * kind, and no word looks Latin without being it; else as it is.
 * @example shownHost('xn--bcher-kva.example/neu') // 'bücher.example/neu'
 */
export const shownHost = (address: string): string =>
  address.replace(/^(?:[^/.]*\.)*xn--[^/]*/, (host) => {
    const words = host.split('.').map(wordOf);
    return words.every(isClear) ? words.join('.') : host;
  });

/** The host in an address that somebody copied. @example hostIn(' https://example.com/shop ') // 'example.com' */
export const hostIn = (written: string): string =>
  written
    .trim()
    .replace(/^(?:[a-z][a-z\d+.-]*:)?\/\//i, '')
    .replace(/[/?#].*$/s, '')
    .replace(/\.?(?::\d*)?$/, '');
