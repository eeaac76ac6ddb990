import { describe, expect, it } from 'vitest';
import { site } from './site.ts';
import { changedTimezone, settled, siteTimezone, siteZone } from './site-zone.ts';

const BERLIN = site.parse({
  id: 'site1',
  domain: 'example.com',
  name: 'Example',
  timezone: 'Europe/Berlin',
  created: '2026-01-01T00:00:00.000Z',
});
const at = (iso: string): number => Date.parse(iso);

describe('a change of the time zone', () => {
  it.each([
    ['at noon', '2026-03-10T12:00:00+01:00', '2026-03-11T00:00:00+01:00'],
    ['a minute before midnight', '2026-03-10T23:59:00+01:00', '2026-03-11T00:00:00+01:00'],
    ['at midnight', '2026-03-11T00:00:00+01:00', '2026-03-12T00:00:00+01:00'],
    ['on the day that has 23 hours', '2026-03-29T12:00:00+02:00', '2026-03-30T00:00:00+02:00'],
    ['on the day that has 25 hours', '2026-10-25T01:00:00+02:00', '2026-10-26T00:00:00+01:00'],
  ])('%s holds from the next midnight of the zone before', (_, asked, from) => {
    const changed = { ...BERLIN, ...changedTimezone(BERLIN, 'Asia/Tokyo', at(asked)) };
    expect(changed.timezoneNext).toEqual({ timezone: 'Asia/Tokyo', from: at(from) / 1000 });
    expect(siteTimezone(changed, at(from) - 1)).toBe('Europe/Berlin');
    expect(siteTimezone(changed, at(from))).toBe('Asia/Tokyo');
    expect(siteZone(changed, at(from)).format(at(from))).toMatch(/\+09:00$/);
  });

  const noon = at('2026-03-10T12:00:00+01:00');
  const changed = { ...BERLIN, ...changedTimezone(BERLIN, 'Asia/Tokyo', noon) };

  it('is none to the zone of now, and takes back one that is to come', () => {
    const none = { timezone: 'Europe/Berlin', timezoneNext: null };
    expect(changedTimezone(BERLIN, 'Europe/Berlin', noon)).toEqual(none);
    expect(changedTimezone(changed, 'Europe/Berlin', noon)).toEqual(none);
  });

  it('takes the place of one that is to come', () => {
    expect(changedTimezone(changed, 'UTC', noon).timezoneNext).toEqual({
      timezone: 'UTC',
      from: at('2026-03-11T00:00:00+01:00') / 1000,
    });
  });

  it('after one that holds begins at the midnight of that', () => {
    const after = at('2026-03-11T12:00:00+01:00');
    expect(changedTimezone(changed, 'UTC', after)).toEqual({
      timezone: 'Asia/Tokyo',
      timezoneNext: { timezone: 'UTC', from: at('2026-03-12T00:00:00+09:00') / 1000 },
    });
  });

  it('is taken into the site when nothing can come late any more', () => {
    const from = at('2026-03-11T00:00:00+01:00');
    expect(settled(changed, from + 3_599_999)).toBe(changed);
    expect(settled(changed, from + 3_600_000)).toEqual({ ...BERLIN, timezone: 'Asia/Tokyo' });
    expect(settled(BERLIN, from)).toBe(BERLIN);
  });
});
