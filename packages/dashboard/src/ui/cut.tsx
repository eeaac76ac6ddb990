/** Characters at the end that are always shown: enough to tell two long paths apart. */
const TAIL = 14;
/** Shorter beginnings are not worth cutting. */
const HEAD = 3;

/** What belongs to the character before it: the second half of one, marks, and what emoji are joined by. */
const JOINED = /^(?:[\p{M}\p{Emoji_Modifier}\udc00-\udfff]|\u200d)/u;
const JOINS = '\u200d';

/** Begins with letters that are written from right to left. Addresses are not: these are written as all others. */
const RIGHT_TO_LEFT = /^(?!\S*[./]\S*$)\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

const RTL_LETTER = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** Between two characters of one, and in a word from right to left, whose halves would change places in an address. */
const isWithin = (value: string, at: number): boolean =>
  JOINED.test(value.slice(at)) ||
  value[at - 1] === JOINS ||
  (RTL_LETTER.test(value.charAt(at)) && RTL_LETTER.test(value.charAt(at - 1)));

/** The two parts of a text, the second of which is always shown; no character is in both. */
export const partsOf = (value: string): [head: string, tail: string] => {
  let at = value.length > TAIL + HEAD ? value.length - TAIL : 0;
  while (at > 0 && isWithin(value, at)) at -= 1;
  return [value.slice(0, at), value.slice(at)];
};

/** A text that loses its middle where there is no room for all of it; it is read out whole. */
export const Cut = ({ value }: { value: string }) => {
  const [head, tail] = partsOf(value);
  return (
    <span class="cut" dir={RIGHT_TO_LEFT.test(value) ? 'rtl' : undefined}>
      <span>{head}</span>
      <span>{tail}</span>
    </span>
  );
};
