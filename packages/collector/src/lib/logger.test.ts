import { expect, test } from 'vitest';
import { StoreError } from '../store/store-error.ts';
import { createLog, errorOf, LOG_LEVELS, lineOf, seldom } from './logger.ts';

test.each([
  ['a store that answers', new StoreError('x', 'unknown', 241, 'secret'), 'StoreError 241'],
  ['a store that does not', new StoreError('x', 'unknown', null, 'secret'), 'StoreError'],
  ['the system', Object.assign(new Error('secret'), { code: 'ENOSPC' }), 'Error ENOSPC'],
  ['the program', new TypeError('secret'), 'TypeError'],
  ['what is no error', 'secret', 'unknown'],
])('an error of %s is told by its name and code, never by its words', (_whose, error, told) => {
  expect(errorOf(error)).toBe(told);
});

test('what happens again and again is said once a minute, with how often it was left out', () => {
  let at = 0;
  const lines: string[] = [];
  const log = seldom(
    createLog(
      (line) => lines.push(line.trimEnd().replace(/^\S+ /, '')),
      () => at,
    ),
    () => at,
  );
  for (let second = 0; second <= 120; second++) {
    at = second * 1000;
    log.warn('a request failed', { error: 'StoreError', status: 503 });
    if (second === 1) log.error('a request failed', { error: 'TypeError', status: 500 });
  }
  expect(lines).toEqual([
    'warn a request failed error="StoreError" status=503',
    'error a request failed error="TypeError" status=500',
    'warn a request failed error="StoreError" status=503 left_out=59',
    'warn a request failed error="StoreError" status=503 left_out=59',
  ]);
});

const AT = Date.UTC(2030, 0, 2, 3, 4, 5, 6);

test.each([
  ['no facts', 'ended', {}, 'ended'],
  [
    'numbers and words',
    'stored',
    { rows: 3, why: 'a "word"', done: true },
    'stored rows=3 why="a \\"word\\"" done=true',
  ],
  ['lines', 'two\nlines', { at: 'a\nb\r\n\u2028' }, 'two\nlines at="a\\nb\\r\\n\u2028"'],
  ['what no text has', 'half \ud800', { half: '\udc00', control: '\u0000\u001b[31m' }, undefined],
  ['numbers that JSON does not have', 'x', { ratio: Number.NaN, most: Number.POSITIVE_INFINITY }, undefined],
  ['names that a line has itself', 'x', { time: 'never', level: 'fatal', message: 'y', __proto__x: 1 }, undefined],
])('a line with %s is one object in one line, and as text one event', (_what, message, facts, text) => {
  const line = lineOf(AT, 'warn', message, facts, 'json');
  expect(line.match(/\n/g)).toHaveLength(1);
  const read = JSON.parse(line) as Record<string, unknown>;
  expect(read).toMatchObject({ time: '2030-01-02T03:04:05.006Z', level: 'warn', message });
  expect(Object.keys(read).slice(0, 3)).toEqual(['time', 'level', 'message']);
  for (const name of Object.keys(facts)) expect(read).toHaveProperty(name);
  if (text !== undefined) expect(lineOf(AT, 'warn', message, facts)).toBe(`2030-01-02T03:04:05.006Z warn ${text}\n`);
});

test.each([
  ['debug', 'debug info warn error'],
  ['info', 'info warn error'],
  ['warn', 'warn error'],
  ['error', 'error'],
] as const)('a log of level %s has the lines that are as bad or worse, whoever writes them', (level, expected) => {
  const said: string[] = [];
  const log = createLog(
    (line) => said.push((JSON.parse(line) as { level: string }).level),
    () => AT,
    () => ({ format: 'json', level }),
  );
  for (const each of LOG_LEVELS) seldom(log, () => AT)[each]('a message');
  expect(said.join(' ')).toBe(expected);
});
