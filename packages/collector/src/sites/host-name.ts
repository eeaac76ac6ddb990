import { domainToUnicode } from 'node:url';

const HOST = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/;

/**
 * A host as browsers write it: in small letters, in ASCII; null: it is none.
 * @example hostOf('Bücher.example') === 'xn--bcher-kva.example'
 */
export const hostOf = (written: string): string | null => {
  const address = `http://${written}/`;
  if (!URL.canParse(address)) return null;
  const { hostname } = new URL(address);
  return HOST.test(hostname) && /^[^/\\?#@:]+$/.test(written) ? hostname : null;
};

/** What may stand before a host, and after it, where somebody copied an address. */
const SCHEME = /^(?:[a-z][a-z\d+.-]*:)?\/\//i;
const PATH = /[/?#].*$/s;
const PORT = /\.?(?::\d*)?$/;

/**
 * The host in what somebody wrote in its place: an address, one with a port or a dot at its end, other letters; null:
 * there is none.
 * @example hostIn(' https://Example.com:8080/shop ') === 'example.com'
 */
export const hostIn = (written: string): string | null => {
  const rest = written.trim().replace(SCHEME, '').replace(PATH, '').replace(PORT, '');
  const small = rest.toLowerCase();
  return HOST.test(small) ? small : hostOf(rest);
};

const WWW = 'www.';

/** The name that a host is mostly called by, too. @example otherName('www.example.com') === 'example.com' */
export const otherName = (host: string): string => (host.startsWith(WWW) ? host.slice(WWW.length) : WWW + host);

/** Letters that are written together in one word; all others are one more kind. */
const KINDS: readonly RegExp[] = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}ー]/u,
];
/** Words of nothing but Cyrillic or Greek letters that look like Latin ones. */
const LOOKS_LATIN = /^[асԁеһіјӏкорԛѕԝхуүѵѡαγικνορυχ\d-]+$/u;

/** True if a word cannot be taken for another one that is written in other letters. */
const isClear = (word: string): boolean => {
  const letters = word.replace(/[\d\p{M}_*-]/gu, '');
  const kinds = new Set(Array.from(letters, (letter) => KINDS.findIndex((kind) => kind.test(letter))));
  return /^\p{L}*$/u.test(letters) && kinds.size < 2 && (letters === '' || !LOOKS_LATIN.test(word));
};

/**
 * A host as people read it: in its own letters where all of each word are of one kind, and no word looks Latin without
 * being it; else as browsers write it.
 * @example shownHost('xn--bcher-kva.example') === 'bücher.example'
 */
export const shownHost = (host: string): string => {
  if (!/(?:^|\.)xn--/.test(host)) return host;
  const shown = domainToUnicode(host);
  return shown !== '' && shown.split('.').every(isClear) ? shown : host;
};
