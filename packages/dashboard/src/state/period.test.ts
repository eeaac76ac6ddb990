import { describe, expect, it } from 'vitest';
import { daysIn, isUnderWay, localDay, type Period, parsePeriod, periodText, shiftPeriod } from './period.ts';

describe('parsePeriod', () => {
  it.each<[string | null, Period]>([
    [null, '28d'],
    ['day', 'day'],
    ['all', 'all'],
    ['yesterday', 'yesterday'],
    ['12mo', '12mo'],
    ['last_week', 'last_week'],
    ['3mo', '28d'],
    ['toString', '28d'],
    ['2026-03-01..2026-03-07', ['2026-03-01', '2026-03-07']],
    ['2026-03-07..2026-03-07', ['2026-03-07', '2026-03-07']],
    ['2026-03-07..2026-03-01', '28d'],
    ['2026-03-01..2026-13-07', '28d'],
    ['2026-03-01', '28d'],
    ['2026-03-01..2026-03-07..2026-03-09', '28d'],
    [
      '2026-03-01T10:00:00+01:00..2026-03-01T12:59:59+01:00',
      ['2026-03-01T10:00:00+01:00', '2026-03-01T12:59:59+01:00'],
    ],
    // An end on the hour leaves that hour out.
    [
      '2026-03-01T10:00:00+01:00..2026-03-01T12:00:00+01:00',
      ['2026-03-01T10:00:00+01:00', '2026-03-01T11:59:59+01:00'],
    ],
    ['2026-03-01T10:00Z..2026-03-02T00:00Z', ['2026-03-01T10:00Z', '2026-03-01T23:59:59Z']],
    ['2026-03-01T10:00:00Z..2026-03-01T10:00:00Z', ['2026-03-01T10:00:00Z', '2026-03-01T10:59:59Z']],
    // What is no full hour is for the collector to refuse.
    ['2026-03-01T10:00:00Z..2026-03-01T12:30:00Z', ['2026-03-01T10:00:00Z', '2026-03-01T12:30:00Z']],
    ['2026-03-01T10:00:00Z..2026-03-01T09:00:00Z', '28d'],
  ])('reads %s', (text, period) => {
    expect(parsePeriod(text)).toEqual(period);
  });

  it.each<Period>([
    'day',
    '24h',
    'year',
    ['2026-03-01', '2026-03-07'],
    ['2026-03-01T10:00:00Z', '2026-03-01T12:59:59Z'],
  ])('reads back what periodText writes: %s', (period) => {
    expect(parsePeriod(periodText(period))).toEqual(period);
  });
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
    [['2026-03-01T20:00:00Z', '2026-03-01T23:59:59Z'], 'UTC', true],
    [['2026-03-01T20:00:00Z', '2026-03-01T22:59:59Z'], 'UTC', false],
  ])('%s in %s: %s', (period, timezone, expected) => {
    expect(isUnderWay(period, now, timezone)).toBe(expected);
  });
});

describe('daysIn', () => {
  it.each<[Period, number | null]>([
    ['day', 1],
    ['24h', 1],
    ['28d', 28],
    ['month', 14],
    ['year', 73],
    ['yesterday', 1],
    ['91d', 91],
    ['6mo', 165],
    ['12mo', 348],
    ['last_week', 7],
    ['last_month', 28],
    ['last_year', 365],
    ['all', null],
    [['2026-03-01', '2026-03-01'], 1],
    [['2026-02-27', '2026-03-02'], 4],
    [['2026-03-01T10:00:00Z', '2026-03-01T23:59:59Z'], 1],
  ])('%s has %s', (period, days) => {
    expect(daysIn(period, '2026-03-14')).toBe(days);
  });
});

describe('shiftPeriod', () => {
  const today = '2026-03-14';
  it.each<[Period, Period | null, Period | null]>([
    ['day', 'yesterday', null],
    ['yesterday', ['2026-03-12', '2026-03-12'], 'day'],
    ['91d', ['2025-09-14', '2025-12-13'], null],
    ['last_week', ['2026-02-23', '2026-03-01'], ['2026-03-09', '2026-03-15']],
    ['6mo', ['2025-04-01', '2025-09-30'], null],
    ['12mo', ['2024-04-01', '2025-03-31'], null],
    ['last_month', ['2026-01-01', '2026-01-31'], 'month'],
    ['last_year', ['2024-01-01', '2024-12-31'], 'year'],
    ['7d', ['2026-03-01', '2026-03-07'], null],
    [['2026-03-13', '2026-03-13'], ['2026-03-12', '2026-03-12'], 'day'],
    [['2026-03-01', '2026-03-07'], ['2026-02-22', '2026-02-28'], '7d'],
    ['month', 'last_month', null],
    [['2026-02-01', '2026-02-28'], ['2026-01-01', '2026-01-31'], 'month'],
    [
      ['2025-11-01', '2026-01-31'],
      ['2025-08-01', '2025-10-31'],
      ['2026-02-01', '2026-04-30'],
    ],
    ['year', 'last_year', null],
    [['2025-01-01', '2025-12-31'], ['2024-01-01', '2024-12-31'], 'year'],
    [
      ['2026-03-09', '2026-03-12'],
      ['2026-03-05', '2026-03-08'],
      ['2026-03-13', '2026-03-16'],
    ],
    ['all', null, null],
    ['24h', null, null],
    [['2026-03-01T10:00:00Z', '2026-03-01T12:59:59Z'], null, null],
  ])('%s', (period, back, forth) => {
    expect(shiftPeriod(period, -1, today)).toEqual(back);
    expect(shiftPeriod(period, 1, today)).toEqual(forth);
  });
});
