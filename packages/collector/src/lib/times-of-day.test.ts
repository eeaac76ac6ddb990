import { describe, expect, it, test } from 'vitest';
import { latestTime, nextTime, parseTimesOfDay } from './times-of-day.ts';

describe('a list of times', () => {
  test.each([
    ['03:30', ['03:30']],
    ['15:30, 03:30', ['03:30', '15:30']],
    ['00:00,23:59,00:00', ['00:00', '23:59']],
  ])('%s', (list, times) => expect(parseTimesOfDay(list)).toEqual(times));

  test.each([
    ...['', ',', '3:30', '24:00', '23:60', '03:30,', '03:30 15:30', '03:30Z', '3.30', 'daily', '-1:00', '03:30:00'],
    Array.from({ length: 25 }, (_, minute) => `00:${String(minute).padStart(2, '0')}`).join(','),
  ])('%j is none', (list) => expect(parseTimesOfDay(list)).toBeNull());
});

it.each([
  ['2026-06-09T03:30:00.000Z', '2026-06-09T03:30:00.000Z', '2026-06-09T15:30:00.000Z'],
  ['2026-06-09T03:29:59.999Z', '2026-06-08T15:30:00.000Z', '2026-06-09T03:30:00.000Z'],
  ['2026-12-31T23:59:00.000Z', '2026-12-31T15:30:00.000Z', '2027-01-01T03:30:00.000Z'],
  ['2028-02-28T16:00:00.000Z', '2028-02-28T15:30:00.000Z', '2028-02-29T03:30:00.000Z'],
  ['1969-12-31T04:00:00.000Z', '1969-12-31T03:30:00.000Z', '1969-12-31T15:30:00.000Z'],
])('at %s the latest is %s, the next %s', (now, latest, next) => {
  const times = ['03:30', '15:30'];
  expect(new Date(latestTime(times, Date.parse(now))).toISOString()).toBe(latest);
  expect(new Date(nextTime(times, Date.parse(now))).toISOString()).toBe(next);
});
