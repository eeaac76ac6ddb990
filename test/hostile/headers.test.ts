import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

const JSON_POLICY = "default-src 'none'; frame-ancestors 'none'";
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');
const YEAR = 'public, max-age=31536000, immutable';

/** A kind of answer: its policy, who keeps it, whether it keeps browsers to TLS, whether other sites may load it. */
interface Kind {
  readonly policy?: string;
  readonly cache?: string;
  readonly strict?: boolean;
  readonly open?: boolean;
}
const PAGE: Kind = { policy: PAGE_POLICY, cache: 'no-cache', strict: true };
const DEMO: Kind = { policy: PAGE_POLICY, cache: 'no-cache' };
const ASSET: Kind = { policy: PAGE_POLICY, cache: YEAR };
const API: Kind = { strict: true };
const SCRIPT: Kind = { open: true, cache: 'public, max-age=3600' };

const asset = readdirSync(new URL('../../packages/dashboard/dist/assets', import.meta.url)).find((name) =>
  name.endsWith('.js'),
);

const ROUTES: readonly [route: string, status: number, kind: Kind][] = [
  ['GET /', 200, PAGE],
  ['HEAD /', 200, PAGE],
  ['GET /login', 200, PAGE],
  ['GET /setup?token=x', 200, PAGE],
  ['GET /sites/example.com/logs', 200, PAGE],
  ['GET /index.html', 200, PAGE],
  [`GET /assets/${asset}`, 200, ASSET],
  ['GET /assets/missing.js', 404, { policy: PAGE_POLICY }],
  ['GET /assets', 404, { policy: PAGE_POLICY }],
  ['GET /demo', 200, DEMO],
  ['GET /demo/', 200, DEMO],
  ['GET /demo/bread.html', 200, DEMO],
  ['GET /demo/demo.js', 200, DEMO],
  ['GET /demo/app/basket', 200, DEMO],
  ['GET /demo/missing', 404, { policy: PAGE_POLICY }],
  ['POST /demo/', 404, {}],
  ['GET /p.js', 200, SCRIPT],
  ['HEAD /p.js', 200, SCRIPT],
  ['POST /p.js', 404, {}],
  ['GET /healthz', 200, {}],
  ['GET /readyz', 200, {}],
  ['GET /metrics', 401, {}],
  ['GET /api/status', 200, API],
  ['HEAD /api/status', 200, API],
  ['GET /api/sites', 401, API],
  ['POST /api/login', 400, API],
  ['POST /api/query', 401, API],
  ['PUT /api/sites', 401, API],
  ['OPTIONS /api/sites', 401, API],
  ['GET /api/nothing', 401, API],
  ['GET //evil.example', 404, {}],
  ['POST /', 404, {}],
  ['DELETE /', 404, {}],
  ['OPTIONS /', 404, {}],
  ['PROPFIND /', 404, {}],
];

/** What every answer says, but for the intake's. */
const headersOf = ({ policy = JSON_POLICY, cache = 'no-store', strict = false, open = false }: Kind) => ({
  'cache-control': cache,
  'content-security-policy': policy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': open ? 'cross-origin' : 'same-origin',
  'permissions-policy':
    policy === PAGE_POLICY ? 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()' : null,
  'referrer-policy': 'same-origin',
  'strict-transport-security': strict ? 'max-age=15552000' : null,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'access-control-allow-origin': open ? '*' : null,
});

describe('the headers of', () => {
  let collector: TestCollector;
  const ask = (route: string, headers: Record<string, string>): Promise<Response> => {
    const [method = '', path = ''] = route.split(' ');
    return collector.request(path, { method, headers: { accept: 'text/html,*/*', ...headers } });
  };
  beforeAll(async () => {
    collector = await startTestCollector();
  });
  afterAll(() => collector.stop());

  test.each(ROUTES)('%s', async (route, status, kind) => {
    const { headers, status: answered } = await ask(route, { 'x-forwarded-proto': 'https' });
    expect(answered).toBe(status);
    const expected = headersOf(kind);
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, headers.get(name)]))).toEqual(expected);
    expect([headers.get('server'), headers.get('x-powered-by')]).toEqual([null, null]);
  });

  test.each(ROUTES.filter(([, , { strict }]) => strict === true).map(([route]) => route))(
    '%s say nothing of TLS where there is none',
    async (route) => {
      expect((await ask(route, {})).headers.get('strict-transport-security')).toBeNull();
    },
  );

  test.each<[string, string, Record<string, string>, string, number]>([
    [
      'a beacon',
      'POST',
      { 'content-type': 'text/plain' },
      '{"s":"demo","u":"https://demo.example/","i":[{"k":"view"}]}',
      404,
    ],
    ['what is no beacon', 'POST', { 'content-type': 'text/plain' }, '{', 400],
    ['what is too long', 'POST', { 'content-type': 'text/plain' }, ' '.repeat(70_000), 413],
    ['another type', 'POST', { 'content-type': 'text/html' }, 'x', 415],
    ['another method', 'DELETE', {}, '', 405],
  ])('%s at the intake', async (_what, method, headers, body, status) => {
    const answer = await collector.request('/in', { method, headers, ...(body === '' ? {} : { body }) });
    expect(answer.status).toBe(status);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(answer.headers.get('strict-transport-security')).toBeNull();
    expect(answer.headers.get('set-cookie')).toBeNull();
  });
});
