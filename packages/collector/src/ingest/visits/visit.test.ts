import { describe, expect, it } from 'vitest';
import { engage, event, MINUTE, startVisits, t, view } from './testing.ts';

const noon = t('2026-03-10T12:00:00');

describe('visit', () => {
  it.each([
    ['29:59 after', 29 * MINUTE + 59_000, { visits: 0, visitors: 0, bounces: -1, seconds: 1799 }],
    ['30:00 after', 30 * MINUTE, { visits: 1, visitors: 0, bounces: 1, seconds: 0 }],
    ['a second before, late', -1000, { visits: 0, visitors: 0, bounces: -1, seconds: 0 }],
  ])('a view %s the first', (_when, later, expected) => {
    const { send } = startVisits();
    const [first] = send(noon, { items: [view(noon)] });
    expect(first).toMatchObject({ visits: 1, visitors: 1, bounces: 1, seconds: 0, step: 1, first_visit: 1 });
    const [second] = send(noon + later, { items: [view(noon + later)] });
    expect(second).toMatchObject(expected);
  });

  it('adds no time for a hit that arrives after a later one, and none twice', () => {
    const { send } = startVisits();
    const at = [0, 60_000, 30_000, 90_000].map((after) => noon + after);
    const seconds = at.flatMap((when) => send(noon + 90_000, { items: [view(when)] })).map((row) => row.seconds);
    expect(seconds).toEqual([0, 60, 0, 30]);
  });

  it('withdraws a bounce once, and an event first is none', () => {
    const { send } = startVisits();
    const bounces = send(noon, { items: [view(noon), event(noon), view(noon), event(noon)] }).map((row) => row.bounces);
    expect(bounces).toEqual([1, -1, 0, 0]);
    const other = send(noon, { who: 'bob', items: [event(noon), view(noon)] }).map((row) => row.bounces);
    expect(other).toEqual([0, 0]);
  });

  it('freezes what the first hit says', () => {
    const { send } = startVisits();
    send(noon, { page: '/a', source: 'Google', items: [view(noon)] });
    const [row] = send(noon + MINUTE, { page: '/b', source: 'Bing', items: [view(noon + MINUTE)] });
    expect(row).toMatchObject({ entry_page: '/a', source: 'Google', page: '/b', prev_page: '/a', step: 2 });
  });

  it('knows a browser over the change of keys at midnight UTC', () => {
    const { send, memory } = startVisits();
    const first = t('2026-03-10T23:30:00'); // 00:30 in Berlin
    send(first, { items: [view(first)] });
    const [row] = send(first + 300 * MINUTE, { items: [view(first + 300 * MINUTE)] });
    expect(row).toMatchObject({ visits: 1, visitors: 0, first_visit: 0 });
    expect(memory.size).toBe(1);
  });

  it('counts pages and event names once a visit and once a day', () => {
    const { send } = startVisits();
    const [a, b] = send(noon, { page: '/a', items: [view(noon), event(noon)] });
    const later = noon + 60 * MINUTE;
    const [c, d] = send(later, { page: '/a', items: [view(later), event(later), event(later)] });
    expect([a?.page_visits, a?.page_visitors, b?.page_visits, b?.event_visits, b?.event_visitors]).toEqual([
      1, 1, 0, 1, 1,
    ]);
    expect([c?.page_visits, c?.page_visitors, d?.event_visits, d?.event_visitors]).toEqual([1, 0, 1, 0]);
  });

  it('says which page was viewed before, whatever happened on others since', () => {
    const { send } = startVisits();
    send(noon, { page: '/a', items: [view(noon)] });
    send(noon, { page: '/b', items: [event(noon)] });
    expect(send(noon, { page: '/c', items: [view(noon)] })).toMatchObject([{ prev_page: '/a' }]);
  });

  it('tells an event from a page of the same name', () => {
    const { send } = startVisits();
    const [, named] = send(noon, { page: '/a', items: [view(noon), { ...event(noon), name: '/a' }] });
    expect([named?.event_visits, named?.event_visitors]).toEqual([1, 1]);
  });

  it('puts what a page says of itself on its views, events and engagement, of which events say more themselves', () => {
    const { send } = startVisits();
    const props = { author: 'Ann', plan: 'free' };
    const rows = send(noon, {
      props,
      items: [view(noon), event(noon), { ...event(noon), props: { plan: 'pro' } }, engage(noon)],
    });
    expect(rows.map((row) => row.props)).toEqual([props, props, { author: 'Ann', plan: 'pro' }, props]);
  });

  it('puts revenue on the event that brought it', () => {
    const { send } = startVisits();
    const revenue = { amount: 12_500, currency: 'EUR' };
    const rows = send(noon, { items: [view(noon), { ...event(noon), revenue }, event(noon)] });
    expect(rows.map((row) => [row.revenue, row.currency])).toEqual([
      [0, ''],
      [12_500, 'EUR'],
      [0, ''],
    ]);
  });

  it('counts an opened e-mail beside all visits', () => {
    const { send, memory } = startVisits();
    const [open] = send(noon, { items: [{ kind: 'open', at: noon, name: 'May' }] });
    expect(open).toMatchObject({ kind: 'open', name: 'May', events: 1, visits: 0, visit: '0', step: 0, country: '' });
    expect([open?.page, open?.hit_until, memory.size]).toEqual(['', '2026-03-10', 0]);
  });

  describe('when the time zone of the site changes at midnight', () => {
    // Midnight in Berlin is seven in the evening before in New York.
    const midnight = t('2026-03-10T23:00:00');
    const moving = { timezoneNext: { timezone: 'America/New_York', from: midnight / 1000 } };

    it('books a visit under way on its day, and the next on the new one', () => {
      const { send } = startVisits(100, moving);
      const booked = [-10, 10, 70].map((minutes) => {
        const at = midnight + minutes * MINUTE;
        const [row] = send(at, { items: [view(at)] });
        return [row?.day, row?.hour, row?.visits];
      });
      expect(booked).toEqual([
        ['2026-03-10', t('2026-03-10T22:00:00') / 1000, 1],
        ['2026-03-10', t('2026-03-10T22:00:00') / 1000, 0],
        ['2026-03-10', t('2026-03-11T00:00:00') / 1000, 1],
      ]);
    });

    it('books what comes late on the old one', () => {
      const { send } = startVisits(100, moving);
      const late = t('2026-03-10T22:59:00');
      expect(send(midnight + MINUTE, { items: [view(late)] })).toMatchObject([{ day: '2026-03-10' }]);
      const next = t('2026-03-11T05:00:00');
      expect(send(next, { who: 'bob', items: [view(next)] })).toMatchObject([{ day: '2026-03-11' }]);
    });
  });

  it('attaches engagement to the visit, and to nothing when none is known', () => {
    const { send } = startVisits();
    const [lone] = send(noon, { items: [engage(noon)] });
    expect(lone).toMatchObject({ visit: '0', engaged_ms: 0, scroll: 0, visits: 0 });
    const [first, engaged] = send(noon, { items: [view(noon), engage(noon)] });
    expect(engaged).toMatchObject({ visit: first?.visit, engaged_ms: 5000, scroll: 40, views: 0, bounces: 0 });
  });
});
