import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownPathOf } from '../../packages/collector/src/config/own-paths.ts';
import { startTestEngine, type TestEngine } from '../../packages/collector/src/engine/testing.ts';
import { publicUrlOf } from '../../packages/collector/src/lib/public-url.ts';
import { OWNER_TOKEN, startTestCollector, type TestCollector } from '../support/test-collector.ts';

const OWNER = { email: 'owner@site.example', password: 'a long enough password' };
const PATHS = { script: '/js/count.js', intake: '/take' };
type Headers = Readonly<Record<string, string>>;

let engine: TestEngine;
const collectors: TestCollector[] = [];
beforeAll(async () => {
  engine = await startTestEngine();
  const first = await startAt(null);
  await first.collector.accounts.createOwner(OWNER.email, OWNER.password);
});
afterAll(async () => {
  for (const collector of collectors) await collector.stop();
  await engine.stop();
});

/** A collector with this PUBLIC_URL, on the engine that all of them have. */
const startAt = async (url: string | null, settings = {}): Promise<TestCollector> => {
  const collector = await startTestCollector({
    engine: { ...engine, dataDir: '', stop: async () => {} },
    settings: { publicUrl: url === null ? null : publicUrlOf(url), ...settings },
  });
  collectors.push(collector);
  return collector;
};

const unpack = { br: brotliDecompressSync, gzip: gunzipSync, identity: (bytes: Buffer) => bytes } as const;
const ENCODINGS = Object.keys(unpack) as (keyof typeof unpack)[];

const ADDRESS = /(?:href|src|data-to|action)="([^"#]+)"/g;

describe.each([
  [null, 'http://asked.example', ''],
  ['https://stats.example.com', 'https://stats.example.com', ''],
  ['https://example.com/stats/', 'https://example.com/stats', '/stats'],
  ['https://bücher.example:8443/a/b', 'https://xn--bcher-kva.example:8443/a/b', '/a/b'],
])('a collector at %s', (url, place, base) => {
  let collector: TestCollector;
  const get = (path: string, headers: Headers = {}): Promise<Response> =>
    collector.request(path, { headers: { host: 'asked.example', ...headers } });
  const post = (path: string, body: unknown, headers: Headers = {}): Promise<Response> =>
    collector.request(path, {
      method: 'POST',
      headers: { host: 'asked.example', 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  beforeAll(async () => {
    collector = await startAt(url, { paths: PATHS });
  });

  test('writes this address wherever it writes one', async () => {
    const invited = await post(
      '/api/invites',
      { site: '*', role: 'viewer' },
      { authorization: `Bearer ${OWNER_TOKEN}` },
    );
    expect(((await invited.json()) as { link: string }).link.split('#')[0]).toBe(`${place}/invite`);
    const operator = { authorization: `Bearer ${collector.collector.accounts.operatorToken}` };
    const reset = await post('/api/operator/accounts/reset', { email: OWNER.email }, operator);
    expect(((await reset.json()) as { link: string }).link.split('#')[0]).toBe(`${place}/reset`);
    expect(await (await get('/api/status')).json()).toMatchObject({
      script: { src: `${place}${PATHS.script}`, endpoint: `${place}${PATHS.intake}` },
    });
    const document = (await (await get('/api/openapi.json')).json()) as { servers: unknown };
    expect(document.servers).toEqual([{ url: url === null ? '/api' : `${place}/api` }]);
  });

  test('answers with the path before it and without', async () => {
    const paths = [
      '/healthz',
      '/readyz',
      '/api/status',
      '/js/count.js',
      '/js/count.full.js',
      '/demo/',
      '/demo/demo.css',
    ];
    for (const before of [base, ''])
      for (const path of paths) expect([before, path, (await get(before + path)).status]).toEqual([before, path, 200]);
    expect([(await get(`${base}/take`)).status, (await get('/take')).status]).toEqual([405, 405]);
    const pixel = await get(`${base}/take.gif?s=nowhere.example`);
    expect(pixel.headers.get('content-type')).toBe('image/gif');
  });

  test.each([
    '/',
    '/sites/example.com/logs',
    '/demo/',
    '/demo/bread.html',
    '/demo/app/basket',
    '/demo/cake',
    '/api/reference',
  ])('has only addresses below it in %s, and all of them answer', async (path) => {
    for (const encoding of ENCODINGS) {
      const page = await get(base + path, { accept: 'text/html', 'accept-encoding': encoding });
      const packed = (page.headers.get('content-encoding') ?? 'identity') as keyof typeof unpack;
      const html = String(unpack[packed](Buffer.from(await page.arrayBuffer())));
      const found = [...html.matchAll(ADDRESS)].map(([, address = '']) => new URL(address, `http://own${base}${path}`));
      const own = found.filter(({ host }) => host === 'own').map(({ pathname }) => pathname);
      expect(own.length).toBeGreaterThan(1);
      expect(own.filter((one) => !one.startsWith(`${base}/`))).toEqual([]);
      const statuses = await Promise.all(own.map(async (one) => [one, (await get(one)).status]));
      const missing = statuses.filter(([, status]) => status !== 200 && status !== 404 && status !== 405);
      expect(missing).toEqual([]);
      const assets = own.filter((one) => /\.(?:js|css|svg)$/.test(one));
      for (const one of assets) expect([one, (await get(one)).status]).toEqual([one, 200]);
    }
  });
});

/** What a browser is handed at the sign-in, and what of it counts later. */
describe('the cookie', () => {
  const signIn = async (collector: TestCollector, headers: Headers): Promise<string> => {
    const answer = await collector.request('/api/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(OWNER),
    });
    return answer.headers.getSetCookie()[0] ?? '';
  };
  const shapeOf = (cookie: string): string =>
    cookie.replace(/=[^;]*/, '').replace(/; (?:Max-Age=\d+|HttpOnly|SameSite=Lax)/g, '');

  const HOST = '__Host-passerby; Path=/; Secure';
  const BELOW = '__Secure-passerby; Path=/stats; Secure';
  const TLS = { 'x-forwarded-proto': 'https' };
  test.each([
    [null, { host: 'a.example' }, 'passerby; Path=/'],
    [null, { host: 'a.example', ...TLS }, HOST],
    ['https://a.example', { host: 'a.example' }, HOST],
    ['https://a.example', { host: 'A.example:443' }, HOST],
    ['https://a.example', { host: 'a.example', 'x-forwarded-proto': 'http' }, HOST],
    ['https://a.example', { host: '127.0.0.1:4321', 'x-forwarded-for': '203.0.113.7' }, HOST],
    ['https://a.example', { host: '127.0.0.1:4321', ...TLS }, HOST],
    // Asked directly, at its own machine: a browser would not keep it otherwise.
    ['https://a.example', { host: 'localhost:4321' }, 'passerby; Path=/'],
    ['https://a.example', { host: '192.168.1.5:4321' }, 'passerby; Path=/'],
    ['https://a.example:8443', { host: 'a.example:8443' }, HOST],
    ['https://a.example:8443', { host: 'a.example' }, 'passerby; Path=/'],
    ['http://a.example', { host: 'a.example' }, 'passerby; Path=/'],
    ['http://a.example', { host: 'a.example', ...TLS }, HOST],
    ['https://a.example/stats', { host: 'a.example' }, BELOW],
    ['https://a.example/stats', { host: 'b.example', ...TLS }, BELOW],
    ['https://a.example/stats', { host: 'localhost:4321' }, 'passerby; Path=/stats'],
    ['http://a.example/stats', { host: 'a.example' }, 'passerby; Path=/stats'],
  ] as const)('of %s for %o is %s', async (url, headers, shape) => {
    const collector = await startAt(url);
    const cookie = await signIn(collector, headers);
    expect(shapeOf(cookie)).toBe(shape);
    const [pair = ''] = cookie.split(';');
    const as = (sent: string) => collector.request('/api/account', { headers: { ...headers, cookie: sent } });
    expect((await as(pair)).status).toBe(200);
    // A name that somebody else could have planted.
    const [, secret] = pair.split('=');
    const others = ['passerby', '__Secure-passerby', '__Host-passerby'].filter((name) => !pair.startsWith(`${name}=`));
    for (const name of others) expect([name, (await as(`${name}=${secret}`)).status]).toEqual([name, 401]);
    const out = await collector.request('/api/logout', { method: 'POST', headers: { ...headers, cookie: pair } });
    expect(shapeOf(out.headers.getSetCookie()[0] ?? '')).toBe(shape);
    expect((await as(pair)).status).toBe(401);
  });

  test('of a path is not that of a collector at the root of the same host', async () => {
    const collector = await startAt('http://a.example/stats');
    const [pair = ''] = (await signIn(collector, { host: 'a.example' })).split(';');
    // Browsers name that of the longer path first (https://www.rfc-editor.org/rfc/rfc6265#section-5.4).
    const cookie = `${pair}; passerby=another.one`;
    expect((await collector.request('/api/account', { headers: { cookie } })).status).toBe(200);
  });
});

test.each([
  ['https://a.example', { host: 'a.example' }, true],
  ['https://a.example', { host: 'localhost' }, false],
  ['http://a.example', { host: 'a.example' }, false],
  // The host has other pages, whose owner decides.
  ['https://a.example/stats', { host: 'a.example', 'x-forwarded-proto': 'https' }, false],
] as const)('at %s, browsers are kept to TLS for %o: %s', async (url, headers, is) => {
  const collector = await startAt(url);
  for (const path of ['/', '/api/status']) {
    const { headers: said } = await collector.request(path, { headers: { accept: 'text/html', ...headers } });
    expect(said.has('strict-transport-security')).toBe(is);
  }
});

test.each([
  ['https://a.example', 'https://a.example', 404],
  ['https://a.example:8443/stats', 'https://a.example:8443', 404],
  ['https://a.example', 'https://evil.example', 202],
  ['https://a.example:8443', 'https://a.example', 202],
  [null, 'https://a.example', 202],
])(
  'of %s, a page of %s is told %s of what it sent, though the proxy keeps the host to itself',
  async (url, origin, status) => {
    const collector = await startAt(url);
    const answer = await collector.send('{"s":"no.example","u":"https://no.example/","i":[]}', {
      headers: { host: '127.0.0.1:4321', origin },
    });
    expect(answer.status).toBe(status);
  },
);

test('below a path, the path alone leads to the dashboard, and what is not below it is not changed', async () => {
  const collector = await startAt('https://example.com/stats');
  const sent = await collector.request('/stats?a=b', { headers: { accept: 'text/html' } });
  expect([sent.status, sent.headers.get('location')]).toEqual([302, '/stats/?a=b']);
  const json = async (path: string) => (await collector.request(path)).status;
  expect(await json('/stats/api/none')).toBe(401);
  for (const path of ['/statistics/api/status', '/Stats/api/status', '//stats/api/status', '/stats//api/status'])
    expect([path, await json(path)]).toEqual([path, 404]);
});

test('every path that the collector answers is known as its own, so that nothing else is called so', async () => {
  const collector = await startAt(null);
  const routes = collector.collector.app.routes.map(({ path }) => path).filter((path) => !/^\/?\*$/.test(path));
  const free = [...new Set(routes)].filter((path) => ownPathOf(path.replace(/\/\*$/, '')) === null);
  expect(free.filter((path) => !/^\/p\.(?:full\.)?(?:\d+\.\d+\.\d+\.)?js$/.test(path))).toEqual([]);
  expect(free.length).toBeGreaterThan(1);
});
