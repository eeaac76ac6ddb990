import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../../engine/testing.ts';
import { read } from '../../http/parse.ts';
import type { Site } from '../../sites/site.ts';
import { batchOf } from '../../store/lines.ts';
import type { Row } from '../../store/row.ts';
import { createQuery } from '../stats/run.ts';
import { FIRST, row, SITE, visit } from '../testing.ts';
import type { Overview } from './overview.ts';
import { type OverviewRange, overviewShape } from './parse.ts';
import { createOverview } from './run.ts';

/** 15:30 in Berlin, 22:30 in Tokyo. */
const NOW = Date.parse('2026-06-10T13:30:00Z');

const BERLIN: Site = { ...SITE, id: 'berlin', domain: 'berlin.example' };
const TOKYO: Site = { ...SITE, id: 'tokyo', domain: 'tokyo.example', timezone: 'Asia/Tokyo' };
const QUIET: Site = { ...SITE, id: 'quiet', domain: 'quiet.example' };
const SITES = [BERLIN, QUIET, TOKYO];

let next = 1;
/** So many visits of one view that began at a local time. */
const visits = (site: Site, begin: string, count: number, frozen: Partial<Row> = {}): Row[] =>
  Array.from({ length: count }, () =>
    visit(String(next++), begin, { site: site.id, ...frozen }, [{ page: '/', ...FIRST }]),
  ).flat();

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
  const rows = [
    ...visits(BERLIN, '2026-06-10T10:00:00+02:00', 4),
    ...visits(BERLIN, '2026-06-08T23:00:00+02:00', 2),
    // The day before, up to this hour and after it.
    ...visits(BERLIN, '2026-06-09T15:59:00+02:00', 3),
    ...visits(BERLIN, '2026-06-09T16:00:00+02:00', 9),
    // A week before, the same.
    ...visits(BERLIN, '2026-06-03T15:00:00+02:00', 1),
    ...visits(BERLIN, '2026-06-03T16:00:00+02:00', 7),
    // Of the tenth there, of the ninth in Berlin.
    ...visits(TOKYO, '2026-06-10T01:00:00+09:00', 5),
    ...visits(TOKYO, '2026-06-09T22:00:00+09:00', 2),
    ...visits(TOKYO, '2026-06-03T10:00:00+09:00', 8),
    ...visits({ ...SITE, id: 'another' }, '2026-06-10T10:00:00+02:00', 50),
    row('2026-06-10T00:00:00+02:00', { kind: 'drop', name: 'bot', events: 3, site: 'berlin' }),
  ];
  await engine.store.insert(batchOf(rows, 'rows'));
});
afterAll(() => engine.stop());

const ask = (range: OverviewRange, sites: readonly Site[] = SITES): Promise<Overview> =>
  createOverview({ store: engine.store, now: () => NOW }).ask(sites, range);

const counts = (visits: number) => ({ visitors: visits, visits, pageviews: visits });
const zeros = (length: number): number[] => Array(length).fill(0);

test('a day, beside the day before up to this hour', async () => {
  expect(await ask('day')).toEqual({
    sites: [
      { domain: 'berlin.example', ...counts(4), change: 33.3, series: [4] },
      { domain: 'quiet.example', ...counts(0), change: null, series: [0] },
      { domain: 'tokyo.example', ...counts(5), change: 150, series: [5] },
    ],
    total: { ...counts(9), change: 80, series: [9] },
  });
});

test('a week, beside the week before up to this hour', async () => {
  expect(await ask('7d')).toEqual({
    sites: [
      { domain: 'berlin.example', ...counts(18), change: 1700, series: [...zeros(4), 2, 12, 4] },
      { domain: 'quiet.example', ...counts(0), change: null, series: zeros(7) },
      { domain: 'tokyo.example', ...counts(7), change: -12.5, series: [...zeros(5), 2, 5] },
    ],
    total: { ...counts(25), change: 177.8, series: [...zeros(4), 2, 14, 9] },
  });
});

test('days of one’s own', async () => {
  const { sites, total } = await ask(['2026-06-08', '2026-06-09'], [BERLIN, TOKYO]);
  expect(sites.map(({ series }) => series)).toEqual([
    [2, 12],
    [0, 2],
  ]);
  expect(total).toEqual({ ...counts(16), change: null, series: [2, 14] });
});

test('sites whose calendars show different months', async () => {
  const now = Date.parse('2026-05-31T20:00:00Z');
  const { sites, total } = await createOverview({ store: engine.store, now: () => now }).ask([BERLIN, TOKYO], 'month');
  expect([...sites.map(({ series }) => series.length), total.series.length]).toEqual([31, 1, 31]);
});

test('no sites', async () => {
  expect(await ask('28d', [])).toEqual({ sites: [], total: { ...counts(0), change: null, series: [] } });
});

test.each<OverviewRange>(['day', '7d', '28d', '30d', 'month', 'year', ['2026-06-03', '2026-06-09']])(
  '%s has the numbers that the sites’ own statistics have',
  async (date_range) => {
    const { sites } = await ask(date_range);
    for (const [index, site] of SITES.entries()) {
      const { results } = await createQuery({ store: engine.store, now: () => NOW }).ask(
        {
          site_id: site.domain,
          date_range,
          metrics: ['visitors'],
          include: { comparisons: { mode: 'previous_period' } },
        },
        site,
        '2026-06-03',
      );
      expect(sites[index]?.visitors).toBe(results[0]?.metrics[0]);
      expect(sites[index]?.change).toBe(results[0]?.comparison?.change[0]);
    }
  },
);

describe('its range', () => {
  it.each<[object, OverviewRange]>([
    [{}, '28d'],
    [{ date_range: 'year' }, 'year'],
    [{ date_range: '2026-06-01,2026-06-10' }, ['2026-06-01', '2026-06-10']],
    [{ date_range: '2024-01-01,2024-12-31' }, ['2024-01-01', '2024-12-31']],
  ])('%j', (input, range) => {
    expect(read(overviewShape, input)).toEqual({ date_range: range });
  });

  it.each<[object, string, RegExp]>([
    [{ date_range: 'all' }, 'date_range', /7d.*2026-01-31/],
    [{ date_range: '24h' }, 'date_range', /7d.*2026-01-31/],
    [{ date_range: '2026-06-01' }, 'date_range', /7d.*2026-01-31/],
    [{ date_range: '2026-01-01,2027-01-02' }, 'date_range', /366 days/],
    [{ site: 'a' }, 'site', /no such field/],
  ])('%j is wrong', (input, field, says) => {
    expect(() => read(overviewShape, input)).toThrow(
      expect.objectContaining({ field, message: expect.stringMatching(says) }),
    );
  });

  it('must not end before it begins', async () => {
    await expect(ask(['2026-06-10', '2026-06-09'])).rejects.toMatchObject({ field: 'date_range' });
  });
});
