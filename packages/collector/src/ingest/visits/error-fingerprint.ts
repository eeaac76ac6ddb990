import { createHash } from 'node:crypto';
import { type Frame, framesOf } from '../errors/frames.ts';
import { functionName } from '../errors/function-name.ts';
import { type Place, shapeOf } from '../errors/message-shape.ts';
import { type ScriptName, scriptName } from '../errors/script-name.ts';

/** From here on a stack is deep: a framework draws the page, or a function calls itself. Handlers of events are called with less around them. */
const DEEP = 6;

/**
 * Names a group of equal errors, so that one defect stays one problem over builds, pages and browsers: by what the error
 * says without what varies in it, by the innermost function of the site that a build did not rename, and by the script that
 * it is in. Lines, columns, hosts, queries and hashes in names of files are no part of it.
 * @returns 16 hex digits
 */
export const fingerprint = (message: string, stack: string): string => {
  const { text, place } = shapeOf(message, stack);
  return createHash('sha256')
    .update(`${text}\n${PLACES[place](framesOf(stack), stack)}`)
    .digest('hex')
    .slice(0, 16);
};

const PLACES: Readonly<Record<Place, (frames: readonly Frame[], stack: string) => string>> = {
  none: () => '',
  innermost: (frames) => {
    const own = ownSteps(frames);
    const [innermost] = own;
    if (innermost === undefined) return '';
    const { called, script } = own.find((step) => step.called !== '') ?? innermost;
    if (called === '') return `${script.name} ${own.length >= DEEP}`;
    // What a build puts into which of its files changes with what else there is.
    return script.isBuilt ? called : `${called} ${script.name}`;
  },
  // Which of the functions that call each other was the last is chance, and the first is not in the stack any more.
  circle: (frames, stack) => {
    const names = new Set(frames.slice(1).map(({ name }) => name));
    const [telling] = [...names].map(functionName).filter(Boolean).sort();
    if (telling !== undefined) return telling;
    // Of a function that a list calls for each of its items Safari leaves out the one or the other.
    return names.size > 1 || stack.split('[native code]').length > 2 ? 'of several' : 'of one';
  },
};

interface Step {
  readonly called: string;
  readonly script: ScriptName;
}

/**
 * The steps that the site wrote, the innermost first. What a library threw is told by who called it, and be it that this
 * one waits; where there is nobody, by the library.
 */
const ownSteps = (frames: readonly Frame[]): readonly Step[] => {
  const steps = frames.map(({ name, url, isEarlier }) => ({
    called: functionName(name),
    script: scriptName(url),
    isEarlier,
  }));
  const own = steps.filter(({ script }) => !script.isLibrary);
  const now = own.filter(({ isEarlier }) => !isEarlier);
  return [now, own, steps].find(({ length }) => length > 0) ?? [];
};
