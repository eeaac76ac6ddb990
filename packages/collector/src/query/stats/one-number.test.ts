/** Visitors are who was there, whatever is asked beside them; each thing stands in the hour in which it happened. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../../engine/testing.ts';
import { anonymous, event, startVisits, type Visits, view } from '../../ingest/visits/testing.ts';
import { batchOf } from '../../store/lines.ts';
import type { Row } from '../../store/row.ts';
import { SITE } from '../testing.ts';
import type { Answer, Filter, Metric, Question } from './query.ts';
import { createQuery } from './run.ts';

const NOW = Date.parse('2026-06-10T20:00:00+02:00');
const at = (time: string): number => Date.parse(`2026-06-10T${time}:00+02:00`);

/** Two browsers on one day, one of them in two visits, and its event in the second. */
const send = ({ send }: Visits): readonly Row[] => [
  ...send(at('08:00'), { who: 'ann', page: '/', items: [view(at('08:00'))] }),
  ...send(at('08:01'), { who: 'ben', page: '/pricing', items: [view(at('08:01'))] }),
  ...send(at('11:00'), { who: 'ann', page: '/pricing', items: [view(at('11:00'))] }),
  ...send(at('11:01'), { who: 'ann', page: '/x', items: [view(at('11:01')), event(at('11:01'))] }),
  // Over two hours.
  ...send(at('16:50'), { who: 'cem', page: '/h', items: [view(at('16:50'))] }),
  ...send(at('17:10'), { who: 'cem', page: '/h', items: [view(at('17:10'))] }),
  ...send(at('17:35'), { who: 'cem', page: '/h', items: [view(at('17:35'))] }),
];

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
  const rows = send(startVisits(100, { hitsDays: 3650 }));
  await engine.store.insert(batchOf(rows, 'rows'));
});
afterAll(() => engine.stop());

const ask = (asking: Partial<Question>): Promise<Answer> =>
  createQuery({ store: engine.store, now: () => NOW }).ask(
    { site_id: 'example.com', metrics: ['visitors'], date_range: 'day', ...asking },
    { ...SITE, id: anonymous(NOW).site.id },
    '2026-06-10',
  );

const flat = ({ results }: Answer): unknown[][] =>
  results.map(({ dimensions, metrics }) => [...dimensions, ...metrics]);

describe('visitors of a page', () => {
  const pricing: Filter = ['is', 'event:page', ['/pricing']];

  test.each<[string, Partial<Question>]>([
    ['alone', { filters: [pricing] }],
    ['beside others', { metrics: ['visitors', 'visits', 'bounce_rate', 'visit_duration'], filters: [pricing] }],
    ['with another value', { filters: [['is', 'event:page', ['/pricing', '/nope']]] }],
    ['by a part', { filters: [['contains', 'event:page', ['pricing']]] }],
    ['in the last 24 hours', { date_range: '24h', filters: [pricing] }],
    ['with another filter', { filters: [pricing, ['is', 'event:hostname', ['example.com']]] }],
  ])('%s', async (_name, asking) => {
    expect((await ask(asking)).results[0]?.metrics[0]).toBe(2);
  });

  test('by page', async () => {
    const dimensions = ['event:page'] as const;
    const visitors = [
      ['/pricing', 2],
      ['/', 1],
      ['/h', 1],
      ['/x', 1],
    ];
    expect(flat(await ask({ dimensions }))).toEqual(visitors);
    const beside = await ask({ dimensions, metrics: ['visitors', 'bounce_rate'] });
    expect(flat(beside)).toEqual([
      ['/pricing', 2, 50],
      ['/', 1, 100],
      ['/h', 1, 0],
      ['/x', 1, null],
    ]);
  });
});

test('visitors of an event', async () => {
  const filters: Filter[] = [['is', 'event:name', ['signup']]];
  expect(flat(await ask({ filters }))).toEqual([[1]]);
  const { results, meta } = await ask({ filters, metrics: ['visitors', 'visits', 'visit_duration', 'scroll_depth'] });
  expect(results[0]?.metrics).toEqual([1, 1, null, null]);
  expect(meta.metric_warnings).toMatchObject({
    visit_duration: { code: 'no_meaning_by_event' },
    scroll_depth: { code: 'no_meaning_by_event' },
  });
});

test('who was there in an hour is its visitor, on the second visit of the day too', async () => {
  const asking = { metrics: ['visitors', 'visits', 'pageviews'] as Metric[] };
  const hour = (from: string, to: string): Partial<Question> => ({
    ...asking,
    date_range: [`2026-06-10T${from}:00:00+02:00`, `2026-06-10T${to}:00:00+02:00`],
  });
  expect(flat(await ask(hour('11', '12')))).toEqual([[1, 1, 2]]);
  expect(flat(await ask(hour('09', '12')))).toEqual([[1, 1, 2]]);
  expect(flat(await ask(hour('08', '12')))).toEqual([[2, 3, 4]]);
  expect(flat(await ask(hour('17', '18')))).toEqual([[1, 0, 2]]);
  const { results, meta } = await ask({
    metrics: [...asking.metrics, 'views_per_visit'],
    dimensions: ['time:hour'],
  });
  const there = results.filter(({ metrics }) => metrics.some((number) => number));
  expect(there.map(({ dimensions, metrics }) => [dimensions[0]?.slice(11, 13), ...metrics])).toEqual([
    ['08', 2, 2, 2, null],
    ['11', 1, 1, 2, null],
    ['16', 1, 1, 1, null],
    ['17', 1, 0, 2, null],
  ]);
  expect(meta.metric_warnings).toMatchObject({ views_per_visit: { code: 'no_meaning_by_hour' } });
});

describe('of a site without single hits', () => {
  const askWithout = (asking: Partial<Question>): Promise<Answer> =>
    createQuery({ store: engine.store, now: () => NOW }).ask(
      { site_id: 'example.com', metrics: ['visitors'], date_range: 'day', ...asking },
      { ...SITE, id: anonymous(NOW).site.id, hitsDays: 0 },
      '2026-06-10',
    );

  test('each dimension alone is known', async () => {
    const { results, meta } = await askWithout({
      metrics: ['visitors', 'visits', 'bounce_rate', 'exits', 'time_on_page', 'percentage'],
      filters: [['is', 'event:page', ['/pricing']]],
      dimensions: ['event:page'],
    });
    expect(results).toEqual([{ dimensions: ['/pricing'], metrics: [2, 2, 50, 1, 0, 100] }]);
    expect(meta).toEqual({ source: 'sums', complete_from: '2026-06-10' });
  });

  test('what combines them is not, and says so', async () => {
    const filters: Filter[] = [['is', 'event:page', ['/', '/pricing']]];
    const { results, meta } = await askWithout({ metrics: ['visitors', 'pageviews'], filters });
    expect(results[0]?.metrics).toEqual([null, 3]);
    expect(meta).toMatchObject({ source: 'sums', metric_warnings: { visitors: { code: 'not_kept' } } });
    const titles = await askWithout({ metrics: ['visits'], dimensions: ['event:title'] });
    expect([titles.results, titles.meta.metric_warnings?.visits?.code]).toEqual([[], 'not_kept']);
  });
});

test('days of before are counted otherwise', async () => {
  const warnings = async (since: string, asking: Partial<Question>): Promise<unknown> => {
    const query = createQuery({ store: engine.store, now: () => NOW, countedSince: Date.parse(since) });
    const question: Question = {
      site_id: 'example.com',
      metrics: ['visitors', 'visits', 'pageviews'],
      date_range: '7d',
    };
    const { meta } = await query.ask({ ...question, ...asking }, SITE, '2026-06-01');
    return Object.entries(meta.metric_warnings ?? {}).map(([metric, { code, from }]) => [metric, code, from]);
  };
  const code = 'counted_otherwise_before';
  const since = '2026-06-05T23:30:00+02:00';
  expect(await warnings(since, {})).toEqual([]);
  expect(await warnings(since, { dimensions: ['event:page'] })).toEqual([]);
  expect(await warnings(since, { dimensions: ['event:title'] })).toEqual([['visitors', code, '2026-06-06']]);
  // Only what the visitors of a page are divided by comes from single hits.
  const ofPages: Partial<Question> = {
    metrics: ['visitors', 'percentage'],
    dimensions: ['event:page'],
    filters: [['contains', 'event:page', ['/']]],
  };
  expect(await warnings(since, ofPages)).toEqual([['percentage', code, '2026-06-06']]);
  expect(await warnings(since, { ...ofPages, dimensions: ['event:title'] })).toEqual([
    ['visitors', code, '2026-06-06'],
    ['percentage', code, '2026-06-06'],
  ]);
  expect(await warnings(since, { ...ofPages, filters: [] })).toEqual([]);
  expect(await warnings(since, { dimensions: ['time:hour'] })).toEqual([
    ['visitors', code, '2026-06-06'],
    ['pageviews', code, '2026-06-06'],
  ]);
  expect(await warnings('2026-06-03T23:30:00+02:00', { dimensions: ['event:title'] })).toEqual([]);
});
