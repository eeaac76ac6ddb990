import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StoreError } from '../../packages/collector/src/store/store-error.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';
import { dumpOf } from '../support/written.ts';
import { NASTY_TEXTS, NASTY_VALUES, NASTY_WORDS } from './nasties.ts';

const GOOD = {
  site_id: 'known.example',
  metrics: ['visits'],
  date_range: 'all',
  dimensions: ['event:page'],
  filters: [['is', 'visit:source', ['x']]],
  order_by: [['visits', 'desc']],
  pagination: { limit: 10, offset: 0 },
  include: { total_rows: true },
};

/** A question with something in one of its places. */
const PLACES: Readonly<Record<string, (x: unknown) => object>> = {
  site_id: (x) => ({ site_id: x }),
  metrics: (x) => ({ metrics: x }),
  'a metric': (x) => ({ metrics: [x] }),
  date_range: (x) => ({ date_range: x }),
  'the begin of date_range': (x) => ({ date_range: [x, '2040-01-01'] }),
  'the end of date_range': (x) => ({ date_range: ['2020-01-01', x] }),
  dimensions: (x) => ({ dimensions: x }),
  'a dimension': (x) => ({ dimensions: [x] }),
  filters: (x) => ({ filters: x }),
  'a filter': (x) => ({ filters: [x] }),
  'the operator of a filter': (x) => ({ filters: [[x, 'event:page', ['/']]] }),
  'the dimension of a filter': (x) => ({ filters: [['is', x, ['/']]] }),
  'the values of a filter': (x) => ({ filters: [['is', 'event:page', x]] }),
  'a filter within a filter': (x) => ({ filters: [['or', [['not', x]]]] }),
  order_by: (x) => ({ order_by: x }),
  'an order': (x) => ({ order_by: [[x, 'desc']] }),
  'the direction of an order': (x) => ({ order_by: [['visits', x]] }),
  pagination: (x) => ({ pagination: x }),
  limit: (x) => ({ pagination: { limit: x } }),
  offset: (x) => ({ pagination: { offset: x } }),
  include: (x) => ({ include: x }),
  comparisons: (x) => ({ include: { comparisons: x } }),
  'a field nobody knows': (x) => ({ [JSON.stringify(x)]: 1 }),
};

const DIMENSIONS = [
  'event:page',
  'event:hostname',
  'event:name',
  'visit:source',
  'visit:exit_page',
  'visit:country',
  'visit:utm_term',
];

/** Questions near the right shape. */
const text = fc.oneof(fc.constantFrom(...NASTY_TEXTS), fc.string({ unit: 'binary', maxLength: 50 }));
const values = fc.array(text, { minLength: 1, maxLength: 3 });
const { filter } = fc.letrec<{ filter: unknown }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small' },
    fc.tuple(fc.constantFrom('is', 'is_not', 'contains'), fc.constantFrom(...DIMENSIONS), values),
    fc.tuple(fc.constantFrom('and', 'or'), fc.array(tie('filter'), { minLength: 1, maxLength: 3 })),
    fc.tuple(fc.constant('not'), tie('filter')),
  ),
}));
const question = fc.record(
  {
    metrics: fc.uniqueArray(
      fc.constantFrom('visitors', 'visits', 'pageviews', 'events', 'bounce_rate', 'visit_duration', 'views_per_visit'),
      {
        minLength: 1,
      },
    ),
    date_range: fc.constantFrom(
      'day',
      '24h',
      '7d',
      'month',
      'year',
      'all',
      ['2020-02-30', '2020-03-01'],
      ['2026-01-01', '2026-12-31'],
    ),
    dimensions: fc.uniqueArray(fc.constantFrom(...DIMENSIONS, 'time:day', 'time:hour'), { maxLength: 3 }),
    filters: fc.array(filter, { maxLength: 3 }),
    pagination: fc.record({
      limit: fc.integer({ min: -1, max: 20_000 }),
      offset: fc.integer({ min: -1, max: 2 ** 40 }),
    }),
    include: fc.record({ total_rows: fc.boolean(), time_labels: fc.boolean() }),
  },
  { requiredKeys: ['metrics', 'date_range'] },
);

/** What an error inside may say. */
const WORDS = 'SELECT secret FROM hits at /data/secret.sql';

const shown = (value: unknown): string => JSON.stringify(value).slice(0, 80);

describe('whatever the API is asked', () => {
  let collector: TestCollector;
  const stored = async (): Promise<unknown> =>
    (await dumpOf(collector.store)).filter(({ where }) => !where.startsWith('`system`'));
  let before: unknown;

  beforeAll(async () => {
    collector = await startTestCollector();
    await collector.api('POST', '/api/sites', { domain: 'known.example' });
    for (const path of ['a', 'b', 'c'])
      await collector.send({ s: 'known.example', u: `https://known.example/${path}`, i: [{ k: 'view' }] });
    await collector.flush();
    before = await stored();
  });
  afterAll(() => collector.stop());

  test('the good question has an answer', async () => {
    expect((await collector.api('POST', '/api/query', GOOD)).status).toBe(200);
  });

  test.each(Object.entries(PLACES))('with anything as %s', async (_place, put) => {
    for (const value of NASTY_VALUES) {
      const response = await collector.api('POST', '/api/query', { ...GOOD, ...put(value) });
      expect([200, 400, 404], shown(value)).toContain(response.status);
    }
  });

  test('a value is a value: no statement in it finds anything', async () => {
    const values = NASTY_TEXTS.filter((text) => text !== '' && text.length < 500);
    for (const dimension of DIMENSIONS) {
      for (const operator of ['is', 'contains'] as const) {
        // Some at once: each would be a question of its own, and there are thousands.
        for (let at = 0; at < values.length; at += 8) {
          const some = values.slice(at, at + 8);
          const filters = [[operator, dimension, some]];
          const asked = { site_id: 'known.example', metrics: ['pageviews'], date_range: 'all', filters };
          const response = await collector.api('POST', '/api/query', asked);
          expect([response.status, ((await response.json()) as { results: unknown }).results], shown(some)).toEqual([
            200,
            [{ dimensions: [], metrics: [0] }],
          ]);
        }
      }
    }
  });

  test('any question near the right shape', async () => {
    await fc.assert(
      fc.asyncProperty(question, async (asked) => {
        const response = await collector.api('POST', '/api/query', { site_id: 'known.example', ...asked });
        expect([200, 400]).toContain(response.status);
      }),
      { numRuns: 150 },
    );
  });

  test('any JSON, and what is none', async () => {
    const init = {
      method: 'POST',
      headers: { authorization: 'Bearer token-of-the-test-collector', 'content-type': 'application/json' },
    };
    for (const path of ['/api/query', '/api/sites', '/api/login', '/api/setup', '/api/tokens']) {
      for (const body of [
        '',
        '{',
        '[]',
        'null',
        '"x"',
        '1e999',
        '['.repeat(20_000),
        `${'['.repeat(30_000)}${']'.repeat(30_000)}`,
        `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
        '\0',
        '{"__proto__":1}',
        'x'.repeat(70_000),
      ]) {
        const { status } = await collector.request(path, { ...init, body });
        expect([400, 413], `${path} ${body.slice(0, 20)}`).toContain(status);
      }
    }
    await fc.assert(
      fc.asyncProperty(fc.json(), async (body) => {
        expect((await collector.request('/api/query', { ...init, body })).status).toBe(400);
      }),
      { numRuns: 100 },
    );
  });

  test.each(['site_id', 'view', 'date_range', 'level', 'search', 'page', 'fingerprint', 'limit', 'offset', 'other'])(
    'the logs with anything as %s',
    async (name) => {
      for (const value of NASTY_WORDS) {
        const asked = new URLSearchParams({ site_id: 'known.example', view: 'records', [name]: value });
        const response = await collector.api('GET', `/api/logs?${asked}`);
        expect([200, 400, 404], value).toContain(response.status);
      }
    },
  );

  test('a sign-in with anything', async () => {
    for (const value of NASTY_VALUES) {
      for (const body of [
        { email: value, password: 'x' },
        { email: 'a@example.com', password: value },
      ]) {
        const { status } = await collector.api('POST', '/api/login', body);
        expect([400, 401, 429], shown(body)).toContain(status);
      }
    }
  });

  test('paths with anything', async () => {
    for (const value of NASTY_WORDS) {
      const name = encodeURIComponent(value);
      const paths = [`/api/sites/${name}/now`, `/api/${name}`, `/${name}`, `/demo/${name}`, `/assets/${name}`];
      for (const path of [
        ...paths,
        '/demo/%2e%2e/%2e%2e/package.json',
        '/assets/..%2f..%2fpackage.json',
        '/%c0%ae%c0%ae/',
      ]) {
        const response = await collector.api('GET', path);
        expect([200, 302, 400, 404], path).toContain(response.status);
        expect(await response.text()).not.toContain('"private": true');
      }
      expect([204, 404], value).toContain((await collector.api('DELETE', `/api/tokens/${name}`)).status);
      expect([400, 404], value).toContain((await collector.api('PATCH', `/api/sites/${name}`, { name: 'x' })).status);
    }
  });

  test.each(['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}'])(
    'nobody gets a property by %s',
    async (poison) => {
      const planted = JSON.parse(poison) as object;
      for (const put of Object.values(PLACES)) {
        const { status } = await collector.api('POST', '/api/query', { ...GOOD, ...put(planted) });
        expect(status).toBe(400);
      }
      for (const path of ['/api/query', '/api/sites', '/api/login', '/api/setup', '/api/tokens'])
        expect((await collector.api('POST', path, planted)).status).toBe(400);
      await collector.api('GET', '/api/logs?site_id=known.example&view=records&__proto__[polluted]=1&__proto__=1');
      expect({}).not.toHaveProperty('polluted');
    },
  );

  test('a parameter that stands there twice counts once', async () => {
    const twice = 'site_id=known.example&site_id=other.example&view=records&limit=1&limit=banana';
    expect((await collector.api('GET', `/api/logs?${twice}`)).status).toBe(200);
  });

  test.each(['GET /api/sites', 'GET /api/status', 'GET /api/logs?site_id=known.example&view=records'])(
    'HEAD says what %s says, without its body',
    async (route) => {
      const [, path = ''] = route.split(' ');
      const [got, head] = [await collector.api('GET', path), await collector.api('HEAD', path)];
      expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([
        got.status,
        got.headers.get('content-type'),
        '',
      ]);
    },
  );

  test.each(['PUT', 'PATCH', 'OPTIONS', 'PROPFIND', 'TRACE'])(
    '%s does nothing where it means nothing',
    async (method) => {
      for (const path of ['/api/sites', '/api/query', '/api/status', '/api/tokens', '/api/login']) {
        const response = await collector.api(method, path);
        expect([path, response.status, response.headers.has('allow')]).toEqual([path, 405, true]);
      }
    },
  );

  test('nothing of it has changed what is stored', async () => {
    expect(await stored()).toEqual(before);
    expect(collector.logged()).toBe('');
  });

  test.each<[string, Error, number, object]>([
    ['an error', new Error(WORDS), 500, { code: 'internal', field: 'request', message: 'something went wrong here' }],
    [
      'a mistake of ours',
      new TypeError(WORDS),
      500,
      { code: 'internal', field: 'request', message: 'something went wrong here' },
    ],
    [
      'a refusal',
      new StoreError(WORDS, 'refused', 62, WORDS),
      500,
      { code: 'internal', field: 'request', message: 'something went wrong here' },
    ],
    [
      'silence',
      new StoreError(WORDS, 'unknown', null, WORDS),
      503,
      { code: 'store_away', field: 'store', message: expect.any(String) },
    ],
  ])('%s of the store is told without its words', async (_what, failure, status, error) => {
    const { query } = collector.store;
    collector.store.query = () => Promise.reject(failure);
    const told = await Promise.all([
      collector.api('POST', '/api/query', GOOD),
      collector.api('GET', '/api/logs?site_id=known.example&view=records'),
      collector.api('GET', '/api/sites/known.example/now'),
    ]);
    collector.store.query = query;
    for (const response of told) {
      const body = await response.text();
      expect([response.status, JSON.parse(body)]).toEqual([status, { error }]);
      expect(body).not.toMatch(/SELECT|secret/);
    }
    expect(collector.logged()).not.toMatch(/SELECT|secret|\n\s+at /);
  });

  test('sites with anything, and names are kept as they are', async () => {
    for (const value of NASTY_VALUES) {
      for (const body of [
        { domain: value },
        { domain: 'x.example', timezone: value },
        { domain: 'y.example', name: [value] },
      ])
        expect([400, 201, 409], shown(body)).toContain((await collector.api('POST', '/api/sites', body)).status);
    }
    for (const [index, text] of NASTY_TEXTS.entries()) {
      const name = text.trim().slice(0, 100).trim();
      if (name === '') continue;
      const response = await collector.api('POST', '/api/sites', { domain: `site-${index}.example`, name });
      expect([response.status, ((await response.json()) as { name: string }).name]).toEqual([201, name]);
    }
    const [row] = await collector.store.query<{ names: string[] }>(
      "SELECT groupArray(JSONExtractString(body, 'name')) AS names FROM config FINAL WHERE kind = 'site'",
    );
    expect(row?.names).toContain("' OR 1=1 --");
  });
});
