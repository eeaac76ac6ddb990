/** Every refusal is in words of the product: none of them is a library's. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describedRoutes } from '../../packages/collector/src/api/endpoint.ts';
import type { Refusal } from '../../packages/collector/src/query/stats/query.ts';
import { startTestCollector } from '../support/test-collector.ts';

const collector = await startTestCollector();
const ROUTES = describedRoutes(collector.collector.app);
beforeAll(() => collector.api('POST', '/api/sites', { domain: 'example.com' }));
afterAll(() => collector.stop());

/** How the libraries that read requests begin. */
const RAW = /^(?:Invalid|Too (?:big|small)|Unrecognized|Expected|Required|Malformed)|\b(?:expected|received)\b/;

const WRONG: readonly unknown[] = [
  null,
  true,
  -1,
  1.5,
  1e300,
  '',
  'x\u0000'.repeat(2_000),
  '\ud800',
  [],
  [null],
  ['', ''],
  [[]],
  {},
  { a: 1 },
];

const fieldsOf = ({ body, query }: (typeof ROUTES)[number]): string[] => {
  const shape: unknown = query ?? body;
  const { shape: fields = {} } = shape as { shape?: object };
  return [...Object.keys(fields), 'no_such_field'];
};

const messageOf = async (response: Response): Promise<string | undefined> =>
  response.status < 400 ? undefined : sentenceOf((await response.json()) as Refusal | { error: string });

/** Plausible's API says the field in the sentence. */
const sentenceOf = ({ error }: Refusal | { error: string }): string =>
  typeof error === 'string' ? error.replace(/^\S+: /, '') : error.message;

const TAKING = ROUTES.filter(({ body, query }) => body ?? query).map((route) => ({
  route,
  name: `${route.method.toUpperCase()} ${route.path}`,
}));

test.each(TAKING)('$name: each field, with what it cannot be', async ({ route }) => {
  const path = `/api${route.path.replace(':domain', 'example.com').replace(/:\w+/, 'x')}`;
  const example = { ...(route.example?.body as object | undefined) };
  const said: string[] = [];
  for (const field of fieldsOf(route))
    for (const value of WRONG) {
      const query = new URLSearchParams(route.example?.query);
      query.set(field, typeof value === 'string' ? value : JSON.stringify(value));
      const response = route.query
        ? await collector.api(route.method.toUpperCase(), `${path}?${query}`)
        : await collector.api(route.method.toUpperCase(), path, { ...example, [field]: value });
      expect(response.status).toBeLessThan(500);
      said.push((await messageOf(response)) ?? '');
    }
  expect(said.filter((sentence) => RAW.test(sentence))).toEqual([]);
  expect(said.some((sentence) => sentence.length > 0)).toBe(true);
});

const QUESTION = { site_id: 'example.com', metrics: ['visitors'], date_range: '7d' };
const is = (values: unknown, ...more: unknown[]): unknown => ['is', 'event:page', values, ...more];

/** The first thing that is wrong with a question, and what is said of it. */
const QUESTIONS: readonly (readonly [object, string, string])[] = [
  [{ site_id: 7, metrics: [] }, 'site_id', 'must be the domain of a site, or a list of 1 to 50'],
  [{ include: { comparisons: null } }, 'include.comparisons', 'must be an object'],
  [
    { include: { comparisons: { mode: 'before' } } },
    'include.comparisons.mode',
    'must be one of previous_period, year_over_year, custom',
  ],
  [{ metrics: 'visitors', date_range: 1 }, 'metrics', 'must be a list'],
  [{ metrics: [] }, 'metrics', 'must have at least 1 entry'],
  [{ metrics: ['visitors', 'visitors'] }, 'metrics[1]', 'names visitors twice'],
  [{ pagination: { limit: 0 } }, 'pagination.limit', 'must be at least 1'],
  [{ pagination: { limit: 10_001 } }, 'pagination.limit', 'must be at most 10000'],
  [{ pagination: { limit: '5' } }, 'pagination.limit', 'must be a number'],
  [{ pagination: { offset: 0.5 } }, 'pagination.offset', 'must be a whole number'],
  [{ pagination: [] }, 'pagination', 'must be an object'],
  [{ pagination: { page: 2 } }, 'pagination.page', 'must not be given: there is no such field'],
  [{ include: { imports: true } }, 'include.imports', 'must not be given: there is no such field'],
  [{ include: { total_rows: 1 } }, 'include.total_rows', 'must be true or false'],
  [{ dimensions: Array(5).fill('x') }, 'dimensions[0]', 'must be one of'],
  [{ order_by: [['visitors']] }, 'order_by[0]', 'must have at least 2 entries'],
  [{ order_by: [['visitors', 'up']] }, 'order_by[0][1]', 'must be one of "asc", "desc"'],
  [{ filters: is(['/']) }, 'filters[0]', 'must be a list such as'],
  [{ filters: [is('/')] }, 'filters[0][2]', 'must be a list'],
  [{ filters: [is([])] }, 'filters[0][2]', 'must have at least 1 entry'],
  [{ filters: [is([7])] }, 'filters[0][2][0]', 'must be text'],
  [{ filters: [is(['/'], {})] }, 'filters[0][3].case_sensitive', 'must be given'],
  [{ filters: [['matches', 'event:page', ['(']]] }, 'filters[0][2][0]', 'must be a regular expression of RE2'],
];

test.each(QUESTIONS)('%j', async (change, field, message) => {
  const response = await collector.api('POST', '/api/query', { ...QUESTION, ...change });
  expect([response.status, await response.json()]).toMatchObject([
    400,
    { error: { field, message: expect.stringContaining(message) } },
  ]);
});

test.each(['{', '', 'null,', '{"site_id":}', 'site_id=example.com'])('a body that is no JSON: %j', async (body) => {
  const response = await collector.request('/api/query', {
    method: 'POST',
    headers: { authorization: 'Bearer token-of-the-test-collector', 'content-type': 'application/json' },
    body,
  });
  expect([response.status, await response.json()]).toEqual([
    400,
    { error: { code: 'not_json', field: 'body', message: 'must be JSON' } },
  ]);
});

test.each([
  ['application/x-www-form-urlencoded', 'as curl -d sends it'],
  ['text/plain;charset=UTF-8', 'as fetch sends a text'],
  ['multipart/form-data; boundary=x', 'as a form sends it'],
])('a question of the type %s, %s', async (type) => {
  const response = await collector.request('/api/query', {
    method: 'POST',
    headers: { authorization: 'Bearer token-of-the-test-collector', 'content-type': type },
    body: JSON.stringify(QUESTION),
  });
  expect([response.status, await response.json()]).toEqual([
    415,
    { error: { code: 'not_json', field: 'content-type', message: 'send Content-Type: application/json' } },
  ]);
});

test.each([
  ['PUT', '/api/query', 'GET, HEAD, POST'],
  ['DELETE', '/api/query.csv', 'GET, HEAD'],
  ['POST', '/api/logs', 'GET, HEAD'],
  ['PUT', '/api/sites', 'GET, HEAD, POST'],
  ['GET', '/api/sites/example.com', 'PATCH, DELETE'],
  ['POST', '/api/sites/example.com', 'PATCH, DELETE'],
  ['GET', '/api/sites/example.com/members/x', 'PUT, DELETE'],
  ['PATCH', '/api/status', 'GET, HEAD'],
  ['GET', '/api/login', 'POST'],
  ['OPTIONS', '/api/overview', 'GET, HEAD'],
  ['GET', '/api/operator/backup', 'POST'],
])('%s %s is no method of the path: %s are', async (method, path, allow) => {
  const response = await collector.api(method, path);
  expect([response.status, response.headers.get('allow'), await response.json()]).toEqual([
    405,
    expect.stringContaining(allow),
    { error: { code: 'wrong_method', field: 'method', message: `must be one of ${response.headers.get('allow')}` } },
  ]);
});

test.each(['/api/nothing', '/api/sites/example.com/nothing', '/api/', '/api/query/x'])(
  '%s is nowhere',
  async (path) => {
    const response = await collector.api('GET', path);
    expect([response.status, response.headers.get('allow')]).toEqual([404, null]);
  },
);
