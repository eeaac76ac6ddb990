import { expect, test } from 'vitest';
import { StoreError } from '../store/store-error.ts';
import { createLog, errorOf, seldom } from './logger.ts';

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
