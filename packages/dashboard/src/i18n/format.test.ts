import type { Metric } from '@passerby/collector/query';
import { describe, expect, it } from 'vitest';
import { createFormat, duration } from './format.ts';

const format = createFormat('en-US');
const british = createFormat('en-GB');

it.each([
  [0, '0s'],
  [59.4, '59s'],
  [59.6, '1m 00s'],
  [60, '1m 00s'],
  [185, '3m 05s'],
  [3599, '59m 59s'],
  [3600, '1h 00m'],
  [3725, '1h 02m'],
  [90_000, '25h 00m'],
])('%d seconds are %s', (seconds, written) => {
  expect(duration(seconds)).toBe(written);
});

describe('numbers', () => {
  it.each<[Metric, number | null, string, string]>([
    ['visitors', 0, '0', '0'],
    ['visitors', 12_847, '12,847', '12,847'],
    ['visitors', 1_234_567, '1.2M', '1,234,567'],
    ['views_per_visit', 2.59, '2.6', '2.59'],
    ['bounce_rate', 43.7, '44%', '43.7%'],
    ['visit_duration', 148, '2m 28s', '2m 28s'],
    ['exit_rate', 43.7, '44%', '43.7%'],
    ['percentage', 1.4, '1.4%', '1.4%'],
    ['scroll_depth', 61, '61%', '61%'],
    ['time_on_page', 61, '1m 01s', '1m 01s'],
    ['time_on_page', 58, '58s', '58s'],
    ['time_on_page', 60, '1m 00s', '1m 00s'],
    ['views_per_visit', 2, '2.0', '2.00'],
    ['views_per_visit', 1.97, '2.0', '1.97'],
    ['percentage', 12, '12.0%', '12.0%'],
    ['bounce_rate', 40, '40%', '40.0%'],
    ['bounce_rate', null, '–', '–'],
  ])('%s of %s', (metric, value, figure, exact) => {
    expect(format.compact(metric, value)).toBe(figure);
    expect(format.exact(metric, value)).toBe(exact);
  });

  it.each([
    [0, '0%'],
    [0.004, '<1%'],
    [0.41, '41%'],
    [1, '100%'],
  ])('a share of %d is %s', (share, written) => {
    expect(format.share(share)).toBe(written);
  });
});

it.each([
  [12.5, 'EUR', '€12.50'],
  [1200, 'JPY', '¥1,200'],
  [-3, 'XYZ', '-XYZ 3.00'],
])('%d %s', (value, currency, written) => {
  expect(format.money(value, currency)).toBe(written);
});

describe('time groups show the clock of the site, wherever the reader is', () => {
  it.each([
    ['2026-03-04', 'day', false, '4 Mar', 'Wed 4 Mar'],
    ['2026-03-04', 'day', true, '4 Mar 2026', 'Wed 4 Mar'],
    ['2026-03-04T14:00:00+01:00', 'hour', false, '14:00', '4 Mar, 14:00'],
    ['2026-03-29T13:00:00+02:00', 'hour', false, '13:00', '29 Mar, 13:00'],
    ['2026-03-04T14:00:00+05:45', 'hour', true, '14:00', '4 Mar, 14:00'],
    ['2026-03-02', 'week', false, '2 Mar', '2–8 Mar 2026'],
    ['2026-03-01', 'month', false, 'Mar 2026', 'March 2026'],
  ] as const)('%s by the %s', (label, grain, isLong, short, long) => {
    expect(british.step(label, grain, isLong)).toBe(short);
    expect(british.longStep(label, grain).replaceAll(/\s*–\s*/g, '–')).toBe(long);
  });

  it('and ranges of it', () => {
    expect(british.range('2026-03-01', '2026-03-07').replaceAll(/\s/g, '')).toBe('1–7Mar2026');
  });
});

it.each([
  [5, '5 sec. ago'],
  [125, '2 min. ago'],
  [7200, '2 hr. ago'],
  [3 * 86_400, '3 days ago'],
  [-30, 'now'],
])('what happened %d seconds ago', (seconds, written) => {
  const now = Date.parse('2026-03-04T12:00:00Z');
  expect(format.ago(new Date(now - seconds * 1000).toISOString(), now)).toBe(written);
});

it.each([
  ['UTC', 'Nov 29, 09:14:34', '9:14 AM'],
  ['Europe/Berlin', 'Nov 29, 10:14:34', '10:14 AM'],
  ['Pacific/Kiritimati', 'Nov 29, 23:14:34', '11:14 PM'],
  ['Asia/Kathmandu', 'Nov 29, 14:59:34', '2:59 PM'],
])('a moment is told by the clock of a site: in %s', (zone, clock, minute) => {
  const time = '2026-11-29T09:14:34.000Z';
  expect(format.clock(time, zone)).toBe(clock);
  expect(format.minute(Date.parse(time) / 1000, zone).replace('\u202f', ' ')).toBe(minute);
  expect(format.momentIn(time, zone)).toMatch(/UTC|GMT/);
});

describe('sizes', () => {
  it.each([
    [0, '0 bytes', '0 Byte'],
    [1, '1 byte', '1 Byte'],
    [999, '999 bytes', '999 Byte'],
    [1000, '1 kB', '1 kB'],
    [1234, '1.2 kB', '1,2 kB'],
    [99_940, '99.9 kB', '99,9 kB'],
    [99_960, '100 kB', '100 kB'],
    [999_499, '999 kB', '999 kB'],
    [999_500, '1 MB', '1 MB'],
    [41_234_567, '41.2 MB', '41,2 MB'],
    [2 ** 30, '1.1 GB', '1,1 GB'],
    [31_234_567_890, '31.2 GB', '31,2 GB'],
    [12.5e12, '12.5 TB', '12,5 TB'],
    [4e15, '4 PB', '4 PB'],
    [4e18, '4,000 PB', '4.000 PB'],
    [-1_500_000, '-1.5 MB', '-1,5 MB'],
    [0.4, '0 bytes', '0 Byte'],
  ])('%d bytes are %s, and in German %s', (bytes, english, german) => {
    const written = [british, createFormat('de-DE')].map((of) => of.bytes(bytes).replaceAll('\u00a0', ' '));
    expect(written).toEqual([english, german]);
  });
});

describe('how far away a day is', () => {
  const now = Date.parse('2036-03-15T12:00:00Z');
  it.each([
    ['2036-03-01', 'today'],
    ['2036-03-16', 'tomorrow'],
    ['2036-05-13', 'in 59 days'],
    ['2036-05-15', 'in 2 months'],
    ['2037-06-01', 'in 15 months'],
    ['2038-03-10', 'in 24 months'],
    ['2038-06-15', 'in 2 years'],
    ['2041-03-01', 'in 5 years'],
  ])('%s is %s', (day, written) => {
    expect(british.until(day, now)).toBe(written);
  });
});
