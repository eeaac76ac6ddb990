import { describe, expect, it, test } from 'vitest';
import { SITE } from '../../query/testing.ts';
import { t } from '../visits/testing.ts';
import { SiteDays } from './site-days.ts';
import { ValueCardinality } from './value-cardinality.ts';

const HOUR = 3_600_000;
const site = { ...SITE, timezone: 'Europe/Berlin', timezoneNext: null };

describe('the day of a site', () => {
  test.each([
    ['in winter', '2026-01-10T22:59:59.999', '2026-01-10T23:00:00'],
    ['of 23 hours', '2026-03-29T21:59:59.999', '2026-03-29T22:00:00'],
    ['of 25 hours', '2026-10-25T22:59:59.999', '2026-10-25T23:00:00'],
  ])('%s ends at its midnight', (_which, last, next) => {
    const days = new SiteDays(new ValueCardinality());
    const day = days.of(site, t(last));
    day.items = 7;
    expect(days.of(site, t(last) - 20 * HOUR).items).toBe(7);
    expect(days.of(site, t(next)).items).toBe(0);
  });

  it('is forgotten when it is over, and its values with it', () => {
    const values = new ValueCardinality();
    const days = new SiteDays(values);
    const now = t('2026-01-10T12:00:00');
    days.kept(days.of(site, now), 'page', '/a');
    days.kept(days.of({ ...site, id: 'other' }, now), 'page', '/a');
    days.sweep(now);
    expect(values.size).toBe(2);
    days.of(site, now + 24 * HOUR);
    expect(values.size).toBe(1);
    days.sweep(now + 24 * HOUR);
    expect(values.size).toBe(0);
  });
});
