import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Beacon } from '../../packages/sdk/src/wire.ts';
import { createClock } from '../support/clock.ts';
import { placed } from '../support/geo.ts';
import { emptyTables, storedRows } from '../support/rows.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

/** Eleven in the morning in Berlin. */
const NOW = Date.parse('2040-03-02T10:00:00Z');
const HOUR = 3_600_000;

const clock = createClock(NOW);
let collector: TestCollector;
let domain = '';
let sites = 0;

beforeAll(async () => {
  collector = await startTestCollector({ now: clock.now, geo: placed(() => 'DE') });
});
afterAll(() => collector.stop());
beforeEach(async () => {
  domain = `site${++sites}.example`;
  await collector.api('POST', '/api/sites', { domain, timezone: 'Europe/Berlin' });
  await collector.flush();
  await emptyTables(collector.store);
});

const patch = async (change: object, of = domain): Promise<[number, Record<string, unknown>]> => {
  const response = await collector.api('PATCH', `/api/sites/${of}`, change);
  return [response.status, (await response.json()) as Record<string, unknown>];
};

/** Resolves to what the answer says of a view, and the row that is stored. */
const view = async (change: Partial<Beacon> = {}): Promise<[string | null, Record<string, unknown> | undefined]> => {
  const response = await collector.send({ s: domain, u: `https://${domain}/`, w: 'l', i: [{ k: 'view' }], ...change });
  await collector.flush();
  return [response.headers.get('passerby'), (await storedRows(collector.store, 'hits')).at(-1)];
};

test('other names and former domains count for the same site', async () => {
  expect(await patch({ aliases: [`blog.${domain}`, `kiosk${sites}`] })).toMatchObject([200, { domain }]);
  expect(await patch({ domain: `new.${domain}` })).toMatchObject([
    200,
    { domain: `new.${domain}`, aliases: [`blog.${domain}`, `kiosk${sites}`, domain] },
  ]);
  for (const s of [`new.${domain}`, domain, `Blog.${domain}`, `kiosk${sites}`])
    expect((await view({ s }))[0], s).toBe('counted=1');
  const stored = await collector.store.query('SELECT uniqExact(site) = 1 AS one FROM hits');
  expect(stored).toEqual([{ one: 1 }]);
});

test('a name that another site has is refused', async () => {
  await collector.api('POST', '/api/sites', { domain: `other.${domain}` });
  expect(await patch({ aliases: [`other.${domain}`] })).toMatchObject([409, { error: { field: 'aliases' } }]);
  expect(await patch({ domain: `other.${domain}` })).toMatchObject([409, { error: { field: 'domain' } }]);
});

test('regions, cities, screens and languages are kept as the owner says', async () => {
  const [, before] = await view();
  expect(before).toMatchObject({ country: 'DE', screen: 'l', language: 'und' });
  expect([before?.region, before?.city]).toEqual([undefined, undefined]);
  await patch({ collect: { places: 'city', screens: false, languages: false } });
  clock.advance(HOUR);
  const [, after] = await view();
  expect([after?.screen, after?.language]).toEqual([undefined, undefined]);
  // Where a browser is stays for the day what it was at first.
  expect([after?.region, after?.city]).toEqual([undefined, undefined]);
});

test('parameters belong to a page if the owner names them', async () => {
  const u = `https://${domain}/search?utm_source=x&q=jane@example.org&page=2`;
  expect((await view({ u }))[1]).toMatchObject({ page: '/search' });
  await patch({ queryParameters: ['q', 'page'] });
  expect((await view({ u }))[1]).toMatchObject({ page: '/search?page=2&q=[email]', prev_page: '/search' });
});

test('referrer spam is counted if the owner says so', async () => {
  const r = 'https://semalt.com/';
  expect((await view({ r }))[0]).toBe('spam=1');
  await patch({ spamList: false });
  expect(await view({ r })).toMatchObject(['counted=1', { source: 'semalt.com' }]);
});

test('who comes back from where the owner says counts as if they named no referrer', async () => {
  const r = 'https://booking.example.org/done';
  expect(await view({ r })).toMatchObject(['counted=1', { source: 'booking.example.org', channel: 'Referral' }]);
  clock.advance(HOUR);
  await patch({ ignoredReferrers: ['booking.example.org'] });
  const [answer, row] = await view({ r });
  expect([answer, row?.source, row?.channel, row?.referrer]).toEqual(['counted=1', 'Direct', 'Direct', undefined]);
});

test('a change of the time zone waits for midnight; what was counted stays', async () => {
  const [, asked] = await patch({ timezone: 'America/New_York' });
  const midnight = Date.parse('2040-03-02T23:00:00Z');
  expect(asked).toMatchObject({
    timezone: 'Europe/Berlin',
    timezoneNext: { timezone: 'America/New_York', from: midnight / 1000 },
  });
  const bookedAt = async (at: number): Promise<unknown> => {
    clock.advance(at - clock.now());
    return (await view())[1]?.day;
  };
  // Six in the evening in New York is the same day as before.
  expect(await bookedAt(midnight - HOUR)).toBe('2040-03-02');
  expect(await bookedAt(midnight + HOUR)).toBe('2040-03-02');
  expect(await bookedAt(midnight + 7 * HOUR)).toBe('2040-03-03');
  await collector.collector.refresh();
  expect((await patch({ name: 'Moved' }))[1]).toMatchObject({ timezone: 'America/New_York', timezoneNext: null });
  const answer = await collector.query({
    site_id: domain,
    metrics: ['pageviews'],
    date_range: '7d',
    dimensions: ['time:day'],
  });
  expect(answer.results.slice(-2).map(({ dimensions, metrics }) => [...dimensions, ...metrics])).toEqual([
    ['2040-03-02', 2],
    ['2040-03-03', 1],
  ]);
});

test('where a browser is is kept from its next day on, and no more at once', async () => {
  await view();
  await patch({ collect: { places: 'city', screens: true, languages: true } });
  clock.advance(24 * HOUR);
  expect((await view())[1]).toMatchObject({ country: 'DE', region: 'DE-1', city: 'DE: Middle' });
  await patch({ collect: { places: 'country', screens: true, languages: true } });
  clock.advance(HOUR);
  const [, row] = await view();
  expect([row?.country, row?.region, row?.city]).toEqual(['DE', undefined, undefined]);
});
