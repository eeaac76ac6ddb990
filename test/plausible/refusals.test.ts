import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Replied, SITE, type Stage, setStage } from './hand-made.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.stop());

const GOOD = { metrics: ['visitors'], date_range: '7d' };
/** A refusal that begins with the field, and says such a thing. */
const refused = (field: string, says: RegExp): Replied => ({
  status: 400,
  body: { error: expect.stringMatching(new RegExp(`^${field.replace(/[[\].]/g, String.raw`\$&`)}: .*${says.source}`)) },
});

test.each<[string, RegExp, object]>([
  ['site_id', /domain/, { site_id: '' }],
  ['site_id', /domain/, { site_id: 7 }],
  ['metrics', /list/, { metrics: undefined }],
  ['metrics', /list/, { metrics: 'visitors' }],
  ['metrics', /must name/, { metrics: [] }],
  ['metrics[1]', /one of visitors, visits/, { metrics: ['visitors', 'love'] }],
  ['metrics[0]', /text/, { metrics: [7] }],
  ['metrics[1]', /twice/, { metrics: ['visitors', 'visitors'] }],
  ['metrics[0]', /no goals/, { metrics: ['conversion_rate'] }],
  ['metrics[0]', /no goals/, { metrics: ['group_conversion_rate'] }],
  ['metrics[0]', /has revenue/, { metrics: ['average_revenue'] }],
  ['metrics[0]', /has exit_rate/, { metrics: ['exit_rate'] }],
  ['metrics[0]', /without dimensions/, { metrics: ['views_per_visit'], dimensions: ['visit:os'] }],
  ['metrics[0]', /filter by event:page/, { metrics: ['views_per_visit'], filters: [['is', 'event:page', ['/']]] }],
  ['metrics[1]', /of visits/, { metrics: ['visitors', 'bounce_rate'], dimensions: ['event:name'] }],
  ['metrics[0]', /of visits/, { metrics: ['visit_duration'], dimensions: ['event:props:url'] }],
  ['metrics[0]', /event:page/, { metrics: ['scroll_depth'] }],
  ['metrics[0]', /event:page/, { metrics: ['time_on_page'], dimensions: ['visit:entry_page'] }],
  ['metrics[0]', /dimension/, { metrics: ['percentage'] }],
  ['date_range', /7d, 28d/, { date_range: 'bad_period' }],
  ['date_range', /7d, 28d/, { date_range: '0d' }],
  ['date_range', /7d, 28d/, { date_range: '5001d' }],
  ['date_range', /7d, 28d/, { date_range: '101mo' }],
  ['date_range', /7d, 28d/, { date_range: 'constructor' }],
  ['date_range', /7d, 28d/, { date_range: ['2026-02-30', '2026-03-01'] }],
  ['date_range', /7d, 28d/, { date_range: ['2026-02-01', '2026-03-01T00:00:00Z'] }],
  ['date_range', /7d, 28d/, { date_range: ['2026-13-01T00:00:00Z', '2026-13-01T00:00:00Z'] }],
  ['date_range', /name such as/, { date_range: ['2026-02-01'] }],
  ['date_range', /name such as/, { date_range: undefined }],
  ['date_range', /before it begins/, { date_range: ['2026-03-01', '2026-02-01'] }],
  ['date_range[0]', /local hour/, { date_range: ['2026-06-03T10:30:00+02:00', '2026-06-03T12:00:00+02:00'] }],
  ['date_range', /2099/, { date_range: ['2026-01-01', '9999-12-31'], dimensions: ['time'] }],
  ['date_range', /2099/, { date_range: ['0001-01-01T00:00:00Z', '2026-01-01T00:00:00Z'], dimensions: ['time'] }],
  ['date_range', /10 years/, { date_range: ['2000-01-01', '2026-01-01'] }],
  ['date_range', /by the hour/, { date_range: '14mo', dimensions: ['time:hour'] }],
  ['dimensions[0]', /one of time/, { dimensions: ['badproperty'] }],
  ['dimensions[0]', /one of time/, { dimensions: ['event:props:'] }],
  ['dimensions[0]', /one of time/, { dimensions: ['time:minute'] }],
  ['dimensions[0]', /one of time/, { dimensions: ['toString'] }],
  ['dimensions[0]', /no goals/, { dimensions: ['event:goal'] }],
  ['dimensions[0]', /of the hit/, { dimensions: ['visit:entry_page_hostname'] }],
  ['dimensions[1]', /only dimension of time/, { dimensions: ['time', 'time:day'] }],
  ['dimensions[1]', /twice/, { dimensions: ['visit:os', 'visit:os'] }],
  ['dimensions', /at most 3/, { dimensions: ['visit:os', 'visit:browser', 'visit:device', 'visit:country'] }],
  ['filters', /list of filters/, { filters: {} }],
  ['filters[0]', /list such as/, { filters: ['is'] }],
  ['filters[0][0]', /one of is, is_not/, { filters: [['equals', 'event:page', ['/']]] }],
  ['filters[0][1]', /one of event:name/, { filters: [['is', 'time:day', ['2026-01-01']]] }],
  ['filters[0][1]', /one of event:name/, { filters: [['is', 'visit:language', ['de']]] }],
  ['filters[0][1]', /no segments/, { filters: [['is', 'segment', [1]]] }],
  ['filters[0][0]', /has_done is not/, { filters: [['has_done', ['is', 'event:page', ['/']]]] }],
  [
    'filters[0][1][0][0]',
    /has_not_done is not/,
    { filters: [['and', [['has_not_done', ['is', 'event:page', ['/']]]]]] },
  ],
  [
    'filters[0][1][1][1]',
    /no goals/,
    { filters: [['not', ['is', 'event:goal', ['x']]]].map((f) => ['or', [['is', 'event:page', ['/']], f[1]]]) },
  ],
  ['filters[0][2]', /2 letters/, { filters: [['is', 'visit:country', ['USA']]] }],
  ['filters[0][2]', /GeoNames/, { filters: [['is', 'visit:city', [2_950_159]]] }],
  ['filters[0][2]', /./, { filters: [['is', 'event:page', []]] }],
  ['filters[0][3]', /\(\?i\)/, { filters: [['matches', 'event:page', ['x'], { case_sensitive: false }]] }],
  ['filters[0][0]', /patterns see/, { filters: [['matches', 'visit:country_name', ['^G']]] }],
  ['filters[0][0]', /patterns see/, { filters: [['matches_not', 'visit:city_name', ['^B']]] }],
  ['filters[0][2][0]', /RE2/, { filters: [['matches', 'event:page', ['(?=x)']]] }],
  ['order_by[0][0]', /of this question/, { order_by: [['pageviews', 'desc']] }],
  ['order_by[0]', /visitors/, { order_by: [['visitors']] }],
  ['order_by[0][1]', /visitors/, { order_by: [['visitors', 'up']] }],
  ['include.time_labels', /dimension of time/, { include: { time_labels: true } }],
  ['include.import', /no field/, { include: { import: true } }],
  ['include.comparisons', /previous_period/, { include: { comparisons: { mode: 'last_year' } } }],
  ['include.comparisons', /previous_period/, { include: { comparisons: { mode: 'custom' } } }],
  [
    'include.comparisons.date_range',
    /earlier one first/,
    { include: { comparisons: { mode: 'custom', date_range: ['2026-02-01', '2026-01-01'] } } },
  ],
  ['include.comparisons', /whole days/, { date_range: '24h', include: { comparisons: { mode: 'previous_period' } } }],
  ['pagination.limit', /10000 at most/, { pagination: { limit: 10_001 } }],
  ['pagination.limit', /whole/, { pagination: { limit: 1.5 } }],
  ['pagination.offset', /0 at least/, { pagination: { offset: -1 } }],
  ['date', /no field/, { date: '2026-01-01' }],
])('%s: %s', async (field, says, change) => {
  const reply = await stage.ask({ ...GOOD, ...change });
  expect(reply, JSON.stringify(reply.body)).toEqual(refused(field, says));
});

test.each<[string, RegExp, string]>([
  ['site_id', /domain/, 'aggregate'],
  ['site_id', /once/, `aggregate?site_id=${SITE}&site_id=${SITE}`],
  ['period', /day, 7d/, `aggregate?site_id=${SITE}&period=year`],
  ['date', /two days/, `aggregate?site_id=${SITE}&period=custom`],
  ['date', /two days/, `aggregate?site_id=${SITE}&period=custom&date=2026-01-01`],
  ['date', /a day as 2026-01-31/, `aggregate?site_id=${SITE}&period=day&date=yesterday`],
  ['date', /a day as 2026-01-31/, `aggregate?site_id=${SITE}&period=7d&date=2026-02-30`],
  ['metrics', /one of/, `aggregate?site_id=${SITE}&metrics=visitors,love`],
  ['metrics', /twice/, `aggregate?site_id=${SITE}&metrics=visitors,visitors`],
  ['metrics', /no goals/, `aggregate?site_id=${SITE}&metrics=conversion_rate`],
  ['compare', /previous_period/, `aggregate?site_id=${SITE}&compare=year_over_year`],
  ['filters', /event:page==/, `aggregate?site_id=${SITE}&filters=event:page`],
  ['filters[0][1]', /no goals/, `aggregate?site_id=${SITE}&filters=event:goal==Signup`],
  ['filters[1][1]', /one of/, `aggregate?site_id=${SITE}&filters=event:page==/;x==1`],
  ['interval', /no parameter/, `aggregate?site_id=${SITE}&interval=day`],
  ['interval', /day or month/, `timeseries?site_id=${SITE}&interval=hour`],
  ['property', /once/, `breakdown?site_id=${SITE}`],
  ['property', /such as/, `breakdown?site_id=${SITE}&property=love`],
  ['property', /no goals/, `breakdown?site_id=${SITE}&property=event:goal`],
  ['limit', /1 to 1000/, `breakdown?site_id=${SITE}&property=event:page&limit=1001`],
  ['page', /number/, `breakdown?site_id=${SITE}&property=event:page&page=0`],
  ['with_imported', /true or false/, `aggregate?site_id=${SITE}&with_imported=yes`],
  ['metrics[0]', /event:page/, `aggregate?site_id=${SITE}&metrics=time_on_page`],
])('v1 %s: %s %s', async (field, says, path) => {
  const reply = await stage.get(`/stats/${path}`);
  expect(reply, JSON.stringify(reply.body)).toEqual(refused(field, says));
});

test.each(['site.example', 'love', '', '%F0%9F'])('%j is no cursor of the list of sites', async (after) => {
  expect(await stage.get(`/sites?after=${after}`)).toEqual(refused('after', /meta/));
  expect(await stage.get(`/sites?before=${after}`)).toEqual(refused('before', /meta/));
});

test.each([
  ['GET', '/api/v2/query', 405],
  ['POST', '/api/v1/stats/aggregate', 405],
  ['PUT', '/api/v1/sites/x', 405],
  ['GET', '/api/v1/stats/nothing', 404],
  ['GET', '/api/v2/nothing', 404],
])('%s %s is refused in a sentence, with %i', async (method, path, status) => {
  const response = await stage.collector.api(method, path);
  expect([response.status, response.headers.has('allow'), await response.json()]).toEqual([
    status,
    status === 405,
    { error: expect.any(String) },
  ]);
});

describe('callers', () => {
  const asking = (headers: Record<string, string>, body: BodyInit = JSON.stringify({ site_id: SITE, ...GOOD })) =>
    stage.collector.request('/api/v2/query', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  const ofToken = async (scope: object) => {
    const made = await stage.collector.api('POST', '/api/tokens', { name: 'script', ...scope });
    return { authorization: `Bearer ${((await made.json()) as { token: string }).token}` };
  };
  const sentence = { error: expect.stringMatching(/^\S.{5,200}$/) };

  test.each(['/api/v2/query', '/api/v1/stats/aggregate', '/api/v1/sites', '/api/v1/sites/x'])(
    'without a token: 401 by %s',
    async (path) => {
      const isQuestion = path.startsWith('/api/v2');
      for (const headers of [{}, { authorization: 'Bearer wrong' }]) {
        const response = await stage.collector.request(path, {
          method: isQuestion ? 'POST' : 'GET',
          headers: { 'content-type': 'application/json', ...headers },
          ...(isQuestion && { body: '{}' }),
        });
        expect([response.status, await response.json()]).toEqual([401, sentence]);
      }
    },
  );

  test('with one of another site: 401 by statistics, 404 by the list of sites', async () => {
    await stage.collector.api('POST', '/api/sites', { domain: 'other.example' });
    const headers = await ofToken({ sites: ['other.example'] });
    const response = await asking(headers);
    expect([response.status, await response.json()]).toEqual([401, sentence]);
    const site = await stage.collector.request(`/api/v1/sites/${SITE}`, { headers });
    expect([site.status, await site.json()]).toEqual([404, sentence]);
    const list = await stage.collector.request('/api/v1/sites', { headers });
    expect(await list.json()).toMatchObject({ sites: [{ domain: 'other.example' }] });
    expect((await asking(await ofToken({ sites: [SITE] }))).status).toBe(200);
  });

  test('that ask too often: 429, and when to come back', async () => {
    const headers = await ofToken({});
    for (let asked = 0; asked < 600; asked += 1) await stage.collector.request('/api/v1/sites', { headers });
    const response = await asking(headers);
    expect([response.status, await response.json()]).toEqual([429, sentence]);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('that send something else: 400, 413 or 415', async () => {
    const headers = { authorization: `Bearer ${stage.collector.collector.accounts.operatorToken}` };
    const replies = [
      await asking({ ...headers, 'content-type': 'text/plain' }),
      await asking(headers, '{'),
      await asking(headers, '[]'),
      await asking(headers, JSON.stringify({ site_id: 'x'.repeat(70_000) })),
    ];
    for (const reply of replies) expect(await reply.json()).toEqual(sentence);
    expect(replies.map(({ status }) => [400, 413, 415].includes(status))).toEqual([true, true, true, true]);
  });
});

test('a hundred odd questions at once are answered or refused, and nothing breaks', async () => {
  const ODD: readonly unknown[] = [
    null,
    0,
    -1,
    1e9,
    '',
    'x',
    [],
    {},
    [[]],
    [null],
    '\u0000',
    '💥',
    '__proto__',
    true,
    ['is'],
    [['is']],
    'event:props:__proto__',
    '%',
    '\\',
    "'",
  ];
  const FIELDS = ['site_id', 'metrics', 'date_range', 'dimensions', 'filters', 'order_by', 'include', 'pagination'];
  const bodies = [
    ...FIELDS.flatMap((field) => ODD.map((value) => ({ ...GOOD, [field]: value }))),
    ...ODD.flatMap((value) => [
      { ...GOOD, filters: [['is', value, ['x']]] },
      { ...GOOD, filters: [['contains', 'event:page', [value]]] },
      { ...GOOD, filters: [['is', 'visit:city_name', [value]]] },
      { ...GOOD, filters: [['matches', 'visit:source', [value]]] },
      { ...GOOD, filters: [[value, 'event:page', ['x']]] },
      { ...GOOD, dimensions: [value] },
    ]),
  ];
  expect(bodies.length).toBeGreaterThan(200);
  for (let from = 0; from < bodies.length; from += 100) {
    const replies = await Promise.all(bodies.slice(from, from + 100).map((body) => stage.ask(body)));
    const statuses = new Set(replies.map(({ status }) => status));
    expect([...statuses].filter((status) => ![200, 400, 401, 429].includes(status))).toEqual([]);
    for (const { status, body } of replies) if (status !== 200) expect(body).toEqual({ error: expect.any(String) });
  }
});

test('filters in filters without end are refused', async () => {
  const nested = (levels: number): unknown =>
    levels === 0 ? ['is', 'event:page', ['/']] : ['not', nested(levels - 1)];
  expect(await stage.ask({ ...GOOD, filters: [nested(4_000)] })).toEqual({
    status: 400,
    body: { error: expect.stringMatching(/^filters\[0\].*deep/) },
  });
});

test('no sentence is the validator’s', async () => {
  const bodies = [
    'metrics',
    'date_range',
    'dimensions',
    'filters',
    'order_by',
    'include',
    'pagination',
    'site_id',
  ].flatMap((field) => [null, 7, 'x', [7], [[7]], { x: 7 }, [{}]].map((value) => ({ ...GOOD, [field]: value })));
  const replies = await Promise.all(bodies.map((body) => stage.ask(body)));
  const sentences = replies.filter(({ status }) => status !== 200).map(({ body }) => (body as { error: string }).error);
  expect(sentences.filter((text) => /Invalid|expected|received|Unrecognized|Too /.test(text))).toEqual([]);
});
