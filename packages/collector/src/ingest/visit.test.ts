import { describe, expect, it } from 'vitest';
import { VisitorKeys } from '../privacy/keys.ts';
import type { Site } from '../sites/site.ts';
import type { AnonymousBeacon, Hit } from './hit.ts';
import { createVisit } from './visit.ts';
import { VisitMemory } from './visit-memory.ts';

const MINUTE = 60_000;
const site: Site = {
  id: 'site1',
  domain: 'example.com',
  name: 'Example',
  timezone: 'Europe/Berlin',
  dnt: true,
  hitsDays: 400,
  logsDays: 90,
  created: '2026-01-01T00:00:00.000Z',
};
const client = {
  browser: 'Firefox',
  browser_version: 'Firefox 140',
  os: 'macOS',
  os_version: 'macOS 15',
  device: 'Desktop',
  language: 'de',
  country: 'DE',
};
const origin = {
  source: 'Direct',
  channel: 'Direct',
  referrer: '',
  utm_source: '',
  utm_medium: '',
  utm_campaign: '',
  utm_content: '',
  utm_term: '',
};

interface Sent {
  readonly who?: string;
  readonly page?: string;
  readonly source?: string;
  readonly items: readonly Hit[];
}

/** A collector's memory, and a way to send it beacons at times given in local ISO without zone, as UTC. */
const setUp = (most = 100) => {
  let drawn = 0;
  const keys = new VisitorKeys(0);
  const visit = createVisit({ memory: new VisitMemory(most), random: () => ++drawn });
  return (at: number, { who = 'ann', page = '/', source = 'Direct', items }: Sent) => {
    const beacon: AnonymousBeacon = {
      at,
      site,
      batch: null,
      release: '',
      screen: 'l',
      late: 0,
      browserKey: keys.browserKey(site.id, '192.0.2.1', who, at),
      page: { hostname: 'example.com', path: page, title: 'Title' },
      origin: { ...origin, source },
      client,
      items,
    };
    return visit(beacon).rows;
  };
};

const t = (iso: string): number => Date.parse(`${iso}Z`);
const view = (at: number): Hit => ({ kind: 'view', at });
const event = (at: number, name = 'signup'): Hit => ({ kind: 'event', at, name, props: {} });
const engage = (at: number): Hit => ({ kind: 'engagement', at, ms: 5000, scroll: 40 });

const noon = t('2026-03-10T12:00:00');

describe('visit', () => {
  it.each([
    ['29:59 after', 29 * MINUTE + 59_000, { visits: 0, visitors: 0, bounces: -1, seconds: 1799 }],
    ['30:00 after', 30 * MINUTE, { visits: 1, visitors: 0, bounces: 1, seconds: 0 }],
    ['a second before, late', -1000, { visits: 0, visitors: 0, bounces: -1, seconds: 0 }],
  ])('a view %s the first', (_when, later, expected) => {
    const send = setUp();
    const [first] = send(noon, { items: [view(noon)] });
    expect(first).toMatchObject({ visits: 1, visitors: 1, bounces: 1, seconds: 0, step: 1, first_visit: 1 });
    const [second] = send(noon + later, { items: [view(noon + later)] });
    expect(second).toMatchObject(expected);
  });

  it('withdraws a bounce once, and an event first is none', () => {
    const send = setUp();
    const bounces = send(noon, { items: [view(noon), event(noon), view(noon), event(noon)] }).map((row) => row.bounces);
    expect(bounces).toEqual([1, -1, 0, 0]);
    const other = send(noon, { who: 'bob', items: [event(noon), view(noon)] }).map((row) => row.bounces);
    expect(other).toEqual([0, 0]);
  });

  it('freezes what the first hit says', () => {
    const send = setUp();
    send(noon, { page: '/a', source: 'Google', items: [view(noon)] });
    const [row] = send(noon + MINUTE, { page: '/b', source: 'Bing', items: [view(noon + MINUTE)] });
    expect(row).toMatchObject({ entry_page: '/a', source: 'Google', page: '/b', prev_page: '/a', step: 2 });
  });

  it('books a visit over midnight on the day and hour it began, and the next visit anew', () => {
    const send = setUp();
    const late = t('2026-03-10T22:50:00'); // 23:50 in Berlin
    const [before] = send(late, { items: [view(late)] });
    const [after] = send(late + 20 * MINUTE, { items: [view(late + 20 * MINUTE)] });
    const [next] = send(late + 120 * MINUTE, { items: [view(late + 120 * MINUTE)] });
    expect(before).toMatchObject({ day: '2026-03-10', hour: t('2026-03-10T22:00:00') / 1000 });
    expect(after).toMatchObject({ day: '2026-03-10', hour: t('2026-03-10T22:00:00') / 1000, visit: before?.visit });
    expect(next).toMatchObject({ day: '2026-03-11', visits: 1, visitors: 1 });
  });

  it('knows a browser over the change of keys at midnight UTC', () => {
    const send = setUp();
    const first = t('2026-03-10T23:30:00'); // 00:30 in Berlin
    send(first, { items: [view(first)] });
    const [row] = send(first + 300 * MINUTE, { items: [view(first + 300 * MINUTE)] });
    expect(row).toMatchObject({ visits: 1, visitors: 0, first_visit: 0 });
  });

  it('counts pages and event names once a visit and once a day', () => {
    const send = setUp();
    const [a, b] = send(noon, { page: '/a', items: [view(noon), event(noon)] });
    const later = noon + 60 * MINUTE;
    const [c, d] = send(later, { page: '/a', items: [view(later), event(later), event(later)] });
    expect([a?.page_visits, a?.page_visitors, b?.page_visits, b?.event_visits, b?.event_visitors]).toEqual([
      1, 1, 0, 1, 1,
    ]);
    expect([c?.page_visits, c?.page_visitors, d?.event_visits, d?.event_visitors]).toEqual([1, 0, 1, 0]);
  });

  it('attaches engagement to the visit, and to nothing when none is known', () => {
    const send = setUp();
    const [lone] = send(noon, { items: [engage(noon)] });
    expect(lone).toMatchObject({ visit: '0', engaged_ms: 0, scroll: 0, visits: 0 });
    const [first, engaged] = send(noon, { items: [view(noon), engage(noon)] });
    expect(engaged).toMatchObject({ visit: first?.visit, engaged_ms: 5000, scroll: 40, views: 0, bounces: 0 });
  });

  it('forgets the browser whose visit began longest ago when memory is full', () => {
    const send = setUp(2);
    for (const who of ['ann', 'bob', 'cyd']) send(noon, { who, items: [view(noon)] });
    expect(send(noon, { who: 'bob', items: [view(noon)] })[0]?.visits).toBe(0);
    expect(send(noon, { who: 'ann', items: [view(noon)] })[0]?.visits).toBe(1);
  });
});

describe('VisitMemory', () => {
  it('sweeps what no hit can belong to any more', () => {
    const memory = new VisitMemory(10);
    const keys = new VisitorKeys(0);
    const visit = createVisit({ memory, random: () => 1 });
    const late = t('2026-03-10T22:50:00');
    visit({
      at: late,
      site,
      batch: null,
      release: '',
      screen: '',
      late: 0,
      browserKey: keys.browserKey('s', 'n', 'a', late),
      page: { hostname: 'h', path: '/', title: '' },
      origin,
      client,
      items: [view(late)],
    });
    memory.sweep(late + 39 * MINUTE);
    expect(memory.size).toBe(1);
    memory.sweep(late + 41 * MINUTE);
    expect(memory.size).toBe(0);
  });
});
