import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestEngine, type TestEngine } from '../../packages/collector/src/engine/testing.ts';
import type { Store } from '../../packages/collector/src/store/store.ts';
import { StoreError } from '../../packages/collector/src/store/store-error.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { OWNER_TOKEN, startTestCollector, type TestCollector } from '../support/test-collector.ts';

const OWNER = { email: 'owner@site.example', password: 'a long enough password' };
/** What is the same for everybody, and in no store. */
const STATIC = ['GET /api/openapi.json', 'GET /api/reference', 'GET /api/reference.css', 'GET /api/health'];
const BODIES: Readonly<Record<string, object>> = {
  'POST /api/login': OWNER,
  'POST /api/setup': { ...OWNER, token: 'x' },
  'POST /api/reset': { token: 'x', password: OWNER.password },
  'POST /api/invites/look': { token: 'x' },
  'POST /api/invites/accept': { token: 'x' },
};

/** The store, with a line to it that can be cut. */
const cuttable = (store: Store): { store: Store; cut: (isCut: boolean) => void } => {
  let isCut = true;
  const through =
    <A extends unknown[], T>(ask: (...args: A) => Promise<T>) =>
    (...args: A): Promise<T> =>
      isCut ? Promise.reject(new StoreError('away', 'unknown', null, '')) : ask(...args);
  return {
    store: {
      query: through(store.query) as Store['query'],
      command: through(store.command),
      insert: through(store.insert),
      readNative: through(store.readNative),
      writeNative: through(store.writeNative),
      ping: through(store.ping),
      close: store.close,
    },
    cut: (state) => {
      isCut = state;
    },
  };
};

/** A page's beacon. */
const view = (domain: string) => ({ s: domain, u: `https://${domain}/`, i: [{ k: 'view' as const }] });

describe('a collector that starts while the store is away', () => {
  let engine: TestEngine;
  let before: TestCollector;
  let cookie: string;
  let token: string;
  let line: ReturnType<typeof cuttable>;
  /** With the copy of the sites that the first one kept, and without one. */
  let collector: TestCollector;
  let bare: TestCollector;

  const restarted = async (copy: string | null): Promise<TestCollector> => {
    const dataDir = temporaryFolder().path;
    if (copy !== null) copyFileSync(copy, join(dataDir, 'sites.json'));
    return startTestCollector({
      engine: { ...engine, store: line.store, stop: async () => {} },
      settings: { dataDir },
      isUnread: true,
    });
  };
  const routesOf = ({ collector: { app } }: TestCollector): string[] => [
    ...new Set(
      app.routes
        .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
        .map(({ method, path }) => `${method} ${path}`),
    ),
  ];
  const ask = (to: TestCollector, route: string, headers: Record<string, string>): Promise<Response> => {
    const [method = '', path = ''] = route.split(' ');
    return to.request(path.replace(':domain', 'example.com').replace(':id', 'x'), {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(method === 'GET' ? {} : { body: JSON.stringify(BODIES[route] ?? {}) }),
    });
  };

  beforeAll(async () => {
    engine = await startTestEngine();
    line = cuttable(engine.store);
    before = await startTestCollector({ engine });
    await before.collector.accounts.createOwner(OWNER.email, OWNER.password);
    await before.api('POST', '/api/sites', { domain: 'example.com' });
    token = ((await (await before.api('POST', '/api/tokens', { name: 'x' })).json()) as { token: string }).token;
    const login = await ask(before, 'POST /api/login', {});
    cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const copy = join(before.dataDir, 'sites.json');
    await vi.waitFor(() => expect(readFileSync(copy, 'utf8')).toContain('example.com'));
    bare = await restarted(null);
    collector = await restarted(copy);
  });
  afterAll(async () => {
    line.cut(false);
    await Promise.all([collector.stop(), bare.stop()]);
    await before.stop();
  });

  test('throws nobody out: every route that asks who is there says that it does not know', async () => {
    const routes = [...routesOf(collector).filter((route) => !STATIC.includes(route)), 'GET /metrics'];
    expect(routes.length).toBeGreaterThan(12);
    for (const route of routes) {
      const who = [{ cookie }, { authorization: `Bearer ${token}` }, { authorization: 'Bearer wrong' }, {}];
      // Numbers of the process are for tokens alone: who brings none is told so.
      for (const headers of route === 'GET /metrics' ? who.slice(1, 3) : who) {
        const response = await ask(collector, route, headers);
        expect([response.status, response.headers.get('retry-after')], route).toEqual([503, '5']);
        const isPlausible = / \/api\/v\d/.test(route);
        const error = { code: 'store_away', field: 'store', message: expect.any(String) };
        expect(await response.json()).toEqual({ error: isPlausible ? expect.any(String) : error });
        expect(response.headers.getSetCookie()).toEqual([]);
      }
    }
  });

  test('tells who watches over it', async () => {
    const response = await ask(collector, 'GET /api/health', {});
    expect([response.status, await response.json()]).toEqual([
      500,
      expect.objectContaining({ clickhouse: 'error', postgres: 'error' }),
    ]);
  });

  test('knows the token of the environment, and its sites', async () => {
    const sites = async (of: TestCollector): Promise<unknown> => {
      const response = await ask(of, 'GET /api/sites', { authorization: `Bearer ${OWNER_TOKEN}` });
      return [response.status, await response.json()];
    };
    expect(await sites(collector)).toEqual([200, { sites: [expect.objectContaining({ domain: 'example.com' })] }]);
    expect(await sites(bare)).toEqual([503, expect.objectContaining({ error: expect.anything() })]);
    const now = await ask(collector, 'GET /api/sites/:domain/now', { authorization: `Bearer ${OWNER_TOKEN}` });
    expect([now.status, now.headers.get('retry-after')]).toEqual([503, '5']);
  });

  test.each<[string, () => TestCollector, string, number]>([
    ['counts for the sites of its copy', () => collector, 'example.com', 202],
    ['asks for patience where the domain may be new', () => collector, 'unknown.example', 503],
    ['asks for patience where it has no copy', () => bare, 'example.com', 503],
  ])('%s', async (_what, to, domain, status) => {
    const response = await to().send(view(domain));
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([status, '*']);
    expect(response.headers.get('retry-after')).toBe(status === 503 ? '5' : null);
    expect(response.headers.get('passerby')).toBe(status === 202 ? 'counted=1' : null);
  });

  test('knows everything as soon as the store was read', async () => {
    line.cut(false);
    await collector.collector.refresh();
    expect((await ask(collector, 'GET /api/sites', { cookie })).status).toBe(200);
    expect((await ask(collector, 'GET /api/sites', { authorization: `Bearer ${token}` })).status).toBe(200);
    expect((await ask(collector, 'GET /api/sites', {})).status).toBe(401);
    expect((await collector.send(view('unknown.example'))).status).toBe(404);
  });

  test('goes on with what it knows when the store goes away again', async () => {
    line.cut(true);
    await collector.collector.refresh().catch(() => undefined);
    expect((await ask(collector, 'GET /api/sites', { cookie })).status).toBe(200);
    expect((await ask(collector, 'GET /api/sites', {})).status).toBe(401);
    expect((await collector.send(view('example.com'))).status).toBe(202);
    expect((await collector.send(view('unknown.example'))).status).toBe(503);
    expect((await ask(collector, 'PATCH /api/sites/:domain', { cookie })).status).toBe(503);
  });
});
