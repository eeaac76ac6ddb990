import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SITE, type Stage, setStage } from './hand-made.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.stop());

const results = async (path: string): Promise<unknown> => {
  const reply = await stage.get(`/stats/${path}`);
  expect(reply, JSON.stringify(reply.body)).toMatchObject({ status: 200 });
  return (reply.body as { results: unknown }).results;
};
const about = (rest: string): string => `site_id=${SITE}&${rest}`;
const filtered = (filters: string): string => about(`period=7d&filters=${encodeURIComponent(filters)}`);

const JUNE = 'period=custom&date=2026-06-01,2026-06-15';

test.each<[string, unknown]>([
  ['period=day&metrics=visitors,pageviews', { visitors: { value: 1 }, pageviews: { value: 1 } }],
  ['period=day&date=2026-06-05', { visitors: { value: 1 } }],
  ['period=7d', { visitors: { value: 5 } }],
  ['period=7d&date=2026-06-05', { visitors: { value: 3 } }],
  ['period=7d&date=today&with_imported=true', { visitors: { value: 5 } }],
  ['', { visitors: { value: 6 } }],
  ['period=month', { visitors: { value: 6 } }],
  ['period=month&date=2026-05-01', { visitors: { value: 1 } }],
  ['period=6mo', { visitors: { value: 7 } }],
  ['period=12mo', { visitors: { value: 7 } }],
  [JUNE, { visitors: { value: 6 } }],
  [
    'period=7d&metrics=visitors,visits,pageviews,views_per_visit,bounce_rate,visit_duration,events',
    {
      ...{ visitors: { value: 5 }, visits: { value: 5 }, pageviews: { value: 6 }, views_per_visit: { value: 1.2 } },
      ...{ bounce_rate: { value: 60 }, visit_duration: { value: 18 }, events: { value: 7 } },
    },
  ],
  [
    'period=7d&metrics=visitors,bounce_rate&compare=previous_period',
    {
      visitors: { value: 5, comparison_value: 1, change: 400 },
      bounce_rate: { value: 60, comparison_value: 100, change: -40 },
    },
  ],
])('totals: %s', async (query, expected) => {
  expect(await results(`aggregate?${about(query)}`)).toEqual(expected);
});

test.each<[string, number]>([
  ['event:page==/', 2],
  ['event:page!=/', 4],
  ['event:page==/blog/*', 1],
  ['event:page==/*log/**', 2],
  ['event:page!=/*log/*', 3],
  ['event:page==/pricing|/docs/start', 2],
  ['visit:source==Google|Twitter', 3],
  ['visit:source!=Google', 3],
  ['visit:source==Direct / None', 1],
  ['event:page==/;visit:source!=Google', 0],
  [' event:page == / ; visit:country==DE ;', 2],
  ['visit:os==Mac', 2],
  ['visit:device==Desktop;visit:browser!=Safari', 1],
  ['event:props:is_customer==true', 1],
  ['event:props:is_customer==(none)|false', 4],
  [String.raw`event:page==/a\|b`, 0],
  ['event:page==/pri.ing*', 0],
  ['', 5],
])('filters %s keep %i', async (filters, visitors) => {
  expect(await results(`aggregate?${filtered(filters)}`)).toEqual({ visitors: { value: visitors } });
});

describe('series', () => {
  test.each<[string, readonly (readonly [string, number])[]]>([
    [
      'period=6mo',
      [
        ...['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01'].map((month) => [month, 0] as const),
        ['2026-05-01', 1],
        ['2026-06-01', 6],
      ],
    ],
    [
      'period=7d',
      [
        ['2026-06-03', 1],
        ['2026-06-04', 1],
        ['2026-06-05', 1],
        ['2026-06-06', 0],
        ['2026-06-07', 0],
        ['2026-06-08', 1],
        ['2026-06-09', 1],
      ],
    ],
    [`${JUNE}&interval=month`, [['2026-06-01', 6]]],
    [
      'period=custom&date=2026-06-09, 2026-06-10&interval=date',
      [
        ['2026-06-09', 1],
        ['2026-06-10', 1],
      ],
    ],
  ])('%s', async (query, expected) => {
    expect(await results(`timeseries?${about(query)}`)).toEqual(
      expected.map(([date, visitors]) => ({ date, visitors })),
    );
  });

  test('of a day is by the hour, with zeros', async () => {
    const rows = (await results(
      `timeseries?${about('period=day&metrics=visitors,bounce_rate,visit_duration')}`,
    )) as object[];
    expect(rows).toHaveLength(24);
    expect(rows.slice(0, 2)).toEqual([
      { date: '2026-06-10 00:00:00', visitors: 0, bounce_rate: 0, visit_duration: null },
      { date: '2026-06-10 01:00:00', visitors: 1, bounce_rate: 100, visit_duration: 0 },
    ]);
  });
});

test.each<[string, readonly object[]]>([
  [
    'property=visit:source&metrics=visitors,bounce_rate&limit=2',
    [
      { source: 'Google', visitors: 2, bounce_rate: 50 },
      { source: 'Direct / None', visitors: 1, bounce_rate: 100 },
    ],
  ],
  ['property=event:page&limit=1&page=2', [{ page: '/Blog/one', visitors: 1 }]],
  ['property=event:page&metrics=time_on_page&limit=1', [{ page: '/', time_on_page: 0 }]],
  [
    'property=visit:country',
    [
      { country: 'DE', visitors: 2 },
      { country: 'EE', visitors: 1 },
      { country: 'US', visitors: 1 },
    ],
  ],
  [
    'property=visit:utm_medium',
    [
      { utm_medium: 'email', visitors: 1 },
      { utm_medium: 'social', visitors: 1 },
    ],
  ],
  [
    'property=event:props:is_customer',
    [
      { is_customer: '(none)', visitors: 3 },
      { is_customer: 'false', visitors: 1 },
      { is_customer: 'true', visitors: 1 },
    ],
  ],
  [
    'property=visit:os_version&limit=2',
    [
      { os: 'Mac', os_version: '14', visitors: 2 },
      { os: 'GNU/Linux', os_version: '(not set)', visitors: 1 },
    ],
  ],
  ['property=visit:device&filters=visit:country==EE', [{ device: 'Mobile', visitors: 1 }]],
  [
    'property=event:name&metrics=events',
    [
      { name: 'pageview', events: 6 },
      { name: 'Signup', events: 1 },
    ],
  ],
])('breakdown: %s', async (query, expected) => {
  expect(await results(`breakdown?${about(`period=7d&${query}`)}`)).toEqual(expected);
});

test('what means something else is said', async () => {
  const warning = async (query: string) => ((await stage.get(`/stats/${query}`)).body as { warning?: string }).warning;
  expect(await warning(`aggregate?${about('period=day')}`)).toBeUndefined();
  expect(await warning(`aggregate?${about('period=7d')}`)).toMatch(/^visitors: .*sum of the days/);
  expect(await warning(`breakdown?${about('period=day&property=visit:city')}`)).toMatch(/^visit:city: /);
});

describe('sites', () => {
  beforeAll(async () => {
    for (const domain of ['a.example', 'z.example'])
      await stage.collector.api('POST', '/api/sites', { domain, timezone: 'UTC' });
  });
  const list = async (query: string) => {
    const { status, body } = await stage.get(`/sites${query}`);
    const { sites, meta } = body as {
      sites: { domain: string }[];
      meta: { after: string | null; before: string | null };
    };
    return { status, names: sites.map(({ domain }) => domain), meta };
  };

  test('are listed', async () => {
    expect(await stage.get('/sites')).toEqual({
      status: 200,
      body: {
        sites: [
          { domain: 'a.example', timezone: 'UTC' },
          { domain: SITE, timezone: 'Europe/Berlin' },
          { domain: 'z.example', timezone: 'UTC' },
        ],
        meta: { after: null, before: null, limit: 100 },
      },
    });
  });

  test('are listed by pages, on and back', async () => {
    const first = await list('?limit=2');
    expect([first.names, first.meta.before]).toEqual([['a.example', SITE], null]);
    const second = await list(`?limit=2&after=${first.meta.after}`);
    expect([second.names, second.meta.after]).toEqual([['z.example'], null]);
    const back = await list(`?limit=2&before=${second.meta.before}`);
    expect([back.names, back.meta.before]).toEqual([['a.example', SITE], null]);
  });

  test('are described, with the properties that were met', async () => {
    expect(await stage.get(`/sites/${SITE}`)).toEqual({
      status: 200,
      body: { domain: SITE, timezone: 'Europe/Berlin', custom_properties: ['is_customer'] },
    });
  });
});

test('visitors right now are a number', async () => {
  expect(await stage.get(`/stats/realtime/visitors?site_id=${SITE}`)).toEqual({ status: 200, body: 0 });
});

test('health is told part by part', async () => {
  const response = await stage.collector.request('/api/health');
  expect([response.status, await response.json()]).toEqual([
    200,
    { clickhouse: 'ok', postgres: 'ok', sites_cache: 'ok', sessions: 'ok' },
  ]);
});
