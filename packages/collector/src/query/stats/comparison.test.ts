import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../../engine/testing.ts';
import { batchOf } from '../../store/lines.ts';
import type { Row } from '../../store/row.ts';
import { FIRST, row, SITE, visit } from '../testing.ts';
import { parseQuestion } from './parse.ts';
import type { Answer, Question } from './query.ts';
import { createQuery } from './run.ts';

const NOW = Date.parse('2026-06-10T15:30:00+02:00');
const TODAY = '2026-06-10';
const BEFORE = { comparisons: { mode: 'previous_period' } } as const;

/** Values that a statement, an address or a list could take for something else. */
const ODD = [
  '/',
  '/a,b',
  "/it's",
  '/"quoted"',
  '/back`tick',
  '/per%20cent',
  '/{p0:String}',
  '/größe/日本語',
  '/🎉',
  '/(other)',
  '/a/b',
  '/a',
  `/${'ü'.repeat(400)}`,
];
/** More, and longer, than an address has room for. */
const MANY = Array.from({ length: 3_000 }, (_, index) => `/${index}/${'ß'.repeat(300)}`);

let number = 0;
const seen = (page: string, day: string, count: number, frozen: Partial<Row> = {}): Row[] =>
  Array.from({ length: count }, () =>
    visit(String(++number), `${day}T10:00:00+02:00`, { entry_page: page, ...frozen }, [{ page, ...FIRST }]),
  ).flat();

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
  const rows = [
    ...ODD.flatMap((page, index) => [
      ...seen(page, TODAY, index + 1, { source: index % 2 ? 'b' : 'a/b' }),
      ...seen(page, '2026-06-09', 2 * index, { source: index % 2 ? 'b' : 'a/b' }),
    ]),
    ...seen('/gone', '2026-06-09', 40),
    ...MANY.flatMap((page, index) => [
      ...seen(page, '2026-06-06', 1),
      ...(index % 3 ? seen(page, '2026-06-05', 1 + (index % 2)) : []),
    ]),
    row('2026-06-10T00:00:00+02:00', { kind: 'drop', name: 'bot', events: 3 }),
    row('2026-06-09T00:00:00+02:00', { kind: 'drop', name: 'bot', events: 2 }),
    row('2026-06-10T00:00:00+02:00', { kind: 'drop', name: 'dnt', events: 1 }),
  ];
  await engine.store.insert(batchOf(rows, 'rows'));
});
afterAll(() => engine.stop());

const ask = (asking: Partial<Question>, site = SITE, sliceHits?: number): Promise<Answer> =>
  createQuery({ store: engine.store, now: () => NOW, ...(sliceHits && { sliceHits }) }).ask(
    parseQuestion({ site_id: 'example.com', metrics: ['visits'], date_range: 'day', include: BEFORE, ...asking }),
    site,
    '2026-06-01',
  );

const compared = ({ results }: Answer): unknown[][] =>
  results.map(({ dimensions, metrics, comparison }) => [...dimensions, ...metrics, ...(comparison?.metrics ?? [])]);

const oddRows = ODD.map((page, index) => [page, index + 1, 2 * index]).reverse();

test('values with odd letters are found again', async () => {
  expect(compared(await ask({ dimensions: ['event:page'] }))).toEqual(oddRows);
});

test('only the page asked for is, wherever it begins', async () => {
  const dimensions = ['event:page'] as const;
  const asked = { dimensions, include: { ...BEFORE, total_rows: true } };
  const answer = await ask({ ...asked, pagination: { limit: 4, offset: 5 } });
  expect(compared(answer)).toEqual(oddRows.slice(5, 9));
  expect(answer.meta.total_rows).toBe(ODD.length);
  expect(compared(await ask({ ...asked, pagination: { limit: 4, offset: 500 } }))).toEqual([]);
});

test('several dimensions are told apart', async () => {
  const answer = await ask({ dimensions: ['visit:source', 'event:page'], order_by: [['event:page', 'asc']] });
  const due = ODD.map((page, index) => [index % 2 ? 'b' : 'a/b', page, index + 1, 2 * index]);
  expect(compared(answer).toSorted()).toEqual(due.toSorted());
});

test('so are many and long ones', async () => {
  const answer = await ask({
    date_range: ['2026-06-06', '2026-06-06'],
    dimensions: ['event:page'],
    pagination: { limit: 10_000 },
  });
  const rows = new Map(compared(answer).map(([page, ...counts]) => [page, counts]));
  expect(rows.size).toBe(MANY.length);
  for (const [index, page] of MANY.entries()) expect(rows.get(page)).toEqual([1, index % 3 ? 1 + (index % 2) : 0]);
});

test('groups counted some days at a time have theirs', async () => {
  const asked = { dimensions: ['visit:exit_page'], date_range: ['2026-06-09', '2026-06-10'] } as const;
  const filters = [['contains', 'visit:exit_page', ['/']]] as const;
  const own = { comparisons: { mode: 'custom', date_range: ['2026-06-08', '2026-06-09'] } } as const;
  const whole = await ask({ ...asked, filters, include: own });
  expect(whole.results.length).toBeGreaterThan(ODD.length);
  expect((await ask({ ...asked, filters, include: own }, SITE, 10)).results).toEqual(whole.results);
});

test('a group by time has that of the other period’s time', async () => {
  const answer = await ask({ date_range: ['2026-06-10', '2026-06-10'], dimensions: ['time:hour', 'event:page'] });
  expect(answer.results.map(({ comparison }) => comparison?.dimensions)).toEqual(
    answer.results.map(({ dimensions: [, page] }) => ['2026-06-09T10:00:00+02:00', page]),
  );
  const due = new Map(ODD.map((page, index) => [page, 2 * index]));
  for (const { dimensions, comparison } of answer.results)
    expect(comparison?.metrics).toEqual([due.get(dimensions[1] ?? '')]);
});

test('what was left out is compared by whole days', async () => {
  const answer = await ask({ metrics: ['events'], dimensions: ['drop:reason'] });
  expect(compared(answer)).toEqual([
    ['bot', 3, 2],
    ['dnt', 1, 0],
  ]);
  expect(answer.query.include?.comparisons?.date_range).toEqual([
    '2026-06-09T00:00:00+02:00',
    '2026-06-09T23:59:59+02:00',
  ]);
});

test('a share is one of everybody of its own period', async () => {
  const { results } = await ask({
    metrics: ['visitors', 'percentage'],
    dimensions: ['visit:source'],
    order_by: [['visit:source', 'asc']],
  });
  const [all, before] = [91, 196];
  const shares = results.map(({ metrics, comparison }) => [metrics, comparison?.metrics]);
  const share = (count: number, of: number): [number, number] => [count, Math.round((count * 1000) / of) / 10];
  expect(shares).toEqual([
    [share(49, all), share(84, before)],
    [share(42, all), share(72, before)],
  ]);
});

it('warns where days of the other period are not kept', async () => {
  const site = { ...SITE, hitsDays: 2 };
  const filters = [['is', 'event:hostname', ['']]] as const;
  const own = { comparisons: { mode: 'custom', date_range: ['2026-06-08', '2026-06-09'] } } as const;
  const kept = { metrics: ['visits', 'events'] } as const;
  const warned = await ask({ ...kept, filters, include: own }, site);
  expect(warned.meta).toMatchObject({
    complete_from: '2026-06-09',
    metric_warnings: {
      visits: {
        code: 'comparison_incomplete',
        message: 'Of the period compared with, days before 2026-06-09 are not kept.',
        from: '2026-06-09',
      },
      events: { code: 'comparison_incomplete' },
    },
  });
  // From sums, of days that are kept, without a comparison, and where the site is as young.
  for (const asking of [{ include: own }, { filters }, { filters, include: {} }])
    expect((await ask({ ...kept, ...asking }, site)).meta.metric_warnings).toBeUndefined();
  const young = { comparisons: { mode: 'custom', date_range: ['2026-05-20', '2026-06-09'] } } as const;
  expect((await ask({ ...kept, filters, include: young })).meta.metric_warnings).toBeUndefined();
});

it('gives no number where the other period has none either', async () => {
  const { results, meta } = await ask(
    { metrics: ['visits', 'pageviews'], dimensions: ['event:page'], filters: [['is', 'visit:source', ['b']]] },
    { ...SITE, hitsDays: 0 },
  );
  expect(results).toEqual([]);
  expect(meta.metric_warnings).toMatchObject({ visits: { code: 'not_kept' } });
  const totals = await ask(
    { metrics: ['visits'], filters: [['is', 'event:hostname', ['']]] },
    { ...SITE, hitsDays: 0 },
  );
  expect(totals.results).toEqual([
    { dimensions: [], metrics: [null], comparison: { dimensions: [], metrics: [null], change: [null] } },
  ]);
});

test('an answer says what it was compared with', async () => {
  const comparisons = { mode: 'year_over_year', match_day_of_week: true } as const;
  const { query } = await ask({ include: { comparisons, total_rows: true }, dimensions: ['event:page'] });
  expect(query.include).toEqual({
    total_rows: true,
    comparisons: { ...comparisons, date_range: ['2025-06-11T00:00:00+02:00', '2025-06-11T15:59:59+02:00'] },
  });
});
