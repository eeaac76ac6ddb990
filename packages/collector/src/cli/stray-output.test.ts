import { EventEmitter } from 'node:events';
import { beforeEach, expect, test } from 'vitest';
import { createLog } from '../lib/logger.ts';
import { catchStrayOutput } from './stray-output.ts';

const SECRET = 'what a visitor sent';

let lines: string[];
let exits: (number | undefined)[];
let events: EventEmitter;
let libraries: Console;
beforeEach(() => {
  lines = [];
  exits = [];
  events = new EventEmitter();
  libraries = {} as Console;
  const log = createLog(
    (line) => lines.push(line),
    () => 0,
    () => ({ format: 'json', level: 'debug' }),
  );
  const exit = (code?: number): never => exits.push(code) as never;
  catchStrayOutput(log, Object.assign(events, { exit }) as unknown as NodeJS.Process, libraries);
});

const last = (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '') as Record<string, unknown>;

test.each([
  ['error', 'error'],
  ['warn', 'warn'],
  ['info', 'debug'],
  ['log', 'debug'],
  ['debug', 'debug'],
] as const)('what a library prints by console.%s is a line of level %s', (name, level) => {
  libraries[name]('The user aborted a request.');
  expect(last()).toMatchObject({ level, words: 'The user aborted a request.' });
});

test.each([
  ['an error', new TypeError(SECRET), 'TypeError'],
  ['one of the system', Object.assign(new Error(SECRET), { code: 'EIO' }), 'Error EIO'],
  ['one with many lines', new Error(`${SECRET}\n${SECRET}`), 'Error'],
  ['one with lines that look like places', new Error(`x\n    at ${SECRET} (file:///a.ts:1:1)\nat ${SECRET}`), 'Error'],
  ['one of an error in another', new Error('x', { cause: new Error(SECRET) }), 'Error'],
])('%s is told by name and place, never by its words', (_what, error, name) => {
  libraries.error(error);
  expect(last()).toMatchObject({ level: 'error', error: name, at: expect.stringContaining('stray-output.test.ts') });
  expect(lines.join('')).not.toContain(SECRET);
});

test('of one whose words were changed since it was made no places are told: they come after the words of then', () => {
  libraries.error(Object.assign(new Error('new words'), { stack: `Error: x\n    at ${SECRET} (file:///a.ts:1:1)` }));
  expect(last()).toMatchObject({ error: 'Error', at: '' });
});

test.each([undefined, null, 7, { secret: SECRET }, [SECRET]])('what else it prints is not told: %o', (said) => {
  libraries.error(said);
  expect(last()).toMatchObject({ level: 'error', words: '' });
});

test('a warning of Node is a line', () => {
  events.emit('warning', Object.assign(new Error('there are 11 listeners'), { name: 'MaxListenersExceededWarning' }));
  expect(last()).toMatchObject({ level: 'warn', name: 'MaxListenersExceededWarning', words: 'there are 11 listeners' });
});

test('an error that nobody caught is one line, and ends the process', () => {
  events.emit('uncaughtException', new SyntaxError(`Unexpected token in ${SECRET}`));
  expect(last()).toMatchObject({ level: 'error', message: 'the collector fails and ends', error: 'SyntaxError' });
  expect([exits, lines.join('').includes(SECRET)]).toEqual([[1], false]);
});
