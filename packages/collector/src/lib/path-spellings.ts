import { pathText, unescapedPath } from './path-text.ts';

/**
 * What is escaped in a path: by browsers (https://url.spec.whatwg.org/#path-percent-encode-set), by `encodeURIComponent`
 * and by PHP's `urlencode`. What parts a path, a query and a route is not.
 */
const ESCAPED = [/[^!#-;=?-_a-z|~]/gu, /[^\w!#%'()*./?~-]/gu, /[^\w#%./?-]/gu];
const PARTS_QUERY = /[&=+]/;

const escapeOf = (sign: string): string => {
  const escaped = encodeURIComponent(sign);
  return escaped === sign ? `%${sign.charCodeAt(0).toString(16).toUpperCase()}` : escaped;
};

const ESCAPE = /%[\dA-F]{2}/g;
const inSmallLetters = (path: string): string => path.replace(ESCAPE, (escaped) => escaped.toLowerCase());

/**
 * How a path may have been written: in its own letters, and with the escapes that browsers and programs make, as paths
 * were kept up to version 0.2. Each once, the first as {@link pathText} writes it.
 * @example pathSpellings('/café') // ['/café', '/caf%C3%A9', '/cafe%CC%81', '/caf%c3%a9', '/cafe%cc%81']
 */
export const pathSpellings = (path: string): string[] => {
  const read = unescapedPath(path);
  const hasQuery = read.includes('?');
  const escaped = [read, read.normalize('NFD')].flatMap((text) =>
    ESCAPED.map((signs) => text.replace(signs, (sign) => (hasQuery && PARTS_QUERY.test(sign) ? sign : escapeOf(sign)))),
  );
  return [...new Set([pathText(read), path, ...escaped, ...escaped.map(inSmallLetters)])];
};

/**
 * The same of a part of a path, to be looked for in whole ones, case ignored: what would be unseen at the end of a path
 * may stand in the middle of one, and escapes of capital letters are others than those of small ones.
 */
export const partSpellings = (part: string): string[] => {
  const read = unescapedPath(part);
  const all = [read, read.toLowerCase(), read.toUpperCase()].flatMap(pathSpellings);
  return [...new Map([read, ...all].map((text) => [text.toLowerCase(), text])).values()];
};
