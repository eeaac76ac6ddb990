import { ALSO_OF_BROWSERS, MISTAKES, OF_BROWSERS, SAID_BY_FUNCTION } from './mistakes.ts';

/** The names that the language itself gives. An error of a site's own says what the site wrote. */
const NATIVE = /^(?:Type|Reference|Range|Syntax|Internal|URI|Eval|Aggregate)Error$/;

const NAME = /^[\p{L}_$#][\p{L}\p{N}_$-]*$/u;
/** What is asked for at the end of a piece of source: `cart.items.total`, `this.#sum`, `e["total"]`. */
const PROPERTY = /(?:\.|\["|\[')(#?[\p{L}_$][\p{L}\p{N}_$]*)(?:"\]|'\])?$/u;

/** Where not all engines say where a mistake was made, or it is chance. */
const PLACES: Readonly<Record<string, Place>> = {
  import: 'none',
  syntax: 'none',
  promises: 'none',
  'endless recursion': 'circle',
};

/** Longer messages begin alike, or are as different there. */
const LONGEST = 300;

const UNCAUGHT = /^(?:uncaught (?:exception: |\(in promise\) )?|unhandled promise rejection: )/i;

/** Safari's word for one of its own functions, where it was innermost. */
const NATIVE_STEP = /^(\w+)@\[native code\]/;

/** What of the stack tells more, in all browsers: where it was thrown, in which circle of functions, or nothing. */
export type Place = 'innermost' | 'circle' | 'none';

/** What an error says, so that it is the same wherever it is the same mistake. */
export interface Shape {
  readonly text: string;
  readonly place: Place;
}

/** Takes out of what an error says what differs between browsers, builds and visitors. */
export const shapeOf = (message: string, stack: string): Shape => {
  const [first = ''] = message.trim().split('\n', 1);
  const line = first.slice(0, LONGEST).replace(UNCAUGHT, '');
  const [, name = '', said = ''] = /^(\w*(?:Error|Exception))(?:: (.*))?$/s.exec(line) ?? ['', '', line];
  return (
    (NATIVE.test(name) && mistakeOf(said)) ||
    functionOf(name, said, stack) || { text: `${name}: ${withoutValues(withMistake(said))}`, place: 'innermost' }
  );
};

const mistakeOf = (said: string): Shape | undefined => {
  for (const [mistake, words] of MISTAKES) {
    const found = words.exec(said);
    if (found !== null) return { text: `${mistake} ${named(found.groups)}`, place: PLACES[mistake] ?? 'innermost' };
  }
  return undefined;
};

/** What one of the browser's own functions threw, which each browser explains otherwise. */
const functionOf = (name: string, said: string, stack: string): Shape | undefined => {
  // Whoever waited too long gave up, and browsers name the one or the other.
  if (name === 'AbortError' || (name === 'TimeoutError' && SAID_BY_FUNCTION.some((words) => words.test(said))))
    return { text: 'AbortError', place: 'none' };
  if (OF_BROWSERS.test(name)) return { text: name, place: 'innermost' };
  if (!ALSO_OF_BROWSERS.test(name)) return undefined;
  const found = SAID_BY_FUNCTION.map((words) => words.exec(said)).find((match) => match !== null);
  if (found === undefined) return undefined;
  const called = found.groups?.called ?? NATIVE_STEP.exec(stack)?.[1] ?? '';
  return { text: `${name} ${called}`, place: 'innermost' };
};

/** Sites pass on what an engine said, with words of their own before it. */
const withMistake = (said: string): string =>
  said.replace(
    /(?:Uncaught )?\b(?:Type|Reference|Range|Syntax|Internal|URI)Error: (.*)$/s,
    (all, inner) => mistakeOf(inner)?.text ?? all,
  );

/** What a mistake is about. */
const named = ({ name = '', asked = '' }: Record<string, string | undefined> = {}): string => {
  if (NAME.test(name)) return name;
  const left = withoutCalls(asked)
    .replace(/(?<![=!<>])=(?![=>]).*/su, '')
    .trim();
  // A variable alone, and not what was called on one.
  if (NAME.test(left)) return left === asked && !isTelling(left) ? '' : left;
  return PROPERTY.exec(left)?.[1] ?? '';
};

/** `a.b(c(d)).e` is `a.b.e`; a call that is not closed ends it. */
const withoutCalls = (evaluated: string): string => {
  let depth = 0;
  let left = '';
  for (const sign of evaluated) {
    if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    else if (depth === 0) left += sign;
  }
  return left;
};

/** Builds make names as short as they can: of one or two letters, or three in large ones. */
export const isTelling = (name: string): boolean => name.length > 3 || /^[a-z]{3}$/.test(name);

const withoutValues = (said: string): string =>
  said
    .replace(/\b[a-z][a-z.+-]{1,20}:\/\/[^\s"'`<>]+/gi, '…')
    .replace(/(?<!\w)(["'`])(?:(?!\1).){0,200}\1(?!\w)/g, '…')
    .replace(/[“„«‘][^”“»’]{0,200}[”“»’]/g, '…')
    .replace(/[\w.+-]{1,64}@[\w.-]+/g, '…')
    .replace(/(?<![\w/.<])\/[\w%.~@-]+(?:\/[\w%.~@-]*)*/g, '…')
    .replace(/(\b(?:code|status): |\berror #)(\d+)/gi, (_, before, code) => before + letters(code))
    .replace(ID, '0')
    .replace(/(?<![\w.])-?\d+(?:[.,:]\d+)*|\d+/g, '0');

/** Hexadecimal with a digit, as `8bdef6` and UUIDs; and letters between digits, as `x7k2m9`. Not `utf8` or `h264`. */
const ID = /\b(?=[a-f-]*\d)[0-9a-f]{6,}(?:-[0-9a-f]{4,})*\b|\b(?=\w{4})[a-z_]*\d+[a-z_]+\d\w*\b/gi;

/** Numbers that say which error it is are kept from being taken for values. */
const letters = (digits: string): string => digits.replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)));
