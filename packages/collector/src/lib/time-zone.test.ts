import { describe, expect, it, test } from 'vitest';
import { addDays, daysBetween, zone } from './time-zone.ts';

const at = (iso: string): number => Date.parse(iso);
const seconds = (iso: string): number => at(iso) / 1000;

describe('day', () => {
  test.each([
    ['UTC', '2026-01-01T00:00:00Z', '2026-01-01'],
    ['Europe/Berlin', '2026-03-28T22:59:59Z', '2026-03-28'],
    ['Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29'],
    ['Europe/Berlin', '2026-03-29T21:59:59Z', '2026-03-29'],
    ['Europe/Berlin', '2026-03-29T22:00:00Z', '2026-03-30'],
    ['America/Los_Angeles', '2026-11-02T07:59:59Z', '2026-11-01'],
    ['America/Los_Angeles', '2026-11-02T08:00:00Z', '2026-11-02'],
    ['Asia/Kathmandu', '2026-01-01T18:14:59Z', '2026-01-01'],
    ['Asia/Kathmandu', '2026-01-01T18:15:00Z', '2026-01-02'],
    ['Pacific/Kiritimati', '2026-01-01T10:00:00Z', '2026-01-02'],
    ['Pacific/Pago_Pago', '2026-01-01T10:59:59Z', '2025-12-31'],
  ])('%s at %s is %s', (name, iso, day) => {
    expect(zone(name).day(at(iso))).toBe(day);
  });

  it('is right when asked back and forth', () => {
    const { day } = zone('Europe/Berlin');
    const asked = ['2026-05-01T12:00:00Z', '2026-05-02T12:00:00Z', '2026-05-01T12:00:00Z'].map((iso) => day(at(iso)));
    expect(asked).toEqual(['2026-05-01', '2026-05-02', '2026-05-01']);
  });
});

describe('hourStart', () => {
  test.each([
    ['UTC', '2026-01-01T10:59:59.999Z', '2026-01-01T10:00:00Z'],
    ['Asia/Kathmandu', '2026-01-01T10:14:59Z', '2026-01-01T09:15:00Z'],
    ['Asia/Kathmandu', '2026-01-01T10:15:00Z', '2026-01-01T10:15:00Z'],
    ['Asia/Kolkata', '2026-01-01T10:29:59Z', '2026-01-01T09:30:00Z'],
    // 02:30 twice on the night in which summer time ends.
    ['Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25T00:00:00Z'],
    ['Europe/Berlin', '2026-10-25T01:30:00Z', '2026-10-25T01:00:00Z'],
    // Half an hour: 02:00 becomes 02:30, and half a year later 01:30 comes again.
    ['Australia/Lord_Howe', '2026-10-03T15:29:59Z', '2026-10-03T14:30:00Z'],
    ['Australia/Lord_Howe', '2026-10-03T15:30:00Z', '2026-10-03T15:00:00Z'],
    ['Australia/Lord_Howe', '2026-10-03T16:00:00Z', '2026-10-03T16:00:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T14:59:59Z', '2026-04-04T14:00:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T15:00:00Z', '2026-04-04T14:30:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T15:30:00Z', '2026-04-04T15:30:00Z'],
  ])('%s at %s is %s', (name, iso, start) => {
    expect(zone(name).hourStart(at(iso))).toBe(seconds(start));
  });
});

describe('startOfDay', () => {
  test.each([
    ['UTC', '2026-01-01', '2026-01-01T00:00:00Z'],
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00Z'],
    ['Europe/Berlin', '2026-03-30', '2026-03-29T22:00:00Z'],
    ['America/Los_Angeles', '2026-11-01', '2026-11-01T07:00:00Z'],
    ['America/Los_Angeles', '2026-11-02', '2026-11-02T08:00:00Z'],
    ['Asia/Kathmandu', '2026-01-02', '2026-01-01T18:15:00Z'],
    ['Australia/Lord_Howe', '2026-10-04', '2026-10-03T13:30:00Z'],
    ['Pacific/Kiritimati', '2026-01-02', '2026-01-01T10:00:00Z'],
    // Clocks went from 00:00 to 01:00, east and west of Greenwich; and from 00:00 back to 23:00.
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00Z'],
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z'],
    ['America/Sao_Paulo', '2018-02-18', '2018-02-18T03:00:00Z'],
    // A day that Samoa left out.
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z'],
  ])('%s %s starts at %s', (name, day, start) => {
    expect(new Date(zone(name).startOfDay(day)).toISOString()).toBe(new Date(start).toISOString());
  });
});

describe('hours', () => {
  test.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['Europe/Berlin', '2026-06-01', 24],
    ['America/Los_Angeles', '2026-03-08', 23],
    ['America/Los_Angeles', '2026-11-01', 25],
    ['Asia/Kathmandu', '2026-06-01', 24],
    // Half an hour short but with 24 hours begun; half an hour long with one of them in two pieces.
    ['Australia/Lord_Howe', '2026-10-04', 24],
    ['Australia/Lord_Howe', '2026-04-05', 25],
  ])('%s %s has %i', (name, day, count) => {
    const { startOfDay, hours, hourStart } = zone(name);
    const end = startOfDay(addDays(day, 1)) - 1;
    const listed = hours(startOfDay(day), end);
    expect(listed).toHaveLength(count);
    const byTheMinute = new Set<number>();
    for (let ms = startOfDay(day); ms <= end; ms += 60_000) byTheMinute.add(hourStart(ms));
    expect(listed).toEqual([...byTheMinute]);
  });

  it('has none backwards and one at a point', () => {
    const { hours } = zone('UTC');
    expect(hours(at('2026-01-01T01:00:00Z'), at('2026-01-01T00:00:00Z'))).toEqual([]);
    expect(hours(at('2026-01-01T01:30:00Z'), at('2026-01-01T01:30:00Z'))).toEqual([seconds('2026-01-01T01:00:00Z')]);
  });
});

test.each([
  ['UTC', '2026-01-01T10:00:00Z', '2026-01-01T10:00:00+00:00'],
  ['Asia/Kathmandu', '2026-01-01T10:00:00Z', '2026-01-01T15:45:00+05:45'],
  ['America/Los_Angeles', '2026-01-01T01:00:00Z', '2025-12-31T17:00:00-08:00'],
  ['America/St_Johns', '2026-01-01T01:00:00Z', '2025-12-31T21:30:00-03:30'],
  ['Europe/Berlin', '2026-10-25T00:00:00Z', '2026-10-25T02:00:00+02:00'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z', '2026-10-25T02:00:00+01:00'],
])('format: %s %s is %s', (name, iso, text) => {
  expect(zone(name).format(at(iso))).toBe(text);
});

test('days are added and counted by the calendar', () => {
  expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
  expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
});

test('an unknown zone is refused', () => {
  expect(() => zone('Mars/Olympus')).toThrow(RangeError);
});
