import { expect, test } from 'vitest';
import { levelOf } from './log-level.ts';

test.each<[string, readonly unknown[]]>([
  ['debug', ['debug', 'DEBUG', 'trace', 'verbose', 'silly', 7, 10, 20, '20']],
  ['info', ['info', ' Info ', 'information', 'notice', 'log', 'http', 5, 6, 30, 35]],
  ['warn', ['warn', 'warning', 'WARNING', 4, 40]],
  ['error', ['error', 'err', 'severe', 3, 50]],
  ['fatal', ['fatal', 'critical', 'crit', 'alert', 'emerg', 'emergency', 'panic', 0, 1, 2, 60, 69]],
])('%s', (level, values) => {
  expect(values.map(levelOf)).toEqual(values.map(() => level));
});

test.each([
  undefined,
  null,
  '',
  'loud',
  'constructor',
  '__proto__',
  8,
  9,
  70,
  -1,
  1.5,
  Number.NaN,
  {},
  [],
  'x'.repeat(1000),
])('%j is none', (value) => {
  expect(levelOf(value)).toBeUndefined();
});
