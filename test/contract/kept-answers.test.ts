import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Question } from '../../packages/collector/src/query/stats/query.ts';
import { StoreError } from '../../packages/collector/src/store/store-error.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

const MINUTE = 60_000;

let collector: TestCollector;
let now = Date.parse('2040-03-01T12:00:00Z');
let day = 0;
let asked = 0;
beforeEach(async () => {
  // A site of its own for each test, and days of its own.
  collector ??= await start();
  day += 1;
  now = Date.parse('2040-03-01T12:00:00Z') + day * 5 * 24 * 60 * MINUTE;
  await collector.api('POST', '/api/sites', { domain: site(), timezone: 'UTC' });
  await view();
  await view('/other', '203.0.113.8');
  await collector.flush();
  now += 24 * 60 * MINUTE;
});
afterAll(() => collector.stop());

const start = async (): Promise<TestCollector> => {
  const made = await startTestCollector({ now: () => now });
  const { query } = made.store;
  made.store.query = ((sql, ...rest) => {
    if (/FROM (?:sums|hits) AS r/.test(sql)) asked += 1;
    return query(sql, ...rest);
  }) as typeof query;
  return made;
};

const site = (): string => `site-${day}.example`;
const view = (page = '/', address = '203.0.113.7'): Promise<Response> =>
  collector.send({ s: site(), u: `https://${site()}${page}`, i: [{ k: 'view' }] }, { address });

const yesterday = (): Question['date_range'] => {
  const date = new Date(now - 24 * 60 * MINUTE).toISOString().slice(0, 10);
  return [date, date];
};

/** The pageviews of a range, and whether the store was asked for them. */
const pageviews = async (date_range = yesterday()): Promise<[views: unknown, isAsked: boolean]> => {
  asked = 0;
  const { results } = await collector.query({ site_id: site(), metrics: ['pageviews'], date_range });
  return [results[0]?.metrics[0], asked > 0];
};

test('an answer about yesterday is kept while hits of today are stored', async () => {
  expect(await pageviews()).toEqual([2, true]);
  for (let hour = 0; hour < 3; hour++) {
    now += 60 * MINUTE;
    await view();
    await collector.flush();
    expect(await pageviews()).toEqual([2, false]);
  }
  const today = new Date(now).toISOString().slice(0, 10);
  expect(await pageviews([today, today])).toEqual([3, true]);
  await view();
  await collector.flush();
  expect(await pageviews([today, today])).toEqual([4, true]);
});

test('within an hour after midnight yesterday may go on', async () => {
  now = Date.parse(`${new Date(now).toISOString().slice(0, 10)}T00:05:00Z`);
  expect(await pageviews()).toEqual([2, true]);
  await collector.send({ s: site(), u: `https://${site()}/late`, i: [{ k: 'view', a: 8 * MINUTE }] });
  await collector.flush();
  expect(await pageviews()).toEqual([3, true]);
});

test('what waited for the store may be of yesterday', async () => {
  now = Date.parse(`${new Date(now).toISOString().slice(0, 10)}T00:00:00Z`) - 5 * MINUTE;
  const { insert } = collector.store;
  collector.store.insert = () => Promise.reject(new StoreError('away', 'unknown', null, ''));
  await view('/waiting', '203.0.113.9');
  now += 3 * 60 * MINUTE;
  expect([await pageviews(), await pageviews()]).toEqual([
    [2, true],
    [2, false],
  ]);
  collector.store.insert = insert;
  await collector.flush();
  expect(await pageviews()).toEqual([3, true]);
});

test('a purge forgets', async () => {
  await pageviews();
  await collector.api('POST', `/api/sites/${site()}/purge`, { confirm: site() });
  expect(await pageviews()).toEqual([0, true]);
});

test.each([
  ['settings', { hitsDays: 30 }],
  ['time zone', { timezone: 'Europe/Berlin' }],
])('a change of the site’s %s forgets', async (_name, change) => {
  await pageviews();
  expect(await pageviews()).toEqual([2, false]);
  await collector.api('PATCH', `/api/sites/${site()}`, change);
  expect(await pageviews()).toEqual([2, true]);
});

test('with the next day, days go out of what is kept', async () => {
  const range = yesterday();
  await pageviews(range);
  now += 6 * 60 * MINUTE;
  expect(await pageviews(range)).toEqual([2, false]);
  now += 12 * 60 * MINUTE;
  expect(await pageviews(range)).toEqual([2, true]);
});
