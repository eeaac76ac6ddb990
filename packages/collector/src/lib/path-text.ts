/* What the collector and the dashboard both know of paths as people write and read them. */

/** Most paths have nothing that could be written in another way. */
const PLAIN = /^[\w/.~-]*$/;

/** A character of UTF-8 as it is escaped: well-formed, so that to read it never fails (Unicode, table 3-7). Else one byte. */
const ESCAPE =
  /%(?:(?:c[2-9a-f]|d[\da-f])|(?:e0%[ab]|e[1-9a-cef]%[89ab]|ed%[89]|(?:f0%[9ab]|f[1-3]%[89ab]|f4%8)[\da-f]%[89ab])[\da-f])%[89ab][\da-f]|%[\da-f]{2}/gi;
/** A percent sign that is none, before what would make an escape of it once its own escapes are read. */
const LONE_PERCENT = /%(?![\da-f]{2})(?=(?:[\da-f]|%(?:3\d|[46][1-6])){2})/gi;

/** `#`, `%`, `/`, `?` and `\`: without their escapes the path would be another one. In a query `&`, `+` and `=` as well. */
const STAYS = /^%(?:2[35F]|3F|5C)$/;
const STAYS_BESIDE_QUERY = /^%(?:2[356BF]|3[DF]|5C)$/;

const readEscape = (escaped: string, stays: RegExp): string => {
  const upper = escaped.toUpperCase();
  return upper.length > 3 || (upper < '%8' && !stays.test(upper)) ? decodeURIComponent(upper) : upper;
};

/** An escape that stayed, or what is between two: marks that follow one do not belong to its digits. */
const PIECE = /%[\dA-F]{2}|[^%]+/g;

/**
 * A path without the escapes that it does not need, and with what can be composed composed (NFC): two spellings of one
 * path are the same text. To be compared; what it has may be unseen.
 * @example unescapedPath('/caf%c3%a9/a%2fb') === '/café/a%2Fb'
 */
export const unescapedPath = (path: string): string => {
  if (PLAIN.test(path)) return path;
  const stays = path.includes('?') ? STAYS_BESIDE_QUERY : STAYS;
  return path
    .toWellFormed()
    .replace(/\?[^#]*/, (query) => query.replace(/%20| /g, '+'))
    .replace(LONE_PERCENT, '%25')
    .replace(ESCAPE, (escaped) => readEscape(escaped, stays))
    .replace(PIECE, (piece) => piece.normalize());
};

/** Letters that stand for themselves: what would join or part them has nothing to do there. */
const SIMPLE = String.raw`\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}`;
/** How people of Persia and India write, and emoji of several people: a sign of no width changes what is seen. */
const JOINER = String.raw`(?<=(?![${SIMPLE}])[\p{L}\p{M}])[\u200c\u200d](?=[\p{L}\p{M}])|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})|(?<=\p{Extended_Pictographic})\ufe0f|(?<=[\d*])\ufe0f(?=\u20e3)`;
/** Not seen, or it turns round what is. The pattern of Braille is a space; U+FFFD stands for what could not be read. */
const UNSEEN = String.raw`[\p{Cc}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\ufff9-\ufffb\ufffd\u2800]`;
/** Spaces that look like others, or are beside one, a step or an end: who reads them would not know how many they are. */
const SPACE = String.raw`(?! )\p{Zs}|(?<![^ /?#]) | (?![^ /?#])`;
/** A mark belongs to a letter, and to no digit of an escape. What looks like a slash is none. */
const STRAY = String.raw`(?:(?<![\p{L}\p{M}\p{N}])|(?<=%[\dA-F]{2}))\p{M}+|[⁄∕╱⧸／]`;
const HIDDEN = new RegExp(`(${JOINER})|${UNSEEN}|${SPACE}|${STRAY}`, 'gu');

/**
 * A path as it is kept, shown and asked for: in its own letters. `#`, `%`, `/`, `?` and `\` that were escaped stay so, as do
 * control characters, what is not seen, and what is no UTF-8. Once more changes nothing.
 * @example pathText('/%C3%BCber-uns') === '/über-uns'
 */
export const pathText = (path: string): string => {
  const read = unescapedPath(path);
  return PLAIN.test(read)
    ? read
    : read.replace(HIDDEN, (hidden, joiner?: string) => joiner ?? encodeURIComponent(hidden));
};
