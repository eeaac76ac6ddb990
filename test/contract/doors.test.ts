/** Questions in addresses and answers as tables: for sheets, `curl` and sources of data. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Question, Refusal } from '../../packages/collector/src/query/stats/query.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

const [SITE, OTHER] = ['one.example', 'two.example'];
const PAGES = ['/', '/', '/a,b', '/a,b', '/a,b', '/"c"', '/-1+1'];

let collector: TestCollector;
let tokens: Readonly<Record<'read' | 'write' | 'all' | 'other', string>>;
beforeAll(async () => {
  collector = await startTestCollector();
  for (const domain of [SITE, OTHER]) await collector.api('POST', '/api/sites', { domain });
  for (const [index, page] of PAGES.entries())
    await collector.send(
      { s: SITE, u: `https://${SITE}${page}`, i: [{ k: 'view' }, { k: 'event', n: '=SUM(A1)' }] },
      { address: `203.0.113.${index}` },
    );
  await collector.flush();
  tokens = {
    read: await tokenOf('read', [SITE]),
    write: await tokenOf('write', [SITE]),
    all: await tokenOf('read', null),
    other: await tokenOf('read', [OTHER]),
  };
});
afterAll(() => collector.stop());

const tokenOf = async (scope: string, sites: string[] | null): Promise<string> => {
  const made = await collector.api('POST', '/api/tokens', { name: 'x', scope, sites });
  return ((await made.json()) as { token: string }).token;
};

type Params = Readonly<Record<string, string | readonly string[]>>;
const address = (path: string, params: Params): string => {
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(params)) for (const value of [values].flat()) query.append(name, value);
  return `${path}?${query}`;
};
const get = (path: string, params: Params, headers: Record<string, string> = {}): Promise<Response> =>
  collector.request(address(path, params), { headers: { authorization: `Bearer ${tokens.read}`, ...headers } });

const LEAST = { site_id: SITE, metrics: 'visitors', date_range: '7d' };
const QUESTION: Question = { site_id: SITE, metrics: ['visitors'], date_range: '7d' };

/** Parameters, and the question that they ask. */
const SAME: readonly (readonly [Params, Partial<Question>])[] = [
  [{}, {}],
  [{ metrics: 'visitors, pageviews ,events' }, { metrics: ['visitors', 'pageviews', 'events'] }],
  [{ date_range: '2026-01-01,2026-01-31' }, { date_range: ['2026-01-01', '2026-01-31'] }],
  [
    { date_range: '2026-01-01T00:00:00Z,2026-01-02T00:00:00Z' },
    { date_range: ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'] },
  ],
  [
    { date_range: '2026-01-01T00:00:00 01:00,2026-01-02T00:00:00 01:00' },
    { date_range: ['2026-01-01T00:00:00+01:00', '2026-01-02T00:00:00+01:00'] },
  ],
  [
    { compare: '2026-01-01T00:00:00 01:00,2026-01-02T00:00:00 01:00' },
    {
      include: {
        comparisons: { mode: 'custom', date_range: ['2026-01-01T00:00:00+01:00', '2026-01-02T00:00:00+01:00'] },
      },
    },
  ],
  [{ dimensions: '', order_by: '' }, {}],
  [
    { filter: 'event:page matches ^/(a{1,2}|b{2,}),x' },
    { filters: [['matches', 'event:page', ['^/(a{1,2}|b{2,})', 'x']]] },
  ],
  [{ dimensions: 'event:page' }, { dimensions: ['event:page'] }],
  [{ dimensions: 'time:day,event:page' }, { dimensions: ['time:day', 'event:page'] }],
  [{ filter: 'event:page is /,/a\\,b' }, { filters: [['is', 'event:page', ['/', '/a,b']]] }],
  [
    { filter: ['event:page is_not /', 'event:page contains/c A'] },
    {
      filters: [
        ['is_not', 'event:page', ['/']],
        ['contains', 'event:page', ['A'], { case_sensitive: true }],
      ],
    },
  ],
  [
    { filter: 'event:page matches_not/i ^/A,C' },
    { filters: [['matches_not', 'event:page', ['^/A', 'C'], { case_sensitive: false }]] },
  ],
  [{ filter: String.raw`event:page matches ^/.{1\,2}$` }, { filters: [['matches', 'event:page', ['^/.{1,2}$']]] }],
  [{ filter: 'visit:source is' }, { filters: [['is', 'visit:source', ['']]] }],
  [{ filter: 'event:props:my plan is a b' }, { filters: [['is', 'event:props:my plan', ['a b']]] }],
  [
    { filters: '[["or",[["is","event:page",["/"]]]]]', filter: 'event:name is' },
    {
      filters: [
        ['or', [['is', 'event:page', ['/']]]],
        ['is', 'event:name', ['']],
      ],
    },
  ],
  [
    { dimensions: 'event:page', order_by: 'visitors:asc,event:page' },
    {
      dimensions: ['event:page'],
      order_by: [
        ['visitors', 'asc'],
        ['event:page', 'asc'],
      ],
    },
  ],
  [
    { dimensions: 'event:page', limit: '1', offset: '1', total_rows: 'true' },
    { dimensions: ['event:page'], pagination: { limit: 1, offset: 1 }, include: { total_rows: true } },
  ],
  [
    { dimensions: 'time:day', time_labels: '1' },
    { dimensions: ['time:day'], include: { time_labels: true } },
  ],
  [{ compare: 'previous_period' }, { include: { comparisons: { mode: 'previous_period' } } }],
];

test.each(SAME)('%j asks what %j asks', async (params, question) => {
  const response = await get('/api/query', { ...LEAST, ...params });
  expect(await response.json()).toEqual(await collector.query({ ...QUESTION, ...question }));
});

/** Parameters, and the one that is wrong. */
const REFUSED: readonly (readonly [Params, string])[] = [
  [{ metric: 'visitors' }, 'metric'],
  [{ metrics: ['visitors', 'visits'] }, 'metrics'],
  [{ metrics: '' }, 'metrics'],
  [{ metrics: 'visitors,love' }, 'metrics[1]'],
  [{ date_range: 'soon' }, 'date_range'],
  [{ date_range: '2026-02-01,2026-01-01' }, 'date_range'],
  [{ dimensions: 'event:love' }, 'dimensions[0]'],
  [{ limit: '0' }, 'limit'],
  [{ limit: 'ten' }, 'limit'],
  [{ limit: '1.5' }, 'limit'],
  [{ limit: '' }, 'limit'],
  [{ offset: '-1' }, 'offset'],
  [{ total_rows: 'yes' }, 'total_rows'],
  [{ time_labels: 'true' }, 'time_labels'],
  [{ match_day_of_week: 'true' }, 'match_day_of_week'],
  [{ compare: 'love' }, 'compare'],
  [{ order_by: 'visitors:up' }, 'order_by[0]'],
  [{ order_by: 'visits' }, 'order_by[0]'],
  [{ filter: 'event:page' }, 'filter[0]'],
  [{ filter: ['event:page is /', 'event:love is /'] }, 'filter[1]'],
  [{ filter: 'event:page matches (' }, 'filter[0]'],
  [{ filters: 'event:page' }, 'filters'],
  [{ filters: '{}' }, 'filters'],
  [{ filters: '[["is","event:love",[""]]]', filter: 'event:page is /' }, 'filters[0][1]'],
  [{ site_id: '' }, 'site_id'],
];

test.each(REFUSED)('%j is refused by name: %s', async (params, field) => {
  for (const path of ['/api/query', '/api/query.csv']) {
    const response = await get(path, { ...LEAST, ...params });
    expect([response.status, ((await response.json()) as Refusal).error.field]).toEqual([400, field]);
  }
});

test.each<[Params, string, RegExp]>([
  [{ order_by: 'visitors:up' }, 'order_by[0]', /^must be one of "asc", "desc"$/],
  [{ dimensions: 'event:page', order_by: 'event:page:down' }, 'order_by[0]', /^must be one of "asc", "desc"$/],
  [{ order_by: 'love' }, 'order_by[0]', /"visitors"/],
  [{ compare: '' }, 'compare', /year_over_year, or two days/],
  [{ compare: 'custom' }, 'compare', /year_over_year, or two days/],
  [{ compare: '7d' }, 'compare', /year_over_year, or two days/],
  [{ filter: 'event:page matches ^/[a,b]' }, 'filter[0]', /RE2.*behind a backslash/],
  [{ metrics: '' }, 'metrics', /at least 1 entry/],
])('%j: %s is told what it may be', async (params, field, says) => {
  const response = await get('/api/query', { ...LEAST, ...params });
  expect(await response.json()).toMatchObject({ error: { field, message: expect.stringMatching(says) } });
});

test.each([
  ['POST', '/api/query?limit=1', 'limit'],
  ['POST', '/api/v2/query?metrics=visits', 'metrics'],
  ['GET', '/api/sites?site_id=x', 'site_id'],
  ['GET', `/api/sites/${SITE}/now?date_range=7d`, 'date_range'],
  ['GET', `/api/v1/sites/${SITE}?limit=1`, 'limit'],
  ['DELETE', '/api/tokens/x?force=1', 'force'],
])('%s %s ignores no parameter', async (method, path, name) => {
  const response = await collector.api(method, path, method === 'POST' ? QUESTION : undefined);
  const said = `${response.status} ${await response.text()}`;
  expect(said).toContain('400');
  expect(said).toContain(`${name}`);
  expect(said).toContain('there is no such parameter');
});

test('a site that there is not is named as the field site_id', async () => {
  const response = await get('/api/query', { ...LEAST, site_id: 'nope.example' });
  expect([response.status, ((await response.json()) as Refusal).error.field]).toEqual([404, 'site_id']);
});

const CSV_OF_PAGES = 'event:page,pageviews\r\n"/a,b",3\r\n/,2\r\n"/""c""",1\r\n/-1+1,1\r\n';

describe('a table', () => {
  const ASKED = { ...LEAST, metrics: 'pageviews', dimensions: 'event:page', order_by: 'pageviews:desc' };

  test('is what .csv answers, and who accepts it gets', async () => {
    const answers = [
      await get('/api/query.csv', ASKED),
      await get('/api/query', ASKED, { accept: 'text/csv' }),
      await get('/api/query', ASKED, { accept: 'text/csv, application/json;q=0.5' }),
      await collector.request('/api/query', {
        method: 'POST',
        headers: { authorization: `Bearer ${tokens.read}`, 'content-type': 'application/json', accept: 'text/csv' },
        body: JSON.stringify({ ...QUESTION, metrics: ['pageviews'], dimensions: ['event:page'] }),
      }),
    ];
    for (const answer of answers) {
      expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await answer.text()).toBe(CSV_OF_PAGES);
    }
  });

  test.each(['application/json', '*/*', 'text/html', 'text/csv;q=0.1, application/json'])(
    'is not what who accepts %s gets',
    async (accept) => {
      const answer = await get('/api/query', ASKED, { accept });
      expect(answer.headers.get('content-type')).toContain('application/json');
    },
  );

  test('says what was cut off', async () => {
    const cut = await get('/api/query.csv', { ...ASKED, limit: '2', total_rows: 'true' });
    expect([cut.headers.get('x-row-limit'), cut.headers.get('x-total-rows')]).toEqual(['2', '4']);
    expect((await cut.text()).split('\r\n')).toHaveLength(4);
    const whole = await get('/api/query.csv', ASKED);
    expect([whole.headers.get('x-row-limit'), whole.headers.get('x-total-rows')]).toEqual([null, null]);
  });

  test('runs nothing as a formula', async () => {
    const answer = await get('/api/query.csv', { ...LEAST, metrics: 'events', dimensions: 'event:name' });
    expect(await answer.text()).toBe("event:name,events\r\n'=SUM(A1),7\r\n");
  });

  test('has what was compared with beside each number, and nothing where there is none', async () => {
    const answer = await get('/api/query.csv', {
      ...LEAST,
      metrics: 'visitors,bounce_rate',
      compare: 'previous_period',
    });
    expect(await answer.text()).toBe(
      'visitors,bounce_rate,visitors_before,visitors_change,bounce_rate_before,bounce_rate_change\r\n7,0,0,,,\r\n',
    );
  });

  test('is of one question', async () => {
    const answer = await collector.request('/api/query', {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.read}`, 'content-type': 'application/json', accept: 'text/csv' },
      body: JSON.stringify({ questions: [QUESTION] }),
    });
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: { field: 'questions' } }]);
  });

  test('has a tag', async () => {
    const tag = (await get('/api/query.csv', ASKED)).headers.get('etag') ?? '';
    expect((await get('/api/query.csv', ASKED, { 'if-none-match': tag })).status).toBe(304);
  });
});

describe('a token in the address', () => {
  const without = (params: Params, path = '/api/query.csv', headers = {}): Promise<Response> =>
    collector.request(address(path, { ...LEAST, ...params }), { headers });

  test('of scope read and for named sites asks', async () => {
    for (const path of ['/api/query', '/api/query.csv']) {
      const response = await without({ token: tokens.read }, path);
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
    }
  });

  test.each(['write', 'all'] as const)('that is %s does not, and is told why', async (kind) => {
    const response = await without({ token: tokens[kind] });
    expect([response.status, await response.json()]).toMatchObject([
      403,
      { error: { field: 'token', message: expect.stringContaining('scope read and for named sites') } },
    ]);
  });

  test('of whoever runs the collector does not', async () => {
    const response = await without({ token: 'token-of-the-test-collector' });
    expect([response.status, await response.json()]).toMatchObject([403, { error: { field: 'token' } }]);
  });

  test.each<[string, Params, Record<string, string>, number, string]>([
    ['that is none', { token: 'psb_x' }, {}, 401, 'token'],
    ['that is empty', { token: '' }, {}, 401, 'token'],
    ['twice', { token: ['a', 'b'] }, {}, 400, 'token'],
    ['beside a header', { token: 'a' }, { authorization: 'Bearer b' }, 400, 'token'],
  ])('%s', async (_name, params, headers, status, field) => {
    const response = await without(params, '/api/query', headers);
    expect([response.status, ((await response.json()) as Refusal).error.field]).toEqual([status, field]);
  });

  test('sees no other site', async () => {
    expect((await without({ token: tokens.other })).status).toBe(404);
  });

  test.each([
    ['POST', '/api/query'],
    ['GET', '/api/logs'],
    ['GET', '/api/sites'],
    ['GET', '/api/overview'],
    ['GET', `/api/sites/${SITE}/now`],
    ['GET', '/api/account'],
    ['GET', '/metrics'],
  ])('asks nothing else: %s %s', async (method, path) => {
    const response = await collector.request(address(path, { token: tokens.read }), {
      method,
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status).toBe(401);
  });

  test('is in no line of the log', async () => {
    const { query } = collector.store;
    collector.store.query = () => Promise.reject(new Error('the store failed'));
    await without({ token: tokens.read, date_range: '2026-01-01,2026-01-02' });
    collector.store.query = query;
    for (const token of Object.values(tokens)) await without({ token, metrics: 'love' });
    expect(collector.logged()).toContain('a request failed');
    for (const token of Object.values(tokens)) expect(collector.logged()).not.toContain(token);
  });
});

describe('what is left of a minute', () => {
  test('is told with each answer to a token, refusals too', async () => {
    const token = await tokenOf('read', [SITE]);
    const left = async (path: string, headers: Record<string, string>): Promise<string[]> => {
      const response = await collector.request(path, { headers });
      return [response.headers.get('ratelimit-policy') ?? '', response.headers.get('ratelimit') ?? ''];
    };
    const authorization = { authorization: `Bearer ${token}` };
    const told = [
      await left(address('/api/query', LEAST), authorization),
      await left('/api/query', authorization),
      await left('/api/nothing', authorization),
      await left('/api/tokens', authorization),
      await left(address('/api/query.csv', { ...LEAST, token }), {}),
    ];
    for (const [index, [policy, rest]] of told.entries()) {
      expect(policy).toBe('"token";q=600;w=60');
      expect(rest).toMatch(new RegExp(`^"token";r=${599 - index};t=\\d+$`));
    }
  });

  test('is nothing in the end', async () => {
    const token = await tokenOf('read', [SITE]);
    const ask = (): Promise<Response> =>
      collector.request('/api/nothing', { headers: { authorization: `Bearer ${token}` } });
    for (let asked = 0; asked < 600; asked += 1) await ask();
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('ratelimit')).toBe(`"token";r=0;t=${refused.headers.get('retry-after')}`);
  });

  test('is not told to people', async () => {
    const response = await collector.request('/api/status');
    expect(response.headers.get('ratelimit')).toBeNull();
  });
});

test('an answer says as a table what it says as JSON', async () => {
  const params = { ...LEAST, metrics: 'visitors,events', dimensions: 'time:day,event:page' };
  const { results } = (await (await get('/api/query', params)).json()) as Answer;
  const table = await (await get('/api/query.csv', params)).text();
  expect(table.split('\r\n')).toHaveLength(results.length + 2);
});
