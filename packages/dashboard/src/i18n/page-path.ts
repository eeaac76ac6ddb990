/* Paths come in their own letters, `/über-uns`: see `path-text.ts` of the collector. */

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
/** What parts the steps of a path, and of a query, and escapes, whose digits would change places. */
const BETWEEN = /(?:[/?#&=]|%[\dA-F]{2})+/g;
/** Makes what stands beside it a sign between two words that go from left to right. */
const LEFT_TO_RIGHT = '\u200e';

/**
 * A path, or an address, as it stands on the screen: steps in letters from right to left are in its order.
 * @example shownPath('/über-uns') // '/über-uns'
 */
export const shownPath = (path: string): string =>
  RIGHT_TO_LEFT.test(path) ? path.replace(BETWEEN, `${LEFT_TO_RIGHT}$&${LEFT_TO_RIGHT}`) : path;

/** What somebody typed, or copied from the screen: without what only {@link shownPath} has put there. */
export const typedText = (typed: string): string => typed.replaceAll(LEFT_TO_RIGHT, '').trim();
