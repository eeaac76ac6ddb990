import { errorOf, type Facts, type Log } from '../lib/logger.ts';

/**
 * Where in the program it happened; without the words of the error, which may quote what was sent: also what looks like
 * a place in them.
 */
export const placesOf = (error: unknown): string => {
  const { message = '', stack = '' } = error instanceof Error ? error : {};
  // Words that were changed since are no longer those that the places come after.
  const at = stack.indexOf(message);
  const lines = at === -1 ? [] : stack.slice(at + message.length).split('\n');
  return lines
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .join('\n');
};

/** An error by its name and places; constant words of a library as they are. */
const factsOf = (said: unknown): Facts =>
  said instanceof Error
    ? { error: errorOf(said), at: placesOf(said) }
    : { words: typeof said === 'string' ? said : '' };

/** How bad what a library prints is. */
const LEVELS = { debug: 'debug', log: 'debug', info: 'debug', warn: 'warn', error: 'error' } as const;

/** A process, as far as it says or does something that nobody has told it to. */
type Process = Pick<NodeJS.Process, 'on' | 'removeAllListeners' | 'exit'>;

/**
 * Has all that nobody meant to write come as lines of the log, without words that may quote what was sent: what
 * libraries print, warnings of Node, and an error that nobody caught, which ends the process.
 */
export const catchStrayOutput = (log: Log, process: Process, console: Console): void => {
  for (const [name, level] of Object.entries(LEVELS) as [keyof typeof LEVELS, keyof Log][])
    console[name] = (said: unknown) => log[level]('a library says something', factsOf(said));
  // Node's own listener prints lines of another shape.
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => log.warn('Node warns', { name, words: message }));
  process.on('uncaughtException', (error) => {
    log.error('the collector fails and ends', factsOf(error));
    process.exit(1);
  });
};
