import { expect, test } from 'vitest';
import { FieldError } from '../../http/field-error.ts';
import { days } from '../period/range.ts';
import { SITE } from '../testing.ts';
import { closedOn } from './closed-days.ts';

/** Berlin is two hours ahead of UTC in June. */
test.each([
  ['an hour after midnight, of yesterday', '2026-06-10T01:00:00+02:00', ['2026-06-09'], ['2026-06-10', '2026-06-09']],
  ['a second before', '2026-06-10T00:59:59+02:00', ['2026-06-09'], null],
  ['also of days before, as yesterday may come late', '2026-06-10T00:10:00+02:00', ['2026-06-01'], null],
  ['when UTC has its next day', '2026-06-10T02:00:00+02:00', ['2026-06-09'], ['2026-06-10', '2026-06-10']],
  ['of today', '2026-06-10T12:00:00+02:00', ['2026-06-10'], null],
  [
    'of yesterday and what it is compared with',
    '2026-06-10T12:00:00+02:00',
    ['2026-06-09', '2026-06-08'],
    ['2026-06-10', '2026-06-10'],
  ],
  ['of what is compared with today', '2026-06-10T12:00:00+02:00', ['2026-06-09', '2026-06-10'], null],
])('days are closed %s', (_name, now, lasts, closed) => {
  expect(closedOn(SITE, Date.parse(now), () => lasts.map((last) => days('2026-06-01', last)))).toEqual(closed);
});

test('what is refused is about no closed days', () => {
  const now = Date.parse('2026-06-10T12:00:00+02:00');
  expect(
    closedOn(SITE, now, () => {
      throw new FieldError('date_range', 'is wrong');
    }),
  ).toBeNull();
  const fail = (): never => {
    throw new TypeError('ours');
  };
  expect(() => closedOn(SITE, now, fail)).toThrow('ours');
});
