/** A step of a stack that says where it was. */
export interface Frame {
  /** Name of the function as the browser writes it; empty: it has none. */
  readonly name: string;
  /** Address of its script, without line and column. */
  readonly url: string;
  /** It was left before: it, or one further in, waited for what was thrown. Not all browsers know of such steps. */
  readonly isEarlier: boolean;
}

/** Steps further out tell no more, and a stack of any length takes no longer. */
const MOST_LINES = 50;
const LONGEST_LINE = 1000;

/** What stands below is of what the error came of. */
const END = /^Caused by: /;
/** `at async run`, `async*run@`, `setTimeout handler*run@`: this step and those below it. */
const EARLIER = /^\s*at async |^[^@\s][^@]*\*/;

/** Lines of a stack: `    at run (https://…`, `run@https://…`, or an address alone. */
const STEP = /^\s*at |@|^[a-z][a-z.+-]*:\/\//i;
/** Line and column. */
const POSITION = /:\d+(?::\d+)?(?=[),\s]|$)/;
const SCHEME_AT_END = /[a-z][a-z.+:-]*$/i;

/**
 * The steps of a stack, the innermost first: those in scripts that have an address, not the browser's own functions.
 * Chromium writes `at run (https://example.com/app.js:1:2)`, Firefox and Safari `run@https://example.com/app.js:1:2`.
 */
export const framesOf = (stack: string): readonly Frame[] => {
  const frames: Frame[] = [];
  let isEarlier = false;
  for (const line of stack.split('\n', MOST_LINES)) {
    if (END.test(line)) break;
    isEarlier ||= EARLIER.test(line);
    const frame = frameOf(line.slice(0, LONGEST_LINE), isEarlier);
    if (frame !== undefined) frames.push(frame);
  }
  return frames;
};

const frameOf = (line: string, isEarlier: boolean): Frame | undefined => {
  const colon = line.indexOf('://');
  if (colon < 0 || !STEP.test(line)) return undefined;
  // No scheme is longer; one behind another, such as `blob:https:`, is hardly so.
  const start = colon - (SCHEME_AT_END.exec(line.slice(Math.max(0, colon - 40), colon))?.[0].length ?? 0);
  const rest = line.slice(start);
  const end = POSITION.exec(rest)?.index;
  // Firefox writes `app.js line 3 > eval:1:1`.
  if (end === undefined) return undefined;
  return { name: nameIn(line.slice(0, start)), url: rest.slice(0, end).replace(/\s.*/, ''), isEarlier };
};

/** What stands before the address, up to the brackets: `at eval (eval at run (https://…), <anonymous>:1:1)`. */
const nameIn = (before: string): string =>
  before
    .replace(/^\s*at (?:async )?|^[^@]*\*/, '')
    .replace(/@$/, '')
    .replace(/ ?\(.*/, '')
    .trim();
