import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../engine/testing.ts';
import { row, SITE } from '../query/testing.ts';
import { batchOf } from '../store/lines.ts';
import type { Store } from '../store/store.ts';
import { createExpiry } from './expiry.ts';

/** Just after midnight in Berlin; in UTC it is the day before. */
const NOW = Date.parse('2026-06-10T00:30:00+02:00');
const DAYS = ['2026-06-07', '2026-06-08', '2026-06-09', '2026-06-10'];

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  await engine.store.command('TRUNCATE TABLE sums');
  const rows = DAYS.flatMap((day) =>
    ['site', 'other'].map((site) => row(`${day}T12:00:00+02:00`, { kind: 'view', views: 1, page: '/', site })),
  );
  await engine.store.insert(batchOf(rows, `rows ${Math.random()}`));
});

const daysOf = async (site: string): Promise<string[]> =>
  (
    await engine.store.query<{ day: string }>('SELECT DISTINCT day FROM sums WHERE site = {site:String} ORDER BY day', {
      site,
    })
  ).map(({ day }) => day);

const expiryOf = (sumsDays: number, now = () => NOW, store: Store = engine.store): (() => Promise<void>) =>
  createExpiry({ store, topology: engine.topology, sites: () => [{ ...SITE, sumsDays }], now });

it.each([
  [0, DAYS],
  [1, DAYS.slice(3)],
  [3, DAYS.slice(1)],
  [400, DAYS],
])('with %d days these stay: %j', async (sumsDays, left) => {
  await expiryOf(sumsDays)();
  await expect.poll(() => daysOf('site')).toEqual(left);
  expect(await daysOf('other')).toEqual(DAYS);
});

it('looks once an hour, and tries again what failed', async () => {
  let now = NOW;
  let asked = 0;
  const query: Store['query'] = (...given) => {
    asked += 1;
    return asked === 1 ? Promise.reject(new Error('away')) : engine.store.query(...given);
  };
  const expire = expiryOf(3, () => now, { ...engine.store, query });
  await expect(expire()).rejects.toThrow('away');
  now += 3_599_999;
  await expire();
  expect([asked, await daysOf('site')]).toEqual([1, DAYS]);
  now += 1;
  await expire();
  await expect.poll(() => daysOf('site')).toEqual(DAYS.slice(1));
});
