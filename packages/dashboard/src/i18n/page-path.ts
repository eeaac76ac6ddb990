/* Paths come as browsers write them, `/%C3%BCber-uns`: that is how they are stored, filtered by and linked to. */

/** A character beyond ASCII as it is escaped: two to four bytes of UTF-8. */
const ESCAPED = /%[cd][\da-f](?:%[89ab][\da-f])|%e[\da-f](?:%[89ab][\da-f]){2}|%f[\da-f](?:%[89ab][\da-f]){3}/gi;

/** What can be seen, and is no sign that looks like one of the address. A mark needs a letter before it. */
const SHOWN = /^(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{M}\p{Nd}\p{Emoji_Presentation}]$/u;
const LONE_MARK = /(?<![\p{L}\p{M}])\p{M}+/gu;

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
/** What parts the steps of a path, and escapes, whose digits would change places. */
const BETWEEN = /(?:\/|%[\da-f]{2})+/gi;
/** Makes what stands beside it a sign between two words that go from left to right. */
const LEFT_TO_RIGHT = '\u200e';

const decoded = (escaped: string): string => {
  try {
    const character = decodeURIComponent(escaped);
    return SHOWN.test(character) ? character : escaped;
  } catch {
    return escaped;
  }
};

/**
 * A path as people read it: in its own letters. What could be taken for something else, or not be seen, stays escaped;
 * steps in letters from right to left stand in the order of the path.
 * @example shownPath('/%C3%BCber-uns') // '/über-uns'
 */
export const shownPath = (path: string): string => {
  const shown = path.replace(ESCAPED, decoded).replace(LONE_MARK, encodeURIComponent);
  return RIGHT_TO_LEFT.test(shown) ? shown.replace(BETWEEN, `${LEFT_TO_RIGHT}$&${LEFT_TO_RIGHT}`) : shown;
};

/** What {@link shownPath} shows, for a file: without what only its order on the screen needs. */
export const plainPath = (path: string): string => shownPath(path).replaceAll(LEFT_TO_RIGHT, '');

/** A path, or a part of one, as it is stored, of what somebody typed. @example storedPath('/größe') // '/gr%C3%B6%C3%9Fe' */
export const storedPath = (typed: string): string =>
  typed.replaceAll(LEFT_TO_RIGHT, '').replace(/[^\0-\x7f]+/g, encodeURIComponent);
