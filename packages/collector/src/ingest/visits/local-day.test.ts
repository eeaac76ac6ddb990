import { describe, expect, it } from 'vitest';
import type { Row } from '../../store/row.ts';
import { engage, event, MINUTE, type Sent, startVisits, t, type Visits, view } from './testing.ts';

const noon = t('2026-03-10T12:00:00');
const SECOND = 1000;

/** One hit that happened `age` milliseconds before it arrives. */
const seen = ({ send }: Visits, at: number, age = 0, sent: Omit<Sent, 'items'> = {}): Row =>
  send(at, { ...sent, items: [view(at - age)] })[0] as Row;

describe('a visit ends at the midnight of its site', () => {
  it.each([
    ['Europe/Berlin', '2026-03-10T23:00:00', '2026-03-10', '2026-03-11'],
    ['Europe/Berlin, the day of 23 hours', '2026-03-29T22:00:00', '2026-03-29', '2026-03-30'],
    ['Europe/Berlin, the day of 25 hours', '2026-10-25T23:00:00', '2026-10-25', '2026-10-26'],
    ['UTC', '2026-03-11T00:00:00', '2026-03-10', '2026-03-11'],
    ['America/Los_Angeles', '2026-03-10T07:00:00', '2026-03-09', '2026-03-10'],
    ['Asia/Kathmandu', '2026-03-10T18:15:00', '2026-03-10', '2026-03-11'],
    ['Australia/Lord_Howe', '2026-04-05T13:30:00', '2026-04-05', '2026-04-06'],
    // There clocks go from 23:59 to 1:00.
    ['Africa/Cairo', '2026-04-23T22:00:00', '2026-04-23', '2026-04-24'],
  ])('%s', (zone, iso, day, next) => {
    const visits = startVisits(100, { timezone: zone.split(',')[0] ?? '' });
    const midnight = t(iso);
    const before = seen(visits, midnight - SECOND);
    const after = seen(visits, midnight);
    const late = seen(visits, midnight + 5 * MINUTE, 5 * MINUTE + SECOND);
    const again = seen(visits, midnight + 6 * MINUTE);
    expect([before, after, late, again].map((row) => row.day)).toEqual([day, next, day, next]);
    expect([before, after, late, again].map((row) => row.visits)).toEqual([1, 1, 0, 0]);
    expect([before, after, late, again].map((row) => row.visitors)).toEqual([1, 1, 0, 0]);
    expect([late.visit, late.visitor, again.visit, again.visitor]).toEqual([
      before.visit,
      before.visitor,
      after.visit,
      after.visitor,
    ]);
    expect(before.visit).not.toBe(after.visit);
    expect([before.bounces, late.bounces, after.bounces, again.bounces]).toEqual([1, -1, 1, -1]);
    expect(again).toMatchObject({ seconds: 360, step: 2 });
  });

  const midnight = t('2026-03-10T23:00:00');

  it('a late hit begins one on the day before, and leaves that of today untouched', () => {
    const visits = startVisits();
    const today = seen(visits, midnight + MINUTE, 0, { page: '/today' });
    const late = seen(visits, midnight + 2 * MINUTE, 3 * MINUTE, { page: '/late' });
    const more = seen(visits, midnight + 3 * MINUTE, 0, { page: '/more' });
    expect(late).toMatchObject({ day: '2026-03-10', visits: 1, visitors: 1, first_visit: 1, entry_page: '/late' });
    expect(more).toMatchObject({ visit: today.visit, prev_page: '/today', step: 2, seconds: 120 });
  });

  it('a late hit half an hour after the last one begins another there', () => {
    const visits = startVisits();
    const first = seen(visits, midnight - 31 * MINUTE);
    seen(visits, midnight + MINUTE);
    const late = seen(visits, midnight + 2 * MINUTE, 3 * MINUTE);
    expect(late).toMatchObject({ day: '2026-03-10', visits: 1, visitors: 0, visitor: first.visitor });
  });

  it.each([
    ['of today', [-MINUTE, 2 * MINUTE], 3 * MINUTE, 0, 1],
    ['of the day before, late', [-MINUTE, 2 * MINUTE], 3 * MINUTE, 4 * MINUTE, 0],
    ['of the day before, as there is none today', [-MINUTE], 28 * MINUTE, 0, 0],
    ['to none, when that ended half an hour ago', [-MINUTE], 29 * MINUTE, 0, null],
  ] as const)('engagement and errors belong to the visit %s', (_, views, at, age, of) => {
    const visits = startVisits();
    const rows = views.map((after) => seen(visits, midnight + after));
    const when = midnight + at - age;
    const attached = visits.send(midnight + at, {
      items: [engage(when), { kind: 'error', at: when, message: 'x', stack: '' }],
    });
    const visit = of === null ? undefined : rows[of];
    expect(attached.map((row) => row.visit)).toEqual(attached.map(() => visit?.visit ?? '0'));
    expect(attached.map((row) => row.visitor)).toEqual(attached.map(() => visit?.visitor ?? '0'));
    expect(attached[0]).toMatchObject({
      engaged_ms: of === null ? 0 : 5000,
      day: visit?.day ?? '2026-03-11',
      hit_hour: visit?.hit_hour ?? midnight / 1000,
    });
  });

  it('yesterday is forgotten when nothing of it can come any more, and weighs until then', () => {
    const visits = startVisits(3);
    seen(visits, midnight - MINUTE);
    seen(visits, midnight + MINUTE);
    seen(visits, midnight + MINUTE, 0, { who: 'bob' });
    visits.memory.sweep(midnight + 9 * MINUTE);
    const late = seen(visits, midnight + 9 * MINUTE, 9.5 * MINUTE);
    expect(late).toMatchObject({ visits: 0, day: '2026-03-10' });
    seen(visits, midnight + 9 * MINUTE, 0, { who: 'cyd' });
    expect(visits.memory.size).toBe(2);
    const other = startVisits(3);
    seen(other, midnight - MINUTE);
    seen(other, midnight + MINUTE);
    seen(other, midnight + MINUTE, 0, { who: 'bob' });
    for (let minute = 5; minute <= 10; minute++) other.memory.sweep(midnight + minute * MINUTE);
    seen(other, midnight + 11 * MINUTE, 0, { who: 'cyd' });
    expect(other.memory.size).toBe(3);
  });
});

describe('the number of a browser', () => {
  it('counts the browsers of a day, and says nothing else', () => {
    const visits = startVisits();
    const rows = [
      seen(visits, noon),
      seen(visits, noon, 0, { who: 'bob' }),
      seen(visits, noon + 60 * MINUTE),
      seen(visits, noon + 60 * MINUTE, 0, { who: 'cyd', from: '198.51.100.7' }),
    ];
    const numbers = rows.map((row) => BigInt(row.visitor));
    expect(numbers.map((number) => number & 0xffff_ffffn)).toEqual([1n, 2n, 1n, 3n]);
    expect(new Set(numbers.map((number) => number >> 32n)).size).toBe(1);
  });

  it('is drawn by a view or an event, and is on neither logs nor what is of no visit', () => {
    const { send } = startVisits();
    const log = { kind: 'log', at: noon, severity: 'info', message: 'x', props: {} } as const;
    const rows = send(noon, { items: [engage(noon), log, event(noon), log, { kind: 'open', at: noon, name: 'May' }] });
    expect(rows.map((row) => row.visitor !== '0')).toEqual([false, false, true, false, false]);
  });

  it('and that of the visit are not written for a site that keeps no single hits, but count', () => {
    const visits = startVisits(100, { hitsDays: 0 });
    const rows = [seen(visits, noon), ...visits.send(noon, { items: [event(noon), engage(noon)] })];
    expect(rows.map((row) => [row.visit, row.visitor])).toEqual(rows.map(() => ['0', '0']));
    expect(rows.map((row) => [row.visits, row.visitors, row.bounces])).toEqual([
      [1, 1, 1],
      [0, 0, -1],
      [0, 0, 0],
    ]);
  });
});

it('what the browser is and where is what its first visit of the day said; language and the rest are of each visit', () => {
  const visits = startVisits();
  const said = { language: 'en', browser_version: 'Firefox 141', country: 'FR' };
  seen(visits, noon);
  const later = seen(visits, noon + 60 * MINUTE, 0, { source: 'Google', client: said });
  const nextDay = seen(visits, noon + 24 * 60 * MINUTE, 0, { client: said });
  expect(later).toMatchObject({ language: 'en', browser_version: 'Firefox 140', country: 'DE', source: 'Google' });
  expect(nextDay).toMatchObject(said);
});

describe('values that are new to a browser', () => {
  const bits = (values: readonly Omit<Sent, 'items'>[]): number[] => {
    const visits = startVisits();
    return values.map((sent, nth) => seen(visits, noon + nth * 31 * MINUTE, 0, sent).new_values);
  };

  it.each([
    ['the same again', ['A', 'A', 'A'], [0, 0, 0]],
    ['another, and the first again', ['A', 'B', 'A', 'B'], [0, 2, 0, 0]],
    ['the same, then another', ['A', 'A', 'B', 'C', 'B'], [0, 0, 2, 2, 0]],
  ])('%s', (_, sources, expected) => {
    expect(bits(sources.map((source) => ({ source })))).toEqual(expected);
  });

  it.each([
    ['entry_page', { page: '/x' }, 1],
    ['language', { client: { language: 'fr' } }, 1 << 10],
    ['page and source', { page: '/x', source: 'X' }, 3],
    ['a browser, which stays', { client: { browser: 'Chrome' } }, 0],
    ['none', { client: { language: '' } }, 0],
  ] as const)('%s', (_, sent, expected) => {
    expect(bits([{}, sent, {}, sent])).toEqual([0, expected, 0, 0]);
  });

  it('are those of a day', () => {
    const visits = startVisits();
    const days = [0, 1, 2].map((day) => seen(visits, noon + day * 24 * 60 * MINUTE, 0, { source: `${day}` }));
    expect(days.map((row) => [row.new_values, row.visitors])).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
  });
});

it('tells the hours in which a browser is, and when a late hit is in an earlier one than all before', () => {
  const visits = startVisits();
  const at = [0, 20, 70, 61, 180].map((minutes) => seen(visits, noon + minutes * MINUTE));
  expect(at.map((row) => row.new_hour)).toEqual([0, 0, 1, 0, 1]);
  expect(at.map((row) => (row.hit_hour - noon / 1000) / 3600)).toEqual([0, 0, 1, 1, 3]);
  const other = startVisits();
  const late = [seen(other, noon + MINUTE), seen(other, noon + 2 * MINUTE, 3 * MINUTE)];
  expect(late.map((row) => [row.new_hour, row.earlier_than])).toEqual([
    [0, 0],
    [0, noon / 1000],
  ]);
  expect(late[1]).toMatchObject({ hour: noon / 1000, hit_hour: noon / 1000 - 3600, visits: 0 });
  expect(seen(other, noon + 3 * MINUTE)).toMatchObject({ new_hour: 0, earlier_than: 0 });
});

describe('a bounce', () => {
  const silent = (at: number) => ({ ...event(at), interactive: false }) as const;
  it.each([
    ['a view', [view], [1]],
    ['two views', [view, view, view], [1, -1, 0]],
    ['a view and what nobody did', [view, silent, silent], [1, 0, 0]],
    ['what nobody did, then a view', [silent, view, view], [0, 1, -1]],
    ['an event, then a view', [event, view], [0, 0]],
    ['what nobody did, what somebody did, a view', [silent, event, view], [0, 0, 0]],
    ['a view, what nobody did, an event', [view, silent, event], [1, 0, -1]],
  ] as const)('%s', (_, made, expected) => {
    const rows = startVisits().send(noon, { items: made.map((make) => make(noon)) });
    expect(rows.map((row) => row.bounces)).toEqual(expected);
  });
});
