/** Whatever one of the two below takes out; most texts have none of it. */
const UNCLEAN = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;

/** Ends of lines, as all systems write them. */
const LINE_END = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const SPACES = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/** Control characters, but tabs and ends of lines; and those that write other text backwards (Unicode TR 36, 3.1). */
const CONTROL = /(?![\t\n])[\p{Cc}\p{Bidi_Control}]/gu;

/**
 * A text of one line without what is not seen and changes how the rest is shown. All that is kept of what comes in
 * passes here or through {@link cleanLines}, so that whoever shows it need not.
 * @example cleanLine('a\tb\0') === 'a b'
 */
export const cleanLine = (text: string): string =>
  UNCLEAN.test(text) ? text.replace(SPACES, ' ').replace(CONTROL, '') : text;

/** The same for a text of several lines: tabs and ends of lines stay, the latter as `\n`. */
export const cleanLines = (text: string): string =>
  UNCLEAN.test(text) ? text.replace(LINE_END, '\n').replace(CONTROL, '') : text;

/** Anything but spaces, the pattern of Braille that is one, and what has no width: nearly all names begin with it. */
const SEEN = /[^\s\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** True if something of a text is seen: a name of which nothing is could not be told from others like it, or from none. */
export const isSeen = (text: string): boolean => SEEN.test(text);
