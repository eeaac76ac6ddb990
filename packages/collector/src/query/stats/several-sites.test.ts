/** Several sites in one question: their numbers are those of each, added up. */
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../../engine/testing.ts';
import type { Site } from '../../sites/site.ts';
import { batchOf } from '../../store/lines.ts';
import type { Row } from '../../store/row.ts';
import { FIRST, SITE, visit } from '../testing.ts';
import { parseQuestion } from './parse.ts';
import type { Answer, Question } from './query.ts';
import { createQuery } from './run.ts';
import { askSites } from './several-sites.ts';

/** In Berlin it is the evening of the 10th, in Tokyo the morning of the 11th. */
const NOW = Date.parse('2026-06-10T22:30:00+02:00');
const FIRST_DAY = '2026-06-01';

const BERLIN = SITE;
const PARIS: Site = { ...SITE, id: 'paris', domain: 'paris.example', timezone: 'Europe/Paris' };
const TOKYO: Site = { ...SITE, id: 'tokyo', domain: 'tokyo.example', timezone: 'Asia/Tokyo' };
const QUIET: Site = { ...SITE, id: 'quiet', domain: 'quiet.example' };
const SITES = [BERLIN, PARIS, TOKYO, QUIET];

let visits = 0;
/** A visit of some pages, of which the first lasts so many seconds. */
const visitOf = (site: Site, begin: string, pages: readonly string[], more: Partial<Row> = {}, seconds = 0): Row[] => {
  visits += 1;
  const isBounce = pages.length === 1;
  const number = String(1_000 + visits);
  return visit(number, begin, { site: site.id, visitor: number, entry_page: pages[0] ?? '', country: 'DE', ...more }, [
    ...pages.map((page, index) => ({
      page,
      ...(index === 0
        ? { ...FIRST, bounces: isBounce ? 1 : 0 }
        : { seconds, prev_page: pages[index - 1] ?? '', page_visits: 1, page_visitors: 1 }),
    })),
  ]);
};

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
  const rows = [
    ...visitOf(BERLIN, '2026-06-10T10:00:00+02:00', ['/', '/a'], {}, 100),
    ...visitOf(BERLIN, '2026-06-10T11:00:00+02:00', ['/']),
    ...visitOf(BERLIN, '2026-06-09T11:00:00+02:00', ['/only-berlin'], { country: 'FR' }),
    ...visitOf(PARIS, '2026-06-10T10:00:00+02:00', ['/', '/a', '/b'], {}, 50),
    ...visitOf(PARIS, '2026-06-08T10:00:00+02:00', ['/a'], { country: 'FR' }),
    ...visitOf(TOKYO, '2026-06-11T01:00:00+09:00', ['/', '/tokyo'], { country: 'JP' }, 30),
    ...visitOf(TOKYO, '2026-06-10T23:00:00+09:00', ['/']),
  ];
  for (const { id } of SITES)
    await engine.store.insert(
      batchOf(
        rows.filter(({ site }) => site === id),
        id,
      ),
    );
});
afterAll(() => engine.stop());

const GIVEN = { metrics: ['visitors', 'pageviews'], date_range: '7d' };
const deps = () => ({ store: engine.store, now: () => NOW });
const ask = (sites: readonly Site[], given: Partial<Record<keyof Question, unknown>> = {}): Promise<Answer> =>
  askSites(
    deps(),
    parseQuestion({ site_id: sites.map(({ domain }) => domain), ...GIVEN, ...given }),
    sites.map((site) => ({ site, day: FIRST_DAY })),
  );
const askOne = (site: Site, given: Partial<Record<keyof Question, unknown>> = {}): Promise<Answer> =>
  createQuery(deps()).ask(parseQuestion({ site_id: site.domain, ...GIVEN, ...given }), site, FIRST_DAY);
const tableOf = ({ results }: Answer) => results.map(({ dimensions, metrics }) => [...dimensions, ...metrics]);

const RATES = [
  'visitors',
  'visits',
  'bounce_rate',
  'visit_duration',
  'views_per_visit',
  'exit_rate',
  'time_on_page',
  'percentage',
];

const QUESTIONS: readonly Partial<Record<keyof Question, unknown>>[] = [
  {},
  { metrics: RATES },
  { date_range: 'day', dimensions: ['time:hour'] },
  { dimensions: ['time:day'], include: { time_labels: true, total_rows: true } },
  { dimensions: ['time'], date_range: 'all' },
  { dimensions: ['time:week'], order_by: [['pageviews', 'desc']], pagination: { limit: 1 } },
  { dimensions: ['event:page'], include: { total_rows: true }, metrics: RATES },
  { dimensions: ['event:page'], order_by: [['event:page', 'desc']], pagination: { limit: 2, offset: 1 } },
  { dimensions: ['event:page'], order_by: [['bounce_rate', 'asc']], metrics: ['bounce_rate', 'visits'] },
  { dimensions: ['visit:exit_page'] },
  { dimensions: ['time:hour', 'event:page'], date_range: 'day' },
  { dimensions: ['time:day', 'visit:country'], filters: [['matches', 'event:page', ['^/(a|b)?$']]] },
  { dimensions: ['visit:country', 'event:page'], filters: [['is', 'event:page', ['/']]] },
  { date_range: ['2026-06-10T08:00:00Z', '2026-06-10T12:00:00Z'], dimensions: ['event:page'] },
  { include: { comparisons: { mode: 'previous_period' } }, date_range: 'day', metrics: RATES },
  {
    include: { comparisons: { mode: 'previous_period' } },
    dimensions: ['time:day'],
    date_range: ['2026-06-09', '2026-06-10'],
  },
  {
    include: { comparisons: { mode: 'previous_period', match_day_of_week: true } },
    dimensions: ['event:page'],
    date_range: ['2026-06-10', '2026-06-10'],
  },
  {
    include: { comparisons: { mode: 'custom', date_range: ['2026-06-08', '2026-06-09'] } },
    dimensions: ['time:day', 'visit:country'],
    date_range: ['2026-06-09', '2026-06-10'],
    metrics: RATES,
  },
  { metrics: ['events', 'bounce_rate'], filters: [['is', 'event:name', ['']]] },
];

test.each(QUESTIONS)('one site in a list is that site: %j', async (given) => {
  for (const site of [BERLIN, TOKYO]) {
    const { query, ...answer } = await ask([site], given);
    const { query: queryOfOne, ...ofOne } = await askOne(site, given);
    expect(answer).toEqual(ofOne);
    expect(query).toEqual({ ...queryOfOne, site_id: [site.domain] });
  }
});

test('totals are added up, and rates made of what was', async () => {
  const metrics = [
    'visitors',
    'visits',
    'pageviews',
    'entries',
    'bounces',
    'bounce_rate',
    'visit_duration',
    'views_per_visit',
  ];
  expect(tableOf(await ask([BERLIN, PARIS, TOKYO, QUIET], { metrics }))).toEqual([
    // 4 bounces of 7 visits, which lasted for 230 seconds and saw 11 pages.
    [7, 7, 11, 7, 4, 57.1, 33, 1.57],
  ]);
});

test('groups are added up, ordered and counted as one list', async () => {
  const all = { dimensions: ['event:page'], include: { total_rows: true } };
  const answer = await ask([BERLIN, PARIS, TOKYO], all);
  expect(tableOf(answer)).toEqual([
    ['/', 5, 5],
    ['/a', 3, 3],
    ['/b', 1, 1],
    ['/only-berlin', 1, 1],
    ['/tokyo', 1, 1],
  ]);
  expect(answer.meta).toMatchObject({ source: 'sums', total_rows: 5 });
  const second = await ask([BERLIN, PARIS, TOKYO], { ...all, pagination: { limit: 2, offset: 1 } });
  expect([tableOf(second), second.meta.total_rows]).toEqual([tableOf(answer).slice(1, 3), 5]);
});

test('groups are compared with all that the sites had before, also where one of them has nothing today', async () => {
  const answer = await ask([BERLIN, PARIS], {
    dimensions: ['event:page'],
    metrics: ['visits', 'bounce_rate'],
    date_range: ['2026-06-10', '2026-06-10'],
    include: { comparisons: { mode: 'custom', date_range: ['2026-06-08', '2026-06-09'] } },
    order_by: [['event:page', 'asc']],
  });
  expect(answer.results).toEqual([
    {
      dimensions: ['/'],
      metrics: [3, 33.3],
      comparison: { dimensions: ['/'], metrics: [0, null], change: [null, null] },
    },
    {
      dimensions: ['/a'],
      metrics: [2, null],
      comparison: { dimensions: ['/a'], metrics: [1, 100], change: [100, null] },
    },
    {
      dimensions: ['/b'],
      metrics: [1, null],
      comparison: { dimensions: ['/b'], metrics: [0, null], change: [null, null] },
    },
  ]);
  expect(answer.query.include?.comparisons).toMatchObject({
    date_range: ['2026-06-08T00:00:00+02:00', '2026-06-09T23:59:59+02:00'],
  });
});

test('a site in a row is compared with itself', async () => {
  const { results } = await ask(SITES, {
    dimensions: ['site'],
    metrics: ['visits', 'percentage'],
    date_range: ['2026-06-10', '2026-06-10'],
    include: { comparisons: { mode: 'custom', date_range: ['2026-06-08', '2026-06-09'] } },
  });
  expect(
    results.map(({ dimensions, metrics, comparison }) => [...dimensions, ...metrics, comparison?.metrics]),
  ).toEqual([
    ['example.com', 2, 50, [1, 50]],
    ['paris.example', 1, 25, [1, 50]],
    ['tokyo.example', 1, 25, [0, 0]],
  ]);
});

describe('by site', () => {
  it('each has a row, by its domain, but who had no visit', async () => {
    expect(tableOf(await ask(SITES, { dimensions: ['site'], metrics: ['visitors', 'percentage'] }))).toEqual([
      ['example.com', 3, 42.9],
      ['paris.example', 2, 28.6],
      ['tokyo.example', 2, 28.6],
    ]);
  });

  it('and by something else, in the order of the dimensions', async () => {
    const answer = await ask([BERLIN, PARIS], {
      dimensions: ['event:page', 'site'],
      order_by: [
        ['event:page', 'asc'],
        ['site', 'desc'],
      ],
    });
    expect(tableOf(answer).map(([page, site]) => [page, site])).toEqual([
      ['/', 'paris.example'],
      ['/', 'example.com'],
      ['/a', 'paris.example'],
      ['/a', 'example.com'],
      ['/b', 'paris.example'],
      ['/only-berlin', 'example.com'],
    ]);
  });

  it('and by time: rows where there is something', async () => {
    expect(tableOf(await ask([BERLIN, TOKYO], { dimensions: ['time:day', 'site'], metrics: ['visits'] }))).toEqual([
      ['2026-06-09', 'example.com', 1],
      ['2026-06-10', 'example.com', 2],
      ['2026-06-10', 'tokyo.example', 1],
      ['2026-06-11', 'tokyo.example', 1],
    ]);
  });

  it('of one alone', async () => {
    expect(tableOf(await ask([TOKYO], { site_id: 'tokyo.example', dimensions: ['site'] }))).toEqual([
      ['tokyo.example', 2, 3],
    ]);
  });

  it('what was left out, too', async () => {
    expect(tableOf(await ask(SITES, { dimensions: ['site', 'drop:reason'], metrics: ['events'] }))).toEqual([]);
  });
});

describe('time zones', () => {
  it('today is that of each site', async () => {
    const answer = await ask([BERLIN, TOKYO], {
      date_range: 'day',
      dimensions: ['time:day'],
      metrics: ['visits'],
      include: { time_labels: true },
    });
    expect(tableOf(answer)).toEqual([
      ['2026-06-10', 2],
      ['2026-06-11', 1],
    ]);
    expect(answer.meta.time_labels).toEqual(['2026-06-10', '2026-06-11']);
    expect(answer.query.date_range).toEqual(['2026-06-10', '2026-06-11']);
  });

  it('hours of sites that are as far from UTC are the same', async () => {
    const answer = await ask([BERLIN, PARIS], { date_range: 'day', dimensions: ['time:hour'], metrics: ['visits'] });
    expect(tableOf(answer).filter(([, visits]) => Number(visits) > 0)).toEqual([
      ['2026-06-10T10:00:00+02:00', 2],
      ['2026-06-10T11:00:00+02:00', 1],
    ]);
    expect(answer.query.date_range).toEqual((await askOne(BERLIN, { date_range: 'day' })).query.date_range);
  });

  it.each([
    [['time:hour'], '7d', 'dimensions[0]'],
    [['event:page', 'time:hour'], '7d', 'dimensions[1]'],
    [['time'], 'day', 'dimensions[0]'],
  ])('hours of others are refused: %j of %s', async (dimensions, date_range, field) => {
    await expect(ask([BERLIN, TOKYO], { dimensions, date_range })).rejects.toMatchObject({ field });
  });

  it('time takes the step of the longest range', async () => {
    const answer = await askSites(
      deps(),
      parseQuestion({ site_id: ['a', 'b'], ...GIVEN, date_range: 'all', dimensions: ['time'] }),
      [
        { site: BERLIN, day: '2026-06-10' },
        { site: PARIS, day: '2025-09-01' },
      ],
    );
    expect(answer.query.dimensions).toEqual(['time:week']);
  });
});

test('what holds of one site is said of all: warnings, the source, since when it is complete', async () => {
  const kept: Site = { ...PARIS, hitsDays: 0 };
  const answer = await ask([BERLIN, kept], {
    metrics: ['visitors', 'views_per_visit'],
    dimensions: ['event:page', 'visit:country'],
  });
  expect(answer.meta.metric_warnings).toMatchObject({ visitors: { code: 'not_kept' } });
  const short: Site = { ...PARIS, hitsDays: 3 };
  const { meta } = await ask([BERLIN, short], { dimensions: ['event:page', 'visit:country'] });
  expect(meta).toMatchObject({ source: 'hits', complete_from: '2026-06-08' });
});

test.each([
  [[], 'site_id'],
  [Array.from({ length: 51 }, (_, index) => `s${index}.example`), 'site_id'],
  [['a.example', 'b.example', 'a.example'], 'site_id[2]'],
  [['a.example', ''], 'site_id[1]'],
  [7, 'site_id'],
])('%j is no list of sites', (site_id, field) => {
  expect(() => parseQuestion({ ...GIVEN, site_id })).toThrow(expect.objectContaining({ field }));
});

test('there is no filter by site', () => {
  expect(() => parseQuestion({ ...GIVEN, site_id: ['a'], filters: [['is', 'site', ['a']]] })).toThrow(
    expect.objectContaining({ field: 'filters[0][1]' }),
  );
});
