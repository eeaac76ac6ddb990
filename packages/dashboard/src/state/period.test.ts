import { describe, expect, it } from 'vitest';
import { daysIn, isUnderWay, localDay, type Period, parsePeriod, periodText } from './period.ts';

describe('parsePeriod', () => {
  it.each<[string | null, Period]>([
    [null, '28d'],
    ['day', 'day'],
    ['all', 'all'],
    ['yesterday', '28d'],
    ['2026-03-01..2026-03-07', ['2026-03-01', '2026-03-07']],
    ['2026-03-07..2026-03-07', ['2026-03-07', '2026-03-07']],
    ['2026-03-07..2026-03-01', '28d'],
    ['2026-03-01..2026-13-07', '28d'],
    ['2026-03-01', '28d'],
    ['2026-03-01..2026-03-07..2026-03-09', '28d'],
    [
      '2026-03-01T10:00:00+01:00..2026-03-01T12:00:00+01:00',
      ['2026-03-01T10:00:00+01:00', '2026-03-01T12:00:00+01:00'],
    ],
  ])('reads %s', (text, period) => {
    expect(parsePeriod(text)).toEqual(period);
  });

  it.each<Period>(['day', '24h', 'year', ['2026-03-01', '2026-03-07']])(
    'reads back what periodText writes: %s',
    (period) => {
      expect(parsePeriod(periodText(period))).toEqual(period);
    },
  );
});

describe('localDay', () => {
  const now = Date.parse('2026-03-01T23:30:00Z');
  it.each([
    ['UTC', '2026-03-01'],
    ['Europe/Berlin', '2026-03-02'],
    ['America/Los_Angeles', '2026-03-01'],
    ['Asia/Kathmandu', '2026-03-02'],
  ])('in %s it is %s', (timezone, day) => {
    expect(localDay(now, timezone)).toBe(day);
  });
});

describe('isUnderWay', () => {
  const now = Date.parse('2026-03-01T23:30:00Z');
  it.each<[Period, string, boolean]>([
    ['7d', 'UTC', true],
    [['2026-02-01', '2026-03-01'], 'UTC', true],
    [['2026-02-01', '2026-03-01'], 'Europe/Berlin', false],
    [['2026-02-01', '2026-02-28'], 'UTC', false],
    [['2026-03-01T20:00:00Z', '2026-03-01T23:00:00Z'], 'UTC', true],
    [['2026-03-01T20:00:00Z', '2026-03-01T22:00:00Z'], 'UTC', false],
  ])('%s in %s: %s', (period, timezone, expected) => {
    expect(isUnderWay(period, now, timezone)).toBe(expected);
  });
});

describe('daysIn', () => {
  it.each<[Period, number | null]>([
    ['day', 1],
    ['all', null],
    [['2026-03-01', '2026-03-01'], 1],
    [['2026-02-27', '2026-03-02'], 4],
    [['2026-03-01T10:00:00Z', '2026-03-01T12:00:00Z'], 1],
  ])('%s has %s', (period, days) => {
    expect(daysIn(period)).toBe(days);
  });
});
