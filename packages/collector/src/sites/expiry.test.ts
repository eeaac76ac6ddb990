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
  createExpiry({ store, topology: engine.topology, sites: () => [{ ...SITE, hitsDays: 400, sumsDays }], now });

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

/** Days of hits and log records end in UTC, where it is the day before. */
const TABLES = ['hits', 'logs'] as const;
const daysIn = async (table: string, site = 'site'): Promise<string[]> =>
  (
    await engine.store.query<{ day: string }>(
      `SELECT DISTINCT day FROM ${table} WHERE site = {site:String} ORDER BY day`,
      { site },
    )
  ).map(({ day }) => day);

const fillAgain = async (): Promise<void> => {
  for (const table of TABLES) await engine.store.command(`TRUNCATE TABLE ${table}`);
  const rows = DAYS.flatMap((day) =>
    ['site', 'other'].flatMap((site) => [
      row(`${day}T12:00:00+02:00`, { kind: 'view', views: 1, page: '/', site }),
      row(`${day}T12:00:00+02:00`, { kind: 'log', message: 'a line', site }),
    ]),
  );
  await engine.store.insert(batchOf(rows, `rows ${Math.random()}`));
};

it.each([
  [400, DAYS],
  [3, DAYS],
  [2, DAYS.slice(1)],
  [1, DAYS.slice(2)],
  [0, DAYS.slice(3)],
])(
  'hits and log records that were to stay for longer leave when they are kept for %d days: %j stay',
  async (days, left) => {
    await fillAgain();
    const sites = () => [{ ...SITE, hitsDays: days, logsDays: days }];
    await createExpiry({ store: engine.store, topology: engine.topology, sites, now: () => NOW })();
    for (const table of TABLES) {
      await expect.poll(() => daysIn(table)).toEqual(left);
      expect(await daysIn(table, 'other')).toEqual(DAYS);
    }
    expect(await daysOf('site')).toEqual(DAYS);
  },
);

it('keeps hits and log records apart', async () => {
  await fillAgain();
  const sites = () => [{ ...SITE, hitsDays: 1, logsDays: 400 }];
  await createExpiry({ store: engine.store, topology: engine.topology, sites, now: () => NOW })();
  await expect.poll(() => daysIn('hits')).toEqual(DAYS.slice(2));
  expect(await daysIn('logs')).toEqual(DAYS);
});

it('looks at once when something is kept for another time', async () => {
  let sumsDays = 0;
  const sites = () => [{ ...SITE, sumsDays }];
  const expire = createExpiry({ store: engine.store, topology: engine.topology, sites, now: () => NOW });
  await expire();
  expect(await daysOf('site')).toEqual(DAYS);
  sumsDays = 3;
  await expire();
  await expect.poll(() => daysOf('site')).toEqual(DAYS.slice(1));
});

it('leaves to the engine what its own time has come for', async () => {
  await fillAgain();
  let changes = 0;
  const command: Store['command'] = (...given) => {
    changes += 1;
    return engine.store.command(...given);
  };
  const sites = () => [{ ...SITE, hitsDays: 1, logsDays: 1 }];
  const store = { ...engine.store, command };
  // Rows of the test stay until the end of 2099.
  const now = () => Date.parse('2100-01-01T00:00:00Z');
  await createExpiry({ store, topology: engine.topology, sites, now })();
  expect(changes).toBe(0);
});
