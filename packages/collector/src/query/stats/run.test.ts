import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../../engine/testing.ts';
import { DIMENSIONS, type DimensionName } from '../../store/dimensions.ts';
import { batchOf } from '../../store/lines.ts';
import type { Row } from '../../store/row.ts';
import { FIRST, row, SITE, visit } from '../testing.ts';
import { parseQuestion } from './parse.ts';
import type { Answer, Metric, Question } from './query.ts';
import { createQuery } from './run.ts';

const NOW = '2026-06-10T15:30:00+02:00';
const ALL = ['visitors', 'visits', 'pageviews', 'events', 'views_per_visit', 'bounce_rate', 'visit_duration'] as const;
const ADDED = ['visitors', 'visits', 'pageviews', 'events', 'views_per_visit'] as const;

const ROWS: readonly Row[] = [
  // A week before now, in the hour under way and in the one after it.
  ...visit('1', '2026-06-03T15:10:00+02:00', { source: 'Google' }, [{ page: '/', ...FIRST }]),
  ...visit('2', '2026-06-03T16:10:00+02:00', {}, [{ page: '/', ...FIRST }]),
  ...visit('10', '2026-06-08T12:00:00+02:00', { source: 'Google', country: 'DE', entry_page: '/' }, [
    { page: '/', ...FIRST },
  ]),
  ...visit('11', '2026-06-09T10:15:00+02:00', { source: 'Google', country: 'DE', entry_page: '/' }, [
    { page: '/', hostname: 'example.com', ...FIRST },
    {
      page: '/a',
      hostname: 'www.example.com',
      prev_page: '/',
      seconds: 60,
      bounces: -1,
      page_visits: 1,
      page_visitors: 1,
    },
    { page: '/a', hostname: 'www.example.com', name: 'signup', seconds: 40, event_visits: 1, event_visitors: 1 },
    { page: '/', hostname: 'www.example.com', prev_page: '/a', seconds: 20 },
  ]),
  ...visit('12', '2026-06-09T23:50:00+02:00', { source: 'Google', country: 'FR', entry_page: '/a' }, [
    { page: '/a', ...FIRST },
  ]),
  ...visit('13', '2026-06-10T09:00:00+02:00', { country: 'DE', entry_page: '/b' }, [
    { page: '/b', ...FIRST },
    { page: '/b', prev_page: '/b', seconds: 30, bounces: -1 },
  ]),
  // The same browser again, no visitor any more but new to the page.
  ...visit('14', '2026-06-10T14:59:59+02:00', { country: 'DE', entry_page: '/a', first_visit: 0 }, [
    { page: '/a', visits: 1, bounces: 1, page_visits: 1, page_visitors: 1 },
  ]),
  // A visit of one event, which is no bounce and has no exit page.
  ...visit('15', '2026-06-10T15:05:00+02:00', { source: 'Bing', country: 'US', entry_page: '/' }, [
    {
      page: '/',
      name: 'signup',
      visits: 1,
      visitors: 1,
      page_visits: 1,
      page_visitors: 1,
      event_visits: 1,
      event_visitors: 1,
    },
  ]),
  // What never counts: no visit, no kind that counts, another site.
  row('2026-06-09T11:00:00+02:00', { kind: 'engagement', source: 'Ghost', page: '/ghost' }),
  row('2026-06-09T11:00:00+02:00', {
    kind: 'engagement',
    visit: '11',
    source: 'Google',
    country: 'DE',
    page: '/ghost',
    engaged_ms: 9000,
  }),
  row('2026-06-09T11:00:00+02:00', {
    kind: 'error',
    visit: '11',
    source: 'Ghost',
    page: '/ghost',
    fingerprint: '00000000000000aa',
  }),
  ...visit('99', '2026-06-09T11:00:00+02:00', { site: 'other', source: 'Ghost' }, [{ page: '/ghost', ...FIRST }]),
  row('2026-06-09T00:00:00+02:00', { kind: 'drop', name: 'bot', events: 3 }),
  row('2026-06-10T00:00:00+02:00', { kind: 'drop', name: 'dnt', events: 1 }),
];

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
  await engine.store.insert(batchOf(ROWS, 'rows'));
});
afterAll(() => engine.stop());

type Asking = Omit<Question, 'site_id' | 'metrics' | 'date_range'> & {
  metrics?: readonly Metric[];
  date_range?: Question['date_range'];
};

const ask = (asking: Asking, only?: { source: 'hits' }): Promise<Answer> => {
  const question = parseQuestion({
    site_id: 'example.com',
    metrics: ALL,
    date_range: ['2026-06-08', '2026-06-10'],
    ...asking,
  });
  return createQuery({ store: engine.store, now: () => Date.parse(NOW) }).ask(question, SITE, '2026-06-03', only);
};

const flat = ({ results }: Answer): unknown[][] =>
  results.map(({ dimensions, metrics }) => [...dimensions, ...metrics]);

type Case = [name: string, source: 'sums' | 'hits', asking: Asking, rows: unknown[][]];

const CASES: Case[] = [
  ['totals', 'sums', {}, [[5, 6, 8, 2, 1.33, 50, 25]]],
  ['totals of no visits', 'sums', { date_range: ['2026-06-05', '2026-06-06'] }, [[0, 0, 0, 0, null, null, null]]],
  [
    'totals of hours',
    'hits',
    { date_range: ['2026-06-09T23:00:00+02:00', '2026-06-10T15:00:00+02:00'] },
    [[2, 3, 4, 0, null, 66.7, 10]],
  ],
  [
    'days, those without visits too',
    'sums',
    { date_range: ['2026-06-07', '2026-06-10'], dimensions: ['time:day'] },
    [
      ['2026-06-07', 0, 0, 0, 0, null, null, null],
      ['2026-06-08', 1, 1, 1, 0, 1, 100, 0],
      ['2026-06-09', 2, 2, 4, 1, 2, 50, 60],
      ['2026-06-10', 2, 3, 3, 1, 1, 33.3, 10],
    ],
  ],
  [
    'a dimension of visits',
    'sums',
    { dimensions: ['visit:source'] },
    [
      ['Google', 3, 3, 5, 1, 1.67, 66.7, 40],
      ['Bing', 1, 1, 0, 1, 0, 0, 0],
    ],
  ],
  [
    'one value of it by the day',
    'sums',
    { dimensions: ['time:day'], filters: [['is', 'visit:source', ['Google']]] },
    [
      ['2026-06-08', 1, 1, 1, 0, 1, 100, 0],
      ['2026-06-09', 2, 2, 4, 1, 2, 50, 60],
      ['2026-06-10', 0, 0, 0, 0, null, null, null],
    ],
  ],
  ['several values of it', 'sums', { filters: [['is', 'visit:country', ['FR', 'US']]] }, [[2, 2, 1, 1, 0.5, 50, 0]]],
  [
    'it by the day, without filling',
    'sums',
    { metrics: ['visits'], dimensions: ['time:day', 'visit:country'] },
    [
      ['2026-06-08', 'DE', 1],
      ['2026-06-09', 'DE', 1],
      ['2026-06-09', 'FR', 1],
      ['2026-06-10', 'DE', 2],
      ['2026-06-10', 'US', 1],
    ],
  ],
  [
    'two dimensions of visits',
    'hits',
    { dimensions: ['visit:country'], filters: [['is', 'visit:source', ['Google']]] },
    [
      ['DE', 2, 2, 4, 1, 2, 50, 60],
      ['FR', 1, 1, 1, 0, 1, 100, 0],
    ],
  ],
  ['visits without a value', 'hits', { filters: [['is', 'visit:source', ['']]] }, [[1, 2, 3, 0, 1.5, 50, 15]]],
  ['is_not', 'hits', { filters: [['is_not', 'visit:source', ['Google', 'Bing']]] }, [[1, 2, 3, 0, 1.5, 50, 15]]],
  [
    'pages, with what belongs to the visits that began there',
    'sums',
    { metrics: ['visits', 'bounce_rate', 'visit_duration'], dimensions: ['event:page'] },
    [
      ['/', 3, 33.3, 40],
      ['/a', 3, 100, 0],
      ['/b', 1, 0, 30],
    ],
  ],
  ['several pages', 'hits', { filters: [['is', 'event:page', ['/', '/b']]] }, [[4, 4, 5, 1, 1.25, 25, 38]]],
  [
    'pageviews of several pages',
    'sums',
    { metrics: ['pageviews', 'events'], filters: [['is', 'event:page', ['/', '/b']]] },
    [[5, 1]],
  ],
  [
    'contains, case ignored',
    'hits',
    { metrics: ADDED, filters: [['contains', 'event:page', ['zzz', 'A']]] },
    [[2, 3, 3, 1, 1]],
  ],
  ['not', 'hits', { metrics: ADDED, filters: [['not', ['is', 'event:page', ['/', '/a']]]] }, [[1, 1, 2, 0, 2]]],
  [
    'or across scopes',
    'hits',
    {
      metrics: ADDED,
      filters: [
        [
          'or',
          [
            ['is', 'event:page', ['/b']],
            [
              'and',
              [
                ['is', 'visit:country', ['FR']],
                ['is', 'visit:source', ['Google']],
              ],
            ],
          ],
        ],
      ],
    },
    [[2, 2, 3, 0, 1.5]],
  ],
  [
    'hostnames',
    'hits',
    { dimensions: ['event:hostname'] },
    [
      ['example.com', 1, 1, 1, 0, 1, 0, 120],
      ['www.example.com', 1, 1, 2, 1, 2, null, null],
    ],
  ],
  [
    'events',
    'sums',
    { metrics: ['visitors', 'visits', 'events', 'pageviews'], dimensions: ['event:name'] },
    [['signup', 2, 2, 2, 0]],
  ],
  ['visits with an event', 'sums', { filters: [['is', 'event:name', ['signup']]] }, [[2, 2, 0, 2, 0, null, null]]],
  [
    'events by page',
    'hits',
    { metrics: ['events', 'visits'], dimensions: ['event:name', 'event:page'] },
    [
      ['signup', '/', 1, 1],
      ['signup', '/a', 1, 1],
    ],
  ],
  [
    'exit pages',
    'sums',
    { metrics: ['visits'], dimensions: ['visit:exit_page'] },
    [
      ['/', 2],
      ['/a', 2],
      ['/b', 1],
    ],
  ],
  [
    'exit pages with every metric',
    'hits',
    { dimensions: ['visit:exit_page'] },
    [
      ['/', 2, 2, 4, 1, 2, 50, 60],
      ['/a', 1, 2, 2, 0, 1, 100, 0],
      ['/b', 1, 1, 2, 0, 2, 0, 30],
    ],
  ],
  [
    'exit pages of a page',
    'hits',
    { metrics: ['visits', 'pageviews'], dimensions: ['visit:exit_page'], filters: [['is', 'event:page', ['/a']]] },
    [
      ['/a', 2, 2],
      ['/', 1, 1],
    ],
  ],
  [
    'visits that end on a page',
    'sums',
    { metrics: ['visits'], filters: [['is', 'visit:exit_page', ['/', '/b']]] },
    [[3]],
  ],
  ['all of them', 'hits', { filters: [['is', 'visit:exit_page', ['/']]] }, [[2, 2, 4, 1, 2, 50, 60]]],
  ['visits that do not', 'hits', { filters: [['is_not', 'visit:exit_page', ['/']]] }, [[3, 4, 4, 1, 1, 50, 8]]],
  [
    'visits without an exit page',
    'hits',
    { metrics: ['visits', 'events'], filters: [['is', 'visit:exit_page', ['']]] },
    [[1, 1]],
  ],
  [
    'a page, or visits that end on another',
    'hits',
    {
      filters: [
        [
          'or',
          [
            ['is', 'event:page', ['/b']],
            ['not', ['is_not', 'visit:exit_page', ['/']]],
          ],
        ],
      ],
    },
    [[3, 3, 6, 1, 2, 33.3, 50]],
  ],
  [
    'hours with a filter',
    'hits',
    {
      date_range: ['2026-06-10T14:00:00+02:00', '2026-06-10T16:00:00+02:00'],
      metrics: ADDED,
      dimensions: ['time:hour'],
      filters: [['is', 'visit:country', ['DE']]],
    },
    [
      ['2026-06-10T14:00:00+02:00', 0, 1, 1, 0, null],
      ['2026-06-10T15:00:00+02:00', 0, 0, 0, 0, null],
    ],
  ],
  [
    'days of an event and its page',
    'hits',
    {
      metrics: ['visits'],
      dimensions: ['time:day'],
      filters: [
        ['is', 'event:name', ['signup']],
        ['is', 'event:page', ['/a']],
      ],
    },
    [
      ['2026-06-08', 0],
      ['2026-06-09', 1],
      ['2026-06-10', 0],
    ],
  ],
];

test.each(CASES)('%s (%s)', async (_name, source, asking, rows) => {
  const answer = await ask(asking);
  expect(flat(answer)).toEqual(rows);
  expect(answer.meta.source).toBe(source);
  expect(flat(await ask(asking, { source: 'hits' }))).toEqual(rows);
});

test('visitors of a page are its browsers in sums, and those whose first visit of the day saw it in hits', async () => {
  const asking: Asking = { metrics: ADDED, dimensions: ['event:page'], filters: [['is', 'event:page', ['/a']]] };
  expect(flat(await ask(asking))).toEqual([['/a', 3, 3, 3, 1, 1]]);
  expect(flat(await ask(asking, { source: 'hits' }))).toEqual([['/a', 2, 3, 3, 1, 1]]);
});

test('a page that every visit moved on from is no exit page', async () => {
  const steps = [
    { page: '/', ...FIRST },
    { page: '/end', prev_page: '/', bounces: -1, page_visits: 1, page_visitors: 1 },
  ];
  await engine.store.insert(batchOf(visit('50', '2026-06-09T10:00:00+02:00', { site: 'moves' }, steps), 'moves'));
  const query = createQuery({ store: engine.store, now: () => Date.parse(NOW) });
  const question: Question = { site_id: 'm', metrics: ['visits'], date_range: '7d', dimensions: ['visit:exit_page'] };
  const answer = await query.ask(question, { ...SITE, id: 'moves' }, '2026-06-09');
  expect([answer.meta.source, flat(answer)]).toEqual(['sums', [['/end', 1]]]);
});

test('drops are answered by reason, over the whole days that are touched', async () => {
  const answer = await ask({ metrics: ['events'], dimensions: ['drop:reason'], date_range: '24h' });
  expect(flat(answer)).toEqual([
    ['bot', 3],
    ['dnt', 1],
  ]);
  expect(answer.query.date_range).toEqual(['2026-06-09T00:00:00+02:00', '2026-06-10T23:59:59+02:00']);
});

describe('a day by the hour', () => {
  it('has the hours that have begun', async () => {
    const { results, meta } = await ask({
      metrics: ['visits'],
      date_range: 'day',
      dimensions: ['time:hour'],
      include: { time_labels: true },
    });
    expect(results).toHaveLength(16);
    expect(results.filter(({ metrics }) => metrics[0] !== 0)).toEqual([
      { dimensions: ['2026-06-10T09:00:00+02:00'], metrics: [1] },
      { dimensions: ['2026-06-10T14:00:00+02:00'], metrics: [1] },
      { dimensions: ['2026-06-10T15:00:00+02:00'], metrics: [1] },
    ]);
    expect(meta.time_labels).toEqual(results.map(({ dimensions }) => dimensions[0]));
  });

  it('has the same numbers from hits', async () => {
    const asking: Asking = { date_range: '24h', dimensions: ['time:hour'] };
    const [sums, hits] = await Promise.all([ask(asking), ask(asking, { source: 'hits' })]);
    expect(sums.results).toEqual(hits.results);
    expect([sums.meta.source, hits.meta.source]).toEqual(['sums', 'hits']);
    expect(sums.results.reduce((sum, { metrics }) => sum + (metrics[1] ?? 0), 0)).toBe(4);
  });
});

describe('time by itself', () => {
  it.each([
    ['yesterday', 'time:hour', 24],
    [['2026-06-08', '2026-06-10'], 'time:day', 3],
    ['91d', 'time:day', 91],
    ['6mo', 'time:week', 24],
    [['2025-01-01', '2026-06-10'], 'time:month', 18],
  ] as const)('of %j is %s', async (date_range, step, rows) => {
    const include = { time_labels: true };
    const answer = await ask({ date_range, dimensions: ['time'], order_by: [['time', 'desc']], include });
    expect(answer.query).toMatchObject({ dimensions: [step], order_by: [[step, 'desc']] });
    const same = await ask({ date_range, dimensions: [step], order_by: [[step, 'desc']], include });
    expect(answer.results).toEqual(same.results);
    expect(answer.results).toHaveLength(rows);
    expect(answer.meta.time_labels).toEqual(same.meta.time_labels);
  });

  it('of what is kept by the day is no hour', async () => {
    const answer = await ask({ metrics: ['events'], date_range: 'yesterday', dimensions: ['time', 'drop:reason'] });
    expect(flat(answer)).toEqual([['2026-06-09', 'bot', 3]]);
    expect(answer.query.dimensions).toEqual(['time:day', 'drop:reason']);
  });
});

describe('the period before', () => {
  const include = { comparisons: { mode: 'previous_period' } } as const;

  it.each([
    ['sums', []],
    ['hits', [['is', 'visit:source', ['Google']]]],
  ] as const)('goes to the same hour (%s)', async (source, filters) => {
    const { results, meta } = await ask({
      metrics: ['visits', 'bounce_rate', 'views_per_visit', 'events'],
      date_range: '7d',
      include,
      filters,
    });
    expect(meta.source).toBe(source);
    expect(results).toEqual([
      {
        dimensions: [],
        metrics: source === 'sums' ? [6, 50, 1.33, 2] : [3, 66.7, 1.67, 1],
        comparison: {
          dimensions: [],
          metrics: [1, 100, 1, 0],
          change: source === 'sums' ? [500, -50, 33, null] : [200, -33.3, 67, null],
        },
      },
    ]);
  });

  it('stands beside each day', async () => {
    const { results } = await ask({
      metrics: ['visits', 'bounce_rate'],
      date_range: '7d',
      dimensions: ['time:day'],
      include,
    });
    expect(results).toHaveLength(7);
    expect(results[0]).toEqual({
      dimensions: ['2026-06-04'],
      metrics: [0, null],
      comparison: { dimensions: ['2026-05-28'], metrics: [0, null], change: [null, null] },
    });
    expect(results[6]).toEqual({
      dimensions: ['2026-06-10'],
      metrics: [3, 33.3],
      comparison: { dimensions: ['2026-06-03'], metrics: [1, 100], change: [200, -66.7] },
    });
  });

  it('is whole when the period is over', async () => {
    const { results } = await ask({
      metrics: ['visits'],
      date_range: ['2026-06-08', '2026-06-09'],
      dimensions: ['time:day'],
      include,
    });
    expect(results.map(({ comparison }) => comparison?.dimensions[0])).toEqual(['2026-06-06', '2026-06-07']);
  });

  it('is set beside each group, also one that it did not have', async () => {
    const { results, query } = await ask({
      metrics: ['visits', 'bounce_rate', 'percentage'],
      date_range: '7d',
      dimensions: ['visit:source'],
      include,
    });
    expect(results).toEqual([
      {
        dimensions: ['Google'],
        metrics: [3, 66.7, 60],
        comparison: { dimensions: ['Google'], metrics: [1, 100, 100], change: [200, -33.3, -40] },
      },
      {
        dimensions: ['Bing'],
        metrics: [1, 0, 20],
        comparison: { dimensions: ['Bing'], metrics: [0, null, 0], change: [null, null, null] },
      },
    ]);
    expect(query.include?.comparisons).toEqual({
      mode: 'previous_period',
      date_range: ['2026-05-28T00:00:00+02:00', '2026-06-03T15:59:59+02:00'],
    });
  });
});

describe('order and pages', () => {
  const pages = (asking: Asking): Promise<unknown[][]> => ask({ dimensions: ['event:page'], ...asking }).then(flat);

  it.each<[string, Asking, unknown[][]]>([
    [
      'by the first metric, then by name',
      { metrics: ['visits'] },
      [
        ['/', 3],
        ['/a', 3],
        ['/b', 1],
      ],
    ],
    [
      'upwards',
      { metrics: ['visits'], order_by: [['visits', 'asc']] },
      [
        ['/b', 1],
        ['/', 3],
        ['/a', 3],
      ],
    ],
    [
      'by a dimension',
      { metrics: ['visits'], order_by: [['event:page', 'desc']] },
      [
        ['/b', 1],
        ['/a', 3],
        ['/', 3],
      ],
    ],
    [
      'by a rate',
      { metrics: ['bounce_rate'], order_by: [['bounce_rate', 'desc']] },
      [
        ['/a', 100],
        ['/', 33.3],
        ['/b', 0],
      ],
    ],
    [
      'by two',
      {
        metrics: ['visits', 'pageviews'],
        order_by: [
          ['visits', 'desc'],
          ['event:page', 'desc'],
        ],
      },
      [
        ['/a', 3, 3],
        ['/', 3, 3],
        ['/b', 1, 2],
      ],
    ],
    ['a page of them', { metrics: ['visits'], pagination: { limit: 1, offset: 1 } }, [['/a', 3]]],
    ['beyond the last', { metrics: ['visits'], pagination: { offset: 3 } }, []],
  ])('%s', async (_name, asking, rows) => {
    expect(await pages(asking)).toEqual(rows);
  });

  it.each<[string, Asking, number]>([
    ['groups', { dimensions: ['event:page'], pagination: { limit: 1, offset: 5 } }, 3],
    ['days', { dimensions: ['time:day'], pagination: { limit: 1 } }, 3],
    ['none', {}, 1],
  ])('the number of %s', async (_name, asking, total) => {
    expect((await ask({ metrics: ['visits'], include: { total_rows: true }, ...asking })).meta.total_rows).toBe(total);
  });

  it('days by a metric, those without one last', async () => {
    const asking: Asking = {
      metrics: ['bounce_rate'],
      date_range: ['2026-06-07', '2026-06-10'],
      dimensions: ['time:day'],
      order_by: [['bounce_rate', 'asc']],
      pagination: { limit: 3, offset: 1 },
    };
    expect(flat(await ask(asking))).toEqual([
      ['2026-06-09', 50],
      ['2026-06-08', 100],
      ['2026-06-07', null],
    ]);
  });
});

describe('meta and query', () => {
  it('says from which day on the answer is complete', async () => {
    const { store } = engine;
    const query = createQuery({ store, now: () => Date.parse(NOW) });
    const question: Question = { site_id: 'example.com', metrics: ['visits'], date_range: 'all' };
    const from = async (hitsDays: number, only?: { source: 'hits' }): Promise<string> =>
      (await query.ask(question, { ...SITE, hitsDays }, '2026-06-03', only)).meta.complete_from;
    expect(await from(400)).toBe('2026-06-03');
    expect(await from(400, { source: 'hits' })).toBe('2026-06-03');
    expect(await from(3, { source: 'hits' })).toBe('2026-06-08');
  });

  it.each([
    [0, '2026-06-03'],
    [7, '2026-06-04'],
    [400, '2026-06-03'],
  ])('sums that are kept for %i days are complete from %s on', async (sumsDays, day) => {
    const query = createQuery({ store: engine.store, now: () => Date.parse(NOW) });
    const question: Question = {
      site_id: 'example.com',
      metrics: ['visits'],
      date_range: '7d',
      dimensions: ['visit:region'],
    };
    const { meta } = await query.ask(question, { ...SITE, sumsDays }, '2026-06-03');
    expect(meta).toEqual({ source: 'sums', complete_from: day });
  });

  it('repeats the question with its defaults', async () => {
    expect((await ask({ metrics: ['visits'], date_range: '7d' })).query).toEqual({
      site_id: 'example.com',
      metrics: ['visits'],
      date_range: ['2026-06-04T00:00:00+02:00', '2026-06-10T23:59:59+02:00'],
      dimensions: [],
      filters: [],
      order_by: [['visits', 'desc']],
      pagination: { limit: 1000, offset: 0 },
      include: {},
    });
  });

  it('can be asked again as it was understood', async () => {
    for (const date_range of ['day', '24h', '7d', 'month'] as const) {
      const { query, results } = await ask({ date_range });
      expect((await ask({ date_range: query.date_range })).results).toEqual(results);
    }
  });
});

describe('every dimension', () => {
  const names = Object.keys(DIMENSIONS) as DimensionName[];
  const metrics = ALL.filter((name) => name !== 'visitors');

  it.each(names)('%s has the same numbers from both sources', async (name) => {
    const askings: Asking[] = [
      { metrics, dimensions: [name] },
      { metrics: ['visits'], dimensions: ['time:day', name] },
      { metrics: ['visits'], dimensions: [name], filters: [['is', name, ['/', 'Google', 'signup']]] },
      { metrics, filters: [['is', name, ['/a']]] },
      { metrics, dimensions: ['event:page'], filters: [['is_not', name, ['/a', 'Google']]] },
      {
        metrics,
        dimensions: [...new Set([name, 'event:page', 'visit:exit_page', 'time:hour'] as const)],
        filters: [['contains', name, ['a', 'G', 'S']]],
      },
    ];
    for (const asking of askings) {
      const [chosen, hits] = await Promise.all([ask(asking), ask(asking, { source: 'hits' })]);
      expect(chosen.results).toEqual(hits.results);
    }
  });
});

describe('values are only ever values', () => {
  const NASTY = [
    "'",
    '\\',
    "\\'",
    "') OR 1 = 1 --",
    "'] , r.page) OR has(['/",
    '{p0:String}',
    '\n\t\r\0',
    '"; DROP TABLE hits; --',
    '%',
    '[]',
    '😀',
    '\u2028',
    '/100%',
    '/%2',
    '/%e9',
    '/%25e9',
    '/e\u0301',
    '/%C3%A9',
    '/a b ',
    '/\u202ea',
    '/%0',
    'xn--bcher-kva',
    'xn--bcher-kva.example',
    'xn--80ak6aa92e.com',
    'http://xn--bcher-kva/a',
    'http://xn--bcher-kva.example/%C3%A9',
  ];
  const WITH_TEXT = [
    'event:page',
    'event:title',
    'event:hostname',
    'event:props:to',
    'visit:source',
    'visit:referrer',
    'visit:entry_page',
    'visit:exit_page',
  ] as const;

  it.each(NASTY)('%j as a value of a filter matches nothing', async (text) => {
    const operators = ['is', 'contains'] as const;
    for (const name of ['event:page', 'visit:source', 'visit:exit_page'] as const)
      for (const operator of operators)
        expect(flat(await ask({ metrics: ['visits'], filters: [[operator, name, [text]]] }))).toEqual([[0]]);
  });

  it('and what an answer shows matches itself', async () => {
    const rows = NASTY.flatMap((text, index) =>
      visit(
        String(1000 + index),
        '2026-05-01T10:00:00+02:00',
        { site: 'nasty', source: text, referrer: text, entry_page: text, hostname: text },
        [{ page: text, title: text, props: { to: text }, ...FIRST }],
      ),
    );
    await engine.store.insert(batchOf(rows, 'nasty'));
    const query = createQuery({ store: engine.store, now: () => Date.parse(NOW) });
    const site = { ...SITE, id: 'nasty' };
    const question = { site_id: 'nasty', metrics: ['visits'], date_range: ['2026-05-01', '2026-05-01'] };
    for (const name of WITH_TEXT) {
      const { results } = await query.ask(parseQuestion({ ...question, dimensions: [name] }), site, '2026-05-01');
      expect(results).toHaveLength(NASTY.length);
      for (const { dimensions } of results) {
        const asking = parseQuestion({ ...question, dimensions: [name], filters: [['is', name, dimensions]] });
        const answers = await Promise.all([
          query.ask(asking, site, '2026-05-01'),
          query.ask(asking, site, '2026-05-01', { source: 'hits' }),
        ]);
        for (const answer of answers) expect(answer.results).toContainEqual({ dimensions, metrics: [1] });
      }
    }
  });

  it('the longest filters that are allowed reach the store', async () => {
    const long = Array.from({ length: 25 }, (_, index) => `${'\\'.repeat(1_998)}${index}`);
    expect(flat(await ask({ metrics: ['visits'], filters: [['is_not', 'visit:source', long]] }))).toEqual([[6]]);
  });
});
