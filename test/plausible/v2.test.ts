import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SITE, type Stage, setStage } from './hand-made.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.stop());

type Answered = readonly [dimensions: readonly string[], metrics: readonly (number | null)[]];
interface Body {
  results: { dimensions: string[]; metrics: (number | null)[]; comparison?: object }[];
  meta: Record<string, unknown>;
  query: Record<string, unknown>;
}

const rowsOf = ({ results }: Body): Answered[] => results.map(({ dimensions, metrics }) => [dimensions, metrics]);
const answered = async (body: object): Promise<Body> => {
  const reply = await stage.ask(body);
  expect(reply, JSON.stringify(reply.body)).toMatchObject({ status: 200 });
  return reply.body as Body;
};

const WEEK = ['2026-06-03T00:00:00+02:00', '2026-06-09T23:59:59+02:00'];
const ALL = ['2026-05-30T00:00:00+02:00', '2026-06-10T23:59:59+02:00'];
const BY_UTM = { metrics: ['visitors', 'events', 'pageviews'], dimensions: ['visit:utm_medium', 'visit:utm_source'] };
const byDay = { code: 'visitors_by_day', warning: expect.any(String) };
const DAILY = { metric_warnings: { visitors: byDay } };
const NO_IMPORTS = { imports_included: false, imports_skip_reason: 'no_imported_data' };

/** The requests that Plausible documents, in its order: what is asked, the rows, `meta`, the range and the order that are echoed. */
type Documented = readonly [string, object, readonly Answered[], object, readonly string[], (readonly unknown[])?];
const DOCUMENTED: readonly Documented[] = [
  ['totals', { metrics: ['visitors', 'events'], date_range: '7d' }, [[[], [5, 7]]], DAILY, WEEK],
  [
    'days of one’s own',
    { metrics: ['visitors'], date_range: ['2026-06-01', '2026-06-15'] },
    [[[], [6]]],
    DAILY,
    ['2026-06-01T00:00:00+02:00', '2026-06-15T23:59:59+02:00'],
  ],
  [
    'countries and cities',
    {
      metrics: ['visitors', 'pageviews', 'bounce_rate'],
      date_range: '7d',
      filters: [['is_not', 'visit:country_name', ['']]],
      dimensions: ['visit:country_name', 'visit:city_name'],
    },
    [
      [
        ['Germany', 'Berlin'],
        [2, 3, 50],
      ],
      [
        ['Estonia', 'Tallinn'],
        [1, 1, 0],
      ],
      [
        ['United States', 'Berlin'],
        [1, 1, 100],
      ],
    ],
    DAILY,
    WEEK,
  ],
  [
    'campaigns',
    { ...BY_UTM, date_range: '7d' },
    [
      [
        ['(not set)', '(not set)'],
        [3, 4, 4],
      ],
      [
        ['email', 'news'],
        [1, 1, 1],
      ],
      [
        ['social', 'twitter'],
        [1, 2, 1],
      ],
    ],
    DAILY,
    WEEK,
  ],
  [
    'filters by page and country',
    {
      metrics: ['visitors'],
      date_range: '7d',
      filters: [
        ['contains', 'event:page', ['/docs', '/pricing']],
        ['is', 'visit:country_name', ['Estonia', 'United States of America']],
      ],
    },
    [[[], [1]]],
    DAILY,
    WEEK,
  ],
  [
    'a filter that ignores case',
    {
      metrics: ['visitors'],
      date_range: '7d',
      filters: [['contains', 'event:page', ['blog'], { case_sensitive: false }]],
    },
    [[[], [2]]],
    DAILY,
    WEEK,
  ],
  [
    'a series',
    {
      metrics: ['visitors', 'events'],
      date_range: '7d',
      filters: [['is', 'visit:os', ['GNU/Linux', 'Mac']]],
      dimensions: ['time:day'],
    },
    [
      [['2026-06-03'], [1, 2]],
      [['2026-06-04'], [1, 1]],
      [['2026-06-08'], [1, 1]],
    ],
    {},
    WEEK,
    [
      ['time:day', 'asc'],
      ['visitors', 'desc'],
    ],
  ],
  [
    'hours with labels',
    { metrics: ['visitors'], date_range: 'day', dimensions: ['time:hour'], include: { time_labels: true } },
    [[['2026-06-10 01:00:00'], [1]]],
    { time_labels: Array.from({ length: 24 }, (_, hour) => `2026-06-10 ${String(hour).padStart(2, '0')}:00:00`) },
    ['2026-06-10T00:00:00+02:00', '2026-06-10T23:59:59+02:00'],
    [
      ['time:hour', 'asc'],
      ['visitors', 'desc'],
    ],
  ],
  [
    'properties',
    {
      metrics: ['visitors'],
      date_range: '7d',
      dimensions: ['time:day', 'event:props:is_customer'],
      order_by: [
        ['time:day', 'asc'],
        ['event:props:is_customer', 'desc'],
      ],
    },
    [
      [['2026-06-03', '(none)'], [1]],
      [['2026-06-04', '(none)'], [1]],
      [['2026-06-05', 'true'], [1]],
      [['2026-06-08', '(none)'], [1]],
      [['2026-06-09', 'false'], [1]],
    ],
    {},
    WEEK,
    [
      ['time:day', 'asc'],
      ['event:props:is_customer', 'desc'],
    ],
  ],
  [
    'a page of several',
    { ...BY_UTM, date_range: '7d', include: { total_rows: true }, pagination: { limit: 3, offset: 1 } },
    [
      [
        ['email', 'news'],
        [1, 1, 1],
      ],
      [
        ['social', 'twitter'],
        [1, 2, 1],
      ],
    ],
    { ...DAILY, total_rows: 3 },
    WEEK,
  ],
  [
    'with what was imported',
    { metrics: ['visitors'], date_range: 'all', dimensions: ['visit:source'], include: { imports: true } },
    [
      [['Google'], [3]],
      [['Direct / None'], [2]],
      [['Twitter'], [1]],
      [['news'], [1]],
    ],
    { ...NO_IMPORTS, ...DAILY },
    ALL,
  ],
  [
    'with what was imported, under a filter',
    {
      metrics: ['visitors'],
      date_range: 'all',
      dimensions: ['visit:source'],
      filters: [['is', 'visit:country_name', ['Estonia']]],
      include: { imports: true },
    },
    [[['Twitter'], [1]]],
    { ...NO_IMPORTS, ...DAILY },
    ALL,
  ],
];

interface Sent {
  metrics: string[];
  dimensions?: string[];
  filters?: unknown[];
  include?: object;
  pagination?: object;
}

test.each(DOCUMENTED.map(([name, ...rest]) => [name, rest] as const))('documented: %s', async (_name, told) => {
  const [body, rows, meta, range, order] = told;
  const answer = await answered(body);
  expect(rowsOf(answer)).toEqual(rows);
  expect(answer.meta).toEqual(meta);
  const { metrics, dimensions = [], filters = [], include = {}, pagination } = body as Sent;
  expect(answer.query).toEqual({
    site_id: SITE,
    ...{ metrics, dimensions, filters, include },
    date_range: range,
    order_by: order ?? [[metrics[0], 'desc']],
    pagination: pagination ?? { offset: 0, limit: 10_000 },
  });
});

test.each<[string, object, RegExp]>([
  [
    'revenue by goal',
    { metrics: ['total_revenue'], date_range: 'all', dimensions: ['event:goal'] },
    /total_revenue is not/,
  ],
  [
    'revenue in two currencies',
    { metrics: ['total_revenue'], date_range: 'all', filters: [['is', 'event:goal', ['Dollars', 'Euros']]] },
    /total_revenue is not/,
  ],
  [
    'behaviour',
    {
      metrics: ['visitors'],
      date_range: 'all',
      filters: [
        ['is', 'event:goal', ['Signup']],
        ['has_done', ['is', 'event:page', ['/pricing']]],
      ],
    },
    /^filters\[0\]\[1\]: event:goal is not/,
  ],
  [
    'a segment',
    { metrics: ['visitors', 'events'], filters: [['is', 'segment', [2]]], date_range: '7d' },
    /segment is not/,
  ],
])('documented and refused by name: %s', async (_name, body, sentence) => {
  expect(await stage.ask(body)).toEqual({ status: 400, body: { error: expect.stringMatching(sentence) } });
});

const OF_WEEK = { metrics: ['visitors'], date_range: '7d' };

/** What the values of each dimension are called, and how many visitors of the week each has. */
test.each<[string, readonly (readonly [string, number])[]]>([
  [
    'visit:source',
    [
      ['Google', 2],
      ['Direct / None', 1],
      ['Twitter', 1],
      ['news', 1],
    ],
  ],
  [
    'visit:channel',
    [
      ['Organic Search', 2],
      ['Direct', 1],
      ['Email', 1],
      ['Organic Social', 1],
    ],
  ],
  [
    'visit:referrer',
    [
      ['Direct / None', 2],
      ['google.com', 2],
      ['t.co', 1],
    ],
  ],
  [
    'visit:utm_medium',
    [
      ['(not set)', 3],
      ['email', 1],
      ['social', 1],
    ],
  ],
  ['visit:utm_campaign', [['(not set)', 5]]],
  [
    'visit:device',
    [
      ['Desktop', 3],
      ['Mobile', 1],
      ['(not set)', 1],
    ],
  ],
  [
    'visit:screen',
    [
      ['Desktop', 3],
      ['Mobile', 1],
      ['(not set)', 1],
    ],
  ],
  [
    'visit:browser',
    [
      ['Safari', 3],
      ['Chrome', 1],
      ['Firefox', 1],
    ],
  ],
  [
    'visit:browser_version',
    [
      ['17', 3],
      ['128', 2],
    ],
  ],
  [
    'visit:os',
    [
      ['Mac', 2],
      ['GNU/Linux', 1],
      ['Windows', 1],
      ['iOS', 1],
    ],
  ],
  [
    'visit:os_version',
    [
      ['14', 2],
      ['(not set)', 1],
      ['10 or later', 1],
      ['17', 1],
    ],
  ],
  [
    'visit:country',
    [
      ['DE', 2],
      ['EE', 1],
      ['US', 1],
      ['', 1],
    ],
  ],
  [
    'visit:country_name',
    [
      ['Germany', 2],
      ['Estonia', 1],
      ['United States', 1],
      ['', 1],
    ],
  ],
  [
    'visit:region',
    [
      ['DE-BE', 2],
      ['', 1],
      ['EE: Harju', 1],
      ['US-CA', 1],
    ],
  ],
  [
    'visit:region_name',
    [
      ['DE-BE', 2],
      ['', 1],
      ['Harju', 1],
      ['US-CA', 1],
    ],
  ],
  [
    'visit:city',
    [
      ['DE: Berlin', 2],
      ['', 1],
      ['EE: Tallinn', 1],
      ['US: Berlin', 1],
    ],
  ],
  [
    'visit:city_name',
    [
      ['Berlin', 3],
      ['', 1],
      ['Tallinn', 1],
    ],
  ],
  [
    'visit:entry_page',
    [
      ['/', 2],
      ['/Blog/one', 1],
      ['/blog/two', 1],
      ['/pricing', 1],
    ],
  ],
  [
    'visit:exit_page',
    [
      ['/', 1],
      ['/Blog/one', 1],
      ['/blog/two', 1],
      ['/docs/start', 1],
      ['/pricing', 1],
    ],
  ],
  [
    'event:page',
    [
      ['/', 2],
      ['/Blog/one', 1],
      ['/blog/two', 1],
      ['/docs/start', 1],
      ['/pricing', 1],
    ],
  ],
  ['event:hostname', [[SITE, 5]]],
  [
    'event:name',
    [
      ['pageview', 5],
      ['Signup', 1],
    ],
  ],
  [
    'event:props:is_customer',
    [
      ['(none)', 3],
      ['false', 1],
      ['true', 1],
    ],
  ],
])('values of %s, each of which filters find', async (name, values) => {
  const answer = await answered({ ...OF_WEEK, dimensions: [name] });
  expect(rowsOf(answer)).toEqual(values.map(([value, count]) => [[value], [count]]));
  // A code of a country has two letters.
  const named = values.filter(([value]) => name !== 'visit:country' || value !== '');
  const found = await Promise.all(
    named.map(async ([value]) => [
      value,
      rowsOf(await answered({ ...OF_WEEK, filters: [['is', name, [value]]] }))[0]?.[1][0],
    ]),
  );
  expect(found).toEqual(named);
});

/** Filters, and the visitors of the week that they keep. */
test.each<[unknown[], number]>([
  [['is', 'visit:os', ['Mac', 'Windows']], 3],
  [['is_not', 'visit:os', ['Mac']], 3],
  [['is', 'visit:os', ['mac'], { case_sensitive: false }], 2],
  [['is', 'visit:os', ['mac']], 0],
  [['is', 'visit:os', ['mac'], { case_sensitive: true }], 0],
  [['is', 'visit:os', ['mac'], {}], 0],
  [['contains', 'visit:os', ['Ma']], 2],
  [['contains', 'visit:os', ['mac']], 0],
  [['contains', 'visit:os', ['OS']], 1],
  [['contains_not', 'visit:os', ['Ma', 'Lin']], 2],
  [['contains', 'event:page', ['blog']], 1],
  [['contains_not', 'event:page', ['blog']], 4],
  [['contains', 'event:page', ['BLOG'], { case_sensitive: false }], 2],
  [['matches', 'event:page', ['^/(docs|pricing)']], 2],
  [['matches', 'event:page', ['(?i)^/blog/']], 2],
  [['matches_not', 'visit:utm_source', ['^news$']], 4],
  [['is', 'visit:source', ['Twitter', 'news']], 2],
  [['is', 'visit:source', ['X (Twitter)']], 1],
  [['contains', 'visit:source', ['Dir']], 0],
  [['contains', 'visit:source', ['witt']], 1],
  [['contains', 'visit:channel', ['Organic S']], 3],
  [['is', 'visit:country_name', ['Russian Federation', 'Germany']], 2],
  [['is_not', 'visit:country_name', ['Germany', '']], 2],
  [['contains', 'visit:country_name', ['United', 'Est']], 2],
  [['contains', 'visit:country_name', ['united', 'EST'], { case_sensitive: false }], 2],
  [['contains_not', 'visit:country_name', ['er']], 3],
  [['is', 'visit:country_name', ['Atlantis']], 0],
  [['is_not', 'visit:country_name', ['Atlantis']], 5],
  [['is', 'visit:country', ['DE']], 2],
  [['is', 'visit:city_name', ['Berlin']], 3],
  [['is_not', 'visit:city_name', ['Berlin']], 2],
  [['is', 'visit:city_name', ['Berlin', '']], 4],
  [['is', 'visit:city_name', ['BERLIN'], { case_sensitive: false }], 3],
  [['is', 'visit:city_name', ['Ber.in']], 0],
  [['is', 'visit:city_name', ['US']], 0],
  [['contains', 'visit:city_name', ['all']], 1],
  [['contains', 'visit:city_name', ['DE']], 0],
  [['contains_not', 'visit:city_name', ['in']], 1],
  [['is', 'visit:region_name', ['Harju', 'DE-BE']], 3],
  [['contains', 'visit:region_name', ['BE']], 2],
  [['contains', 'visit:region_name', ['EE']], 0],
  [['is', 'visit:browser_version', ['128']], 2],
  [['contains', 'visit:browser_version', ['12']], 2],
  [['contains', 'visit:browser_version', ['8']], 2],
  [['contains', 'visit:browser_version', ['Chrome']], 0],
  [['is_not', 'visit:os_version', ['(not set)']], 4],
  [['contains', 'visit:os_version', ['later']], 1],
  [['is', 'event:props:is_customer', ['(none)', 'false']], 4],
  [['is_not', 'event:props:is_customer', ['(none)']], 2],
  [['is', 'event:name', ['pageview']], 5],
  [['is_not', 'event:name', ['pageview']], 1],
  [['is', 'visit:referrer', ['Direct / None']], 2],
  [
    [
      'or',
      [
        ['is', 'visit:country_name', ['Germany']],
        ['is', 'visit:city_name', ['Tallinn']],
      ],
    ],
    3,
  ],
  [
    [
      'and',
      [
        ['is', 'visit:country_name', ['Germany']],
        ['is', 'visit:city_name', ['Tallinn']],
      ],
    ],
    0,
  ],
  [['not', ['is', 'visit:country_name', ['Germany']]], 3],
  [
    [
      'not',
      [
        'or',
        [
          ['is', 'visit:os', ['Mac']],
          ['contains', 'visit:city_name', ['Tal']],
        ],
      ],
    ],
    2,
  ],
])('filter %j keeps %i', async (filter, visitors) => {
  const answer = await answered({ ...OF_WEEK, filters: [filter] });
  expect(rowsOf(answer)).toEqual([[[], [visitors]]]);
  expect(answer.query.filters).toEqual([filter]);
});

describe('numbers', () => {
  const TOTALS = ['visitors', 'visits', 'pageviews', 'views_per_visit', 'bounce_rate', 'visit_duration', 'events'];

  test('of all kinds', async () => {
    expect(rowsOf(await answered({ metrics: TOTALS, date_range: '7d' }))).toEqual([[[], [5, 5, 6, 1.2, 60, 18, 7]]]);
  });

  test('of nothing are zero', async () => {
    const nothing = { metrics: TOTALS, date_range: ['2026-01-01', '2026-01-02'] };
    expect(rowsOf(await answered(nothing))).toEqual([[[], [0, 0, 0, 0, 0, 0, 0]]]);
    expect(rowsOf(await answered({ ...nothing, metrics: ['visitors'], dimensions: ['visit:city_name'] }))).toEqual([]);
  });

  test('of groups that are one there are those of all their visits', async () => {
    const metrics = ['visitors', 'visits', 'pageviews', 'events', 'bounce_rate', 'visit_duration', 'percentage'];
    expect(rowsOf(await answered({ metrics, date_range: '7d', dimensions: ['visit:city_name'] }))).toEqual([
      [['Berlin'], [3, 3, 4, 4, 67, 20, 60]],
      [[''], [1, 1, 1, 1, 100, 0, 20]],
      [['Tallinn'], [1, 1, 1, 2, 0, 30, 20]],
    ]);
  });

  test('that have no meaning are null, and meta says why', async () => {
    const answer = await answered({
      metrics: ['visitors', 'bounce_rate'],
      date_range: '7d',
      filters: [['is', 'event:name', ['Signup']]],
    });
    expect(rowsOf(answer)).toEqual([[[], [1, null]]]);
    expect(answer.meta).toEqual({
      metric_warnings: { visitors: byDay, bounce_rate: { code: 'no_meaning_by_event', warning: expect.any(String) } },
    });
  });
});

/** What the answer says beside its rows, by code. */
test.each<[object, object, object]>([
  [{ date_range: 'day' }, {}, {}],
  [{ dimensions: ['time:day'] }, {}, {}],
  [{ dimensions: ['time:week'] }, { visitors: 'visitors_by_day' }, {}],
  [{ metrics: ['visits'] }, {}, {}],
  [{ metrics: ['visits'], dimensions: ['time:hour'] }, { visits: 'visits_where_begun' }, {}],
  [
    { metrics: ['bounce_rate', 'visits'], date_range: ['2026-06-03T10:00:00+02:00', '2026-06-03T11:59:59+02:00'] },
    { bounce_rate: 'visits_where_begun', visits: 'visits_where_begun' },
    {},
  ],
  [
    { metrics: ['bounce_rate'], filters: [['is', 'event:props:is_customer', ['true']]] },
    { bounce_rate: 'of_visits_that_began_there' },
    {},
  ],
  [{ metrics: ['bounce_rate'], filters: [['is', 'event:page', ['/']]] }, {}, {}],
  [
    { metrics: ['visit_duration'], filters: [['is', 'event:page', ['/']]] },
    { visit_duration: 'of_visits_that_began_there' },
    {},
  ],
  [
    { metrics: ['time_on_page', 'scroll_depth'], dimensions: ['event:page'] },
    { time_on_page: 'by_view', scroll_depth: 'by_view' },
    {},
  ],
  [
    { metrics: ['percentage'], dimensions: ['visit:city'] },
    { percentage: 'visitors_by_day' },
    { 'visit:city': 'no_geoname_id' },
  ],
  [{ metrics: ['visits'], dimensions: ['visit:region_name'] }, {}, { 'visit:region_name': 'no_region_name' }],
  [{ metrics: ['visits'], filters: [['is', 'visit:os_version', ['17']]] }, {}, { 'visit:os_version': 'major_version' }],
  [{ metrics: ['visits'], filters: [['is', 'visit:device', ['Laptop']]] }, {}, { 'visit:device': 'no_such_value' }],
  [
    { metrics: ['visits'], filters: [['not', ['is', 'visit:os', ['Ubuntu', 'Mac']]]] },
    {},
    { 'visit:os': 'no_such_value' },
  ],
  [
    { metrics: ['visits'], filters: [['is', 'visit:browser', ['Mobile App']]] },
    {},
    { 'visit:browser': 'no_such_value' },
  ],
  [{ metrics: ['visits'], filters: [['matches', 'visit:os', ['^mac']]] }, {}, { 'visit:os': 'matched_as_called_here' }],
])('meta of %j', async (change, metrics, dimensions) => {
  const { meta } = await answered({ ...OF_WEEK, ...change });
  const codesOf = (warnings: unknown): object =>
    Object.fromEntries(
      Object.entries((warnings ?? {}) as Record<string, { code: string }>).map(([name, { code }]) => [name, code]),
    );
  expect([codesOf(meta.metric_warnings), codesOf(meta.dimension_warnings)]).toEqual([metrics, dimensions]);
});

test.each<[unknown, string, string, step?: string]>([
  ['day', '2026-06-10T00:00:00', '2026-06-10T23:59:59', 'time:hour'],
  ['24h', '2026-06-09T16:00:00', '2026-06-10T15:59:59', 'time:hour'],
  ['7d', '2026-06-03T00:00:00', '2026-06-09T23:59:59', 'time:day'],
  ['28d', '2026-05-13T00:00:00', '2026-06-09T23:59:59', 'time:day'],
  ['30d', '2026-05-11T00:00:00', '2026-06-09T23:59:59', 'time:day'],
  ['91d', '2026-03-11T00:00:00', '2026-06-09T23:59:59', 'time:week'],
  ['month', '2026-06-01T00:00:00', '2026-06-30T23:59:59', 'time:day'],
  ['6mo', '2025-12-01T00:00:00', '2026-05-31T23:59:59', 'time:week'],
  ['12mo', '2025-06-01T00:00:00', '2026-05-31T23:59:59', 'time:week'],
  ['year', '2026-01-01T00:00:00', '2026-12-31T23:59:59', 'time:week'],
  ['all', '2026-05-30T00:00:00', '2026-06-10T23:59:59', 'time:day'],
  [['2024-01-01', '2026-01-01'], '2024-01-01T00:00:00', '2026-01-01T23:59:59', 'time:month'],
  [['2026-06-03T08:00:00Z', '2026-06-03T10:59:59Z'], '2026-06-03T10:00:00', '2026-06-03T12:59:59', 'time:hour'],
])('range %j', async (range, from, to, step) => {
  const { query } = await answered({ metrics: ['visitors'], date_range: range, dimensions: ['time'] });
  const written = (query.date_range as string[]).map((time) => time.slice(0, 19));
  expect([...written, query.dimensions]).toEqual([from, to, [step]]);
});

describe('groups of time', () => {
  test('without anything are left out, and a week begins with the range', async () => {
    const weeks = { ...OF_WEEK, dimensions: ['time:week'], include: { time_labels: true } };
    const answer = await answered(weeks);
    expect(rowsOf(answer)).toEqual([
      [['2026-06-03'], [3]],
      [['2026-06-08'], [2]],
    ]);
    expect(answer.meta.time_labels).toEqual(['2026-06-03', '2026-06-08']);
  });

  test('are listed with those to come', async () => {
    const answer = await answered({
      ...{ metrics: ['visitors'], dimensions: ['time:month'], include: { time_labels: true, total_rows: true } },
      date_range: ['2026-04-15', '2026-08-10'],
    });
    expect(rowsOf(answer)).toEqual([
      [['2026-05-01'], [1]],
      [['2026-06-01'], [6]],
    ]);
    expect(answer.meta).toMatchObject({
      time_labels: ['2026-04-01', '2026-05-01', '2026-06-01', '2026-07-01', '2026-08-01'],
      total_rows: 2,
    });
  });
});

describe('order and pages', () => {
  const PAGES = { metrics: ['events'], date_range: '7d', dimensions: ['event:page'] };

  test('by events, which are views and events', async () => {
    const answer = await answered({ ...PAGES, pagination: { limit: 2 } });
    expect(rowsOf(answer)).toEqual([
      [['/'], [2]],
      [['/Blog/one'], [2]],
    ]);
  });

  test('by names as they are written there', async () => {
    const order_by = [['visit:os', 'asc']];
    const answer = await answered({
      ...OF_WEEK,
      dimensions: ['visit:os'],
      order_by,
      pagination: { limit: 2, offset: 1 },
    });
    expect(rowsOf(answer).map(([[name]]) => name)).toEqual(['Mac', 'Windows']);
  });

  test('pages of what has no value beside what has are without a gap', async () => {
    const of = (limit: number, offset: number) =>
      answered({ ...OF_WEEK, dimensions: ['visit:referrer', 'visit:utm_medium'], pagination: { limit, offset } });
    const whole = rowsOf(await of(10, 0));
    expect(whole).toEqual([
      [['google.com', '(not set)'], [2]],
      [['Direct / None', '(not set)'], [1]],
      [['Direct / None', 'email'], [1]],
      [['t.co', 'social'], [1]],
    ]);
    for (const offset of [0, 1, 2, 3, 4]) expect(rowsOf(await of(1, offset))).toEqual(whole.slice(offset, offset + 1));
  });
});

describe('comparisons', () => {
  const compared = async (body: object, comparisons: object) =>
    (await answered({ date_range: '7d', ...body, include: { comparisons } })).results.map(
      ({ dimensions, metrics, comparison }) => [dimensions, metrics, comparison],
    );
  const PREVIOUS = { mode: 'previous_period' };

  test('of totals: percent, and points of a rate', async () => {
    expect(await compared({ metrics: ['visitors', 'bounce_rate', 'events'] }, PREVIOUS)).toEqual([
      [[], [5, 60, 7], { dimensions: [], metrics: [1, 100, 1], change: [400, -40, 600] }],
    ]);
  });

  test('of a series: each day with the one in its place, also those without anything', async () => {
    const rows = await compared({ metrics: ['visitors'], dimensions: ['time:day'] }, PREVIOUS);
    expect(rows).toHaveLength(7);
    expect(rows.slice(0, 4)).toEqual([
      [['2026-06-03'], [1], { dimensions: ['2026-05-27'], metrics: [0], change: [100] }],
      [['2026-06-04'], [1], { dimensions: ['2026-05-28'], metrics: [0], change: [100] }],
      [['2026-06-05'], [1], { dimensions: ['2026-05-29'], metrics: [0], change: [100] }],
      [['2026-06-06'], [0], { dimensions: ['2026-05-30'], metrics: [1], change: [-100] }],
    ]);
  });

  test('of groups, those without a value and those that are one there', async () => {
    const rows = await compared({ metrics: ['visitors', 'percentage'], dimensions: ['visit:city_name'] }, PREVIOUS);
    expect(rows).toEqual([
      [['Berlin'], [3, 60], { dimensions: ['Berlin'], metrics: [1, 100], change: [200, -40] }],
      [[''], [1, 20], { dimensions: [''], metrics: [0, 0], change: [100, 100] }],
      [['Tallinn'], [1, 20], { dimensions: ['Tallinn'], metrics: [0, 0], change: [100, 100] }],
    ]);
  });

  test('of a page of groups, in which each has its own', async () => {
    const answer = await answered({
      ...{ metrics: ['visitors'], date_range: '7d', dimensions: ['visit:source'], pagination: { limit: 1 } },
      include: { comparisons: PREVIOUS },
    });
    expect(answer.results).toEqual([
      { dimensions: ['Google'], metrics: [2], comparison: { dimensions: ['Google'], metrics: [1], change: [100] } },
    ]);
    expect(answer.query.include).toEqual({ comparisons: PREVIOUS });
  });

  /** The days that a range is compared with, as a series of days tells. */
  test.each<[unknown, object, string, string]>([
    ['7d', PREVIOUS, '2026-05-27', '2026-06-02'],
    ['28d', { ...PREVIOUS, match_day_of_week: true }, '2026-04-15', '2026-05-12'],
    ['30d', { ...PREVIOUS, match_day_of_week: true }, '2026-04-13', '2026-05-12'],
    ['7d', { mode: 'year_over_year' }, '2025-06-03', '2025-06-09'],
    ['7d', { mode: 'year_over_year', match_day_of_week: true }, '2025-06-04', '2025-06-10'],
    ['7d', { mode: 'custom', date_range: ['2026-01-01', '2026-01-07'] }, '2026-01-01', '2026-01-07'],
    ['day', PREVIOUS, '2026-06-09', '2026-06-09'],
  ])('%j with %j', async (range, comparisons, first, last) => {
    const rows = await compared({ metrics: ['visitors'], date_range: range, dimensions: ['time:day'] }, comparisons);
    const days = rows.map(([, , comparison]) => (comparison as { dimensions: string[] }).dimensions[0]);
    expect([days[0], days.at(-1)]).toEqual([first, last]);
  });
});
