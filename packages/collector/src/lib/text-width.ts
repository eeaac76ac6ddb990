/** What takes two cells: East Asian wide and full-width letters (https://www.unicode.org/reports/tr11/), and emoji. */
const WIDE =
  /[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u3247\u3250-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{1b2fb}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]|\u{fe0f}|\p{Emoji_Presentation}/u;
/** What is drawn onto the letter before it, or not at all. */
const EMPTY = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

const graphemes = new Intl.Segmenter();

/** How many cells of a terminal a text takes. @example textWidth('日本') === 4 */
export const textWidth = (text: string): number => {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += EMPTY.test(segment) ? 0 : WIDE.test(segment) ? 2 : 1;
  return width;
};
