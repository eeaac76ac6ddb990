/** A place to cut is near if it is not further back than this. */
const NEAR = 64;

/** What is part of no address and no token, and writing that has no spaces: there is a place to cut behind each of these. */
const BOUNDARY =
  /[\s,;|/()[\]{}<>"“”‘’«»、。，；：！？…·\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The first `end` characters of a text, or a few less: up to a place between words, where there is one near. */
export const cutBetweenWords = (text: string, end: number): string => {
  const last = wholeCharacters(text, end);
  for (let at = last; at > 0 && at > last - NEAR; at -= 1)
    if (BOUNDARY.test(text.charAt(at - 1)) && wholeCharacters(text, at) === at) return text.slice(0, at);
  return text.slice(0, last);
};

/** The first `end` characters of a text, or a few less: what is one to a reader is not taken apart. */
export const cut = (text: string, end: number): string =>
  text.length <= end ? text : text.slice(0, wholeCharacters(text, end));

/** What stands for what was scrubbed, up to `[removed]`. */
const MARK = /^\[[a-z]{1,7}\]/;
const LONGEST_MARK = 9;

/** Signs that belong to the character before them; of a heap of them no more are looked at. */
const MOST_SIGNS = 16;
const SIGN = /^[\p{M}\p{Emoji_Modifier}\u200d]/u;

/** The last place up to `end` that is within no mark, no escape and no character. */
const wholeCharacters = (text: string, end: number): number => {
  if (end >= text.length) return text.length;
  const open = text.lastIndexOf('[', end - 1);
  const mark =
    open > 0 && open > end - LONGEST_MARK ? (MARK.exec(text.slice(open, open + LONGEST_MARK))?.[0].length ?? 0) : 0;
  if (open + mark > end) return open;
  let at = end;
  for (let step = within(text, at); step > 0 && at > step && at > end - MOST_SIGNS; step = within(text, at)) at -= step;
  return at;
};

const LOW = /^[\udc00-\udfff]/;
const ESCAPE = /^%[\da-f]{2}/i;
/** All but the first byte of a character in UTF-8. */
const LATER_BYTE = /^%[89ab][\da-f]/i;

/** How far a place lies within what belongs together; 0: it does not. */
const within = (text: string, at: number): number => {
  if (LOW.test(text.charAt(at)) || text.charAt(at - 1) === '\u200d' || SIGN.test(text.slice(at, at + 2))) return 1;
  if (ESCAPE.test(text.slice(at - 1, at + 2))) return 1;
  if (ESCAPE.test(text.slice(at - 2, at + 1))) return 2;
  return LATER_BYTE.test(text.slice(at, at + 3)) && ESCAPE.test(text.slice(at - 3, at)) ? 3 : 0;
};
