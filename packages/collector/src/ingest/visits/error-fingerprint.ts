import { createHash } from 'node:crypto';

/**
 * Names a group of equal errors: the message without its numbers and quoted parts, and the innermost frame of the
 * stack without host, query, line and column, so that one defect stays one problem over releases and pages.
 * @returns 16 hex digits
 */
export const fingerprint = (message: string, stack: string): string =>
  createHash('sha256')
    .update(`${shape(message)}\n${frame(stack)}`)
    .digest('hex')
    .slice(0, 16);

const shape = (message: string): string => message.replace(/\d+/g, '0').replace(/(["'`])[^"'`]{0,200}\1/g, '$1…$1');

/** The path in `https://example.com/app.js?v=2:10:5`. */
const PATH = /https?:\/\/[^/\s]+(\/[^\s?#:)]*)/;

/** Chromium writes `at run (https://…)`, the others `run@https://…`. */
const frame = (stack: string): string => {
  for (const line of stack.split('\n').slice(0, 50)) {
    const path = PATH.exec(line);
    if (path === null) continue;
    const before = line.slice(Math.max(0, path.index - 120), path.index);
    return `${before.replace(/^\s*at\s+/, '').replace(/[\s@(]+$/, '')} ${path[1] ?? ''}`;
  }
  return '';
};
