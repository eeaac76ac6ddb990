import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../../engine/testing.ts';
import { batchOf } from '../../store/lines.ts';
import type { Row } from '../../store/row.ts';
import { FIRST, row, SITE, visit } from '../testing.ts';
import { parseQuestion } from './parse.ts';
import type { Answer, Question } from './query.ts';
import { createQuery } from './run.ts';

/** A Wednesday. */
const NOW = '2026-06-10T15:30:00+02:00';
const STRANGE = `it's \\ "{p0:String}"`;

const ROWS: readonly Row[] = [
  // A Sunday, the last day of a month.
  ...visit('1', '2026-05-31T12:00:00+02:00', { source: 'Google', region: 'DE-BE', city: 'DE: Berlin' }, [
    { page: '/', title: 'Home', props: { author: 'Ann' }, ...FIRST },
    {
      page: '/',
      title: 'Home',
      name: 'buy',
      props: { plan: 'pro', author: 'Bob' },
      revenue: 12_500,
      currency: 'EUR',
      bounces: -1,
      seconds: 30,
    },
  ]),
  // The Monday after it.
  ...visit('2', '2026-06-01T12:00:00+02:00', { source: 'Bing', region: 'DE-BE', city: 'DE: Berlin' }, [
    { page: '/', title: 'Home', ...FIRST },
    { page: '/', name: 'buy', props: { plan: 'basic' }, revenue: 990, currency: 'EUR', bounces: -1, seconds: 10 },
    { page: '/', name: 'buy', props: { plan: 'basic' }, revenue: 5_000, currency: 'USD' },
  ]),
  ...visit('3', '2026-06-08T12:00:00+02:00', { region: 'FR-IDF', city: 'FR: Paris' }, [
    { page: '/blog', title: 'Blog', via: 'image', ...FIRST },
  ]),
  ...visit('4', '2026-06-10T12:00:00+02:00', { source: 'Google' }, [
    {
      page: '/',
      title: 'Home',
      name: 'refund',
      props: { plan: 'pro', [STRANGE]: STRANGE },
      revenue: -2_500,
      currency: 'EUR',
      visits: 1,
      visitors: 1,
      page_visits: 1,
      page_visitors: 1,
    },
  ]),
  row('2026-05-31T00:00:00+02:00', { kind: 'drop', name: 'bot', events: 2 }),
  row('2026-06-01T00:00:00+02:00', { kind: 'drop', name: 'bot', events: 3 }),
  row('2026-06-10T00:00:00+02:00', { kind: 'drop', name: 'dnt', events: 1 }),
  row('2026-06-01T00:00:00+02:00', { kind: 'open', name: 'May letter', events: 4 }),
  row('2026-06-10T00:00:00+02:00', { kind: 'open', name: 'May letter', events: 1 }),
  row('2026-06-10T00:00:00+02:00', { kind: 'open', name: 'June letter', events: 2 }),
];

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
  await engine.store.insert(batchOf(ROWS, 'rows'));
});
afterAll(() => engine.stop());

type Asking = Partial<Omit<Question, 'site_id'>>;

const ask = (asking: Asking, only?: { source: 'hits' }): Promise<Answer> => {
  const question = parseQuestion({
    site_id: 'example.com',
    metrics: ['visits'],
    date_range: ['2026-05-30', '2026-06-10'],
    ...asking,
  });
  return createQuery({ store: engine.store, now: () => Date.parse(NOW) }).ask(question, SITE, '2026-05-31', only);
};

const flat = ({ results }: Answer): unknown[][] =>
  results.map(({ dimensions, metrics }) => [...dimensions, ...metrics]);

type Case = [name: string, source: 'sums' | 'hits', asking: Asking, rows: unknown[][]];

describe('weeks and months', () => {
  it.each<Case>([
    [
      'weeks, by their Mondays, those without visits too',
      'sums',
      { metrics: ['visits', 'events'], date_range: ['2026-05-17', '2026-06-30'], dimensions: ['time:week'] },
      [
        ['2026-05-11', 0, 0],
        ['2026-05-18', 0, 0],
        ['2026-05-25', 1, 1],
        ['2026-06-01', 1, 2],
        ['2026-06-08', 2, 1],
      ],
    ],
    [
      'a week has the days within the range alone',
      'sums',
      { date_range: ['2026-06-09', '2026-06-10'], dimensions: ['time:week'] },
      [['2026-06-08', 1]],
    ],
    [
      'months, by their first days',
      'sums',
      { metrics: ['visits', 'bounce_rate'], date_range: ['2026-04-15', '2026-06-10'], dimensions: ['time:month'] },
      [
        ['2026-04-01', 0, null],
        ['2026-05-01', 1, 0],
        ['2026-06-01', 3, 33.3],
      ],
    ],
    [
      'months of hours',
      'sums',
      { date_range: ['2026-05-31T13:00:00+02:00', '2026-06-01T13:00:00+02:00'], dimensions: ['time:month'] },
      [
        ['2026-05-01', 0],
        ['2026-06-01', 1],
      ],
    ],
    [
      'a page by the week',
      'sums',
      { dimensions: ['time:week'], filters: [['is', 'event:page', ['/']]] },
      [
        ['2026-05-25', 1],
        ['2026-06-01', 1],
        ['2026-06-08', 1],
      ],
    ],
    [
      'sources by the month',
      'sums',
      { dimensions: ['time:month', 'visit:source'] },
      [
        ['2026-05-01', 'Google', 1],
        ['2026-06-01', 'Bing', 1],
        ['2026-06-01', 'Google', 1],
      ],
    ],
    [
      'visits of a property by the week',
      'hits',
      { dimensions: ['time:week'], filters: [['is', 'event:props:plan', ['pro']]] },
      [
        ['2026-05-25', 1],
        ['2026-06-01', 0],
        ['2026-06-08', 1],
      ],
    ],
  ])('%s (%s)', async (_name, source, asking, rows) => {
    const answer = await ask(asking);
    expect(flat(answer)).toEqual(rows);
    expect(answer.meta.source).toBe(source);
    expect(flat(await ask(asking, { source: 'hits' }))).toEqual(rows);
  });

  it.each([
    ['time:week_saturday', 6],
    ['time:week_sunday', 0],
    ['time:week', 1],
  ] as const)('of %s begin on their day', async (time, weekday) => {
    const asked = { metrics: ['visits'], date_range: ['2026-05-20', '2026-06-10'] } as const;
    const due = new Map<string, number>();
    for (const { dimensions, metrics } of (await ask({ ...asked, dimensions: ['time:day'] })).results) {
      const day = new Date(dimensions[0] ?? '');
      while (day.getUTCDay() !== weekday) day.setUTCDate(day.getUTCDate() - 1);
      const week = day.toISOString().slice(0, 10);
      due.set(week, (due.get(week) ?? 0) + (metrics[0] ?? 0));
    }
    expect([...due.values()].filter((visits) => visits > 0).length).toBeGreaterThan(0);
    for (const only of [undefined, { source: 'hits' } as const])
      expect(flat(await ask({ ...asked, dimensions: [time] }, only))).toEqual([...due]);
  });

  it('are listed, and counted', async () => {
    const { meta } = await ask({
      date_range: 'year',
      dimensions: ['time:month'],
      include: { time_labels: true, total_rows: true },
    });
    expect(meta.time_labels).toEqual(['01', '02', '03', '04', '05', '06'].map((month) => `2026-${month}-01`));
    expect(meta.total_rows).toBe(6);
  });

  it.each([
    ['time:week', '28d', ['2026-05-11', '2026-04-13'], ['2026-06-08', '2026-05-11']],
    ['time:month', 'year', ['2026-01-01', '2025-01-01'], ['2026-06-01', '2025-06-01']],
  ] as const)('%s of %s stand beside those of the period before', async (time, date_range, first, last) => {
    const { results } = await ask({
      date_range,
      dimensions: [time],
      include: { comparisons: { mode: 'previous_period' } },
    });
    const pairs = results.map(({ dimensions, comparison }) => [...dimensions, ...(comparison?.dimensions ?? [])]);
    expect([pairs[0], pairs.at(-1)]).toEqual([first, last]);
  });
});

describe('what belongs to no visit', () => {
  it.each<[string, Asking, unknown[][]]>([
    [
      'drops',
      { dimensions: ['drop:reason'] },
      [
        ['bot', 5],
        ['dnt', 1],
      ],
    ],
    [
      'drops by the day',
      { dimensions: ['time:day', 'drop:reason'] },
      [
        ['2026-05-31', 'bot', 2],
        ['2026-06-01', 'bot', 3],
        ['2026-06-10', 'dnt', 1],
      ],
    ],
    [
      'drops by the month',
      { dimensions: ['drop:reason', 'time:month'] },
      [
        ['bot', '2026-05-01', 2],
        ['bot', '2026-06-01', 3],
        ['dnt', '2026-06-01', 1],
      ],
    ],
    [
      'opened e-mails',
      { dimensions: ['open:name'] },
      [
        ['May letter', 5],
        ['June letter', 2],
      ],
    ],
    [
      'opened e-mails by the day',
      { dimensions: ['time:day', 'open:name'], date_range: 'day' },
      [
        ['2026-06-10', 'June letter', 2],
        ['2026-06-10', 'May letter', 1],
      ],
    ],
  ])('%s', async (_name, asking, rows) => {
    const answer = await ask({ metrics: ['events'], ...asking });
    expect(flat(answer)).toEqual(rows);
    expect(answer.meta.source).toBe('sums');
  });

  it('is in no other number', async () => {
    expect(flat(await ask({ metrics: ['visits', 'pageviews', 'events'] }))).toEqual([[4, 3, 4]]);
  });
});

test.each<Case>([
  [
    'titles',
    'hits',
    { metrics: ['visits', 'pageviews'], dimensions: ['event:title'] },
    [
      ['Home', 3, 2],
      ['Blog', 1, 1],
    ],
  ],
  ['how views were reported', 'hits', { dimensions: ['event:via'] }, [['image', 1]]],
  [
    'regions',
    'sums',
    { dimensions: ['visit:region'] },
    [
      ['DE-BE', 2],
      ['FR-IDF', 1],
    ],
  ],
  ['cities', 'sums', { filters: [['is', 'visit:city', ['FR: Paris']]] }, [[1]]],
  ['contains_not, case ignored', 'sums', { filters: [['contains_not', 'visit:source', ['GOO', 'zzz']]] }, [[2]]],
  ['contains_not of every text', 'sums', { filters: [['contains_not', 'visit:source', ['']]] }, [[0]]],
  [
    'values of a property',
    'hits',
    { metrics: ['visits', 'events', 'bounce_rate'], dimensions: ['event:props:plan'] },
    [
      ['pro', 2, 2, 0],
      ['basic', 1, 2, null],
    ],
  ],
  [
    'values of a property of views and events',
    'hits',
    { metrics: ['visits', 'pageviews', 'events'], dimensions: ['event:props:author'] },
    [
      ['Ann', 1, 1, 0],
      ['Bob', 1, 0, 1],
    ],
  ],
  [
    'one property by another',
    'hits',
    { metrics: ['events'], dimensions: ['event:props:plan', 'event:props:author'] },
    [['pro', 'Bob', 1]],
  ],
  [
    'without a property',
    'hits',
    { metrics: ['pageviews', 'events'], filters: [['is', 'event:props:plan', ['']]] },
    [[3, 0]],
  ],
  [
    'exit pages of a property',
    'hits',
    { dimensions: ['visit:exit_page', 'event:props:plan'] },
    [
      ['/', 'basic', 1],
      ['/', 'pro', 1],
    ],
  ],
  [
    'names of properties',
    'hits',
    { metrics: ['events', 'visits', 'pageviews'], dimensions: ['event:property'] },
    [
      ['plan', 4, 3, 0],
      ['author', 1, 1, 1],
      [STRANGE, 1, 1, 0],
    ],
  ],
  [
    'names of the properties of an event',
    'hits',
    { metrics: ['events', 'visit_duration'], dimensions: ['event:property'], filters: [['is', 'event:name', ['buy']]] },
    [
      ['plan', 3, null],
      ['author', 1, null],
    ],
  ],
  [
    'a property of any name and value',
    'hits',
    {
      metrics: ['events'],
      dimensions: [`event:props:${STRANGE}`],
      filters: [['is', `event:props:${STRANGE}`, [STRANGE]]],
    },
    [[STRANGE, 1]],
  ],
  [
    'currencies and their revenue',
    'hits',
    { metrics: ['revenue', 'visits', 'events'], dimensions: ['event:currency'] },
    [
      ['EUR', 10.99, 3, 3],
      ['USD', 5, 1, 1],
    ],
  ],
  [
    'revenue by source, the largest first',
    'hits',
    { metrics: ['revenue'], dimensions: ['visit:source'], filters: [['is', 'event:currency', ['EUR']]] },
    [
      ['Google', 10],
      ['Bing', 0.99],
    ],
  ],
  [
    'revenue by the month',
    'sums',
    { metrics: ['revenue'], dimensions: ['time:month'], filters: [['is', 'event:currency', ['EUR']]] },
    [
      ['2026-05-01', 12.5],
      ['2026-06-01', -1.51],
    ],
  ],
  ['revenue of nothing', 'sums', { metrics: ['revenue'], filters: [['is', 'event:currency', ['CHF']]] }, [[0]]],
])('%s (%s)', async (_name, source, asking, rows) => {
  const answer = await ask(asking);
  expect(flat(answer)).toEqual(rows);
  expect(answer.meta.source).toBe(source);
  expect(flat(await ask(asking, { source: 'hits' }))).toEqual(rows);
});

test('the number of a property’s values', async () => {
  const { meta } = await ask({
    dimensions: ['event:props:plan'],
    include: { total_rows: true },
    pagination: { limit: 1 },
  });
  expect(meta.total_rows).toBe(2);
});

test('hours of before the time zone changed stand in the hours in which they begin', async () => {
  const site = { ...SITE, timezone: 'Asia/Kathmandu' };
  const query = createQuery({ store: engine.store, now: () => Date.parse(NOW) });
  const asking = async (question: Asking): Promise<Answer> =>
    query.ask(parseQuestion({ site_id: 's', metrics: ['visits'], date_range: 'day', ...question }), site, '2026-05-31');
  // Noon in Berlin, which a clock in Nepal shows as a quarter to four.
  const hour = '2026-06-10T15:00:00+05:45';
  const { results } = await asking({ dimensions: ['time:hour'] });
  expect(results.filter(({ metrics }) => metrics[0] !== 0)).toEqual([{ dimensions: [hour], metrics: [1] }]);
  for (const filters of [[], [['is', 'visit:source', ['Google']]]] as const)
    expect(flat(await asking({ date_range: [hour, '2026-06-10T16:00:00+05:45'], filters }))).toEqual([[1]]);
});
