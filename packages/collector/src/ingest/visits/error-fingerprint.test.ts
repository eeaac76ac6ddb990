import { expect, it } from 'vitest';
import { fingerprint } from './error-fingerprint.ts';

const chromium =
  'TypeError: x is null\n    at run (https://example.com/app.js?v=2:10:5)\n    at https://example.com/app.js:1:1';
const firefox = 'run@https://example.com/app.js:11:7\n@https://example.com/app.js:1:1';

it.each([
  [
    'another line and release',
    ['x is null', chromium],
    ['x is null', chromium.replace(':10:5', ':99:1').replace('v=2', 'v=3')],
    true,
  ],
  ['another browser', ['x is null', chromium], ['x is null', firefox], true],
  ['other numbers', ['item 17 is gone', ''], ['item 4 is gone', ''], true],
  ['another quoted name', ["no 'ann' here", ''], ["no 'bob' here", ''], true],
  ['another message', ['x is null', chromium], ['y is null', chromium], false],
  ['another function', ['x is null', chromium], ['x is null', chromium.replace('run', 'walk')], false],
] as const)('%s', (_what, a, b, same) => {
  expect(fingerprint(a[0], a[1]) === fingerprint(b[0], b[1])).toBe(same);
  expect(fingerprint(a[0], a[1])).toMatch(/^[0-9a-f]{16}$/);
});
