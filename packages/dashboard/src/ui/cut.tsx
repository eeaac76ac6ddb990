import { useEffect, useRef } from 'preact/hooks';

/** Characters at the end that are always shown: enough to tell two long paths apart. */
const TAIL = 14;
/** Shorter beginnings are not worth cutting. */
const HEAD = 3;

/** What belongs to the character before it: the second half of one, marks, and what emoji are joined by. */
const JOINED = /^(?:[\p{M}\p{Emoji_Modifier}\udc00-\udfff]|\u200d)/u;
const JOINS = '\u200d';

const RTL = '[\\p{Script=Arabic}\\p{Script=Hebrew}\\p{Script=Syriac}\\p{Script=Thaana}]';

/**
 * Begins with letters that are written from right to left. Addresses are not: these are written as all others. What has
 * a space and is one has the marks of `shownPath`.
 */
const RIGHT_TO_LEFT = new RegExp(`^(?!\\S*[./]\\S*$|.*\u200e)\\P{L}*${RTL}`, 'su');

/** A word from right to left, whose letters would not join; and several, which would change places in an address. */
const WORD = new RegExp(`${RTL}+`, 'gu');
const WORDS = new RegExp(`${RTL}(?:[^\u200e\\p{L}]*${RTL})*`, 'gu');

/** Where the words begin that a place is in; itself: it is in none. */
const beforeWords = (value: string, at: number): number => {
  const words = [...value.matchAll(directionOf(value) ? WORD : WORDS)];
  return words.find(({ 0: word, index }) => index < at && at < index + word.length)?.index ?? at;
};

const isWithinCharacter = (value: string, at: number): boolean =>
  JOINED.test(value.slice(at)) || value[at - 1] === JOINS;

/** The direction of a text, for `dir`; undefined: that of the page. */
export const directionOf = (value: string): 'rtl' | undefined => (RIGHT_TO_LEFT.test(value) ? 'rtl' : undefined);

/** The two parts of a text, the second of which is always shown; no character is in both. */
export const partsOf = (value: string): [head: string, tail: string] => {
  let at = value.length > TAIL + HEAD ? beforeWords(value, value.length - TAIL) : 0;
  while (at > 0 && isWithinCharacter(value, at)) at -= 1;
  const isShort = value.slice(0, at).replaceAll('\u200e', '').length < HEAD;
  return isShort ? ['', value] : [value.slice(0, at), value.slice(at)];
};

/** What is cut has `data-cut`; all are measured before any is marked, which would have each measured anew. */
const measure = (boxes: readonly Element[]): void => {
  const cut = boxes.map((box) => (box.firstElementChild?.scrollWidth ?? 0) > box.clientWidth);
  for (const [index, box] of boxes.entries()) box.toggleAttribute('data-cut', cut[index]);
};

const sizes =
  globalThis.ResizeObserver && new ResizeObserver((entries) => measure(entries.map(({ target }) => target)));

/**
 * A text that loses its middle where there is no room for all of it. It stays one text, which is found, copied and read
 * out whole: the end that is shown beside it is the style sheet's.
 */
export const Cut = ({ value }: { value: string }) => {
  const box = useRef<HTMLSpanElement>(null);
  const [head, tail] = partsOf(value);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    sizes.observe(element);
    return () => sizes.unobserve(element);
  }, [value]);
  return (
    <span class="cut" dir={directionOf(value)} data-tail={head === '' ? undefined : tail} ref={box}>
      <span>{value}</span>
    </span>
  );
};
