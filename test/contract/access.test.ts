import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

/** Doors of the API that need no sign-in. Who may go through the others is in roles.test.ts. */
const OPEN = [
  'GET /api/status',
  'GET /api/health',
  'GET /api/openapi.json',
  'GET /api/reference',
  'GET /api/reference.css',
  'POST /api/setup',
  'POST /api/login',
  'POST /api/logout',
  'POST /api/reset',
  'POST /api/invites/look',
  'POST /api/invites/accept',
];

const OWNER = { email: 'owner@site.example', password: 'a long enough password' };

describe('the API', () => {
  let collector: TestCollector;
  let cookie: string;
  const ask = (route: string, headers: Record<string, string>): Promise<Response> => {
    const [method = '', path = ''] = route.split(' ');
    return collector.request(path.replace(':domain', 'example.com').replace(':id', 'x'), {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(method === 'GET' ? {} : { body: '{}' }),
    });
  };

  beforeAll(async () => {
    collector = await startTestCollector();
    await collector.collector.accounts.createOwner(OWNER.email, OWNER.password);
    await collector.api('POST', '/api/sites', { domain: 'example.com' });
    const signedIn = await collector.api('POST', '/api/login', OWNER);
    cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  });
  afterAll(() => collector.stop());

  test('is closed to strangers, whatever they bring', async () => {
    const routes = collector.collector.app.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
      .map(({ method, path }) => `${method} ${path}`);
    const closed = [...new Set(routes)].filter((route) => !OPEN.includes(route));
    expect(closed.length).toBeGreaterThan(30);
    const strangers = [
      { authorization: 'Bearer wrong-token-of-the-test' },
      { authorization: 'Bearer ' },
      { authorization: 'Basic dXNlcjpwYXNzd29yZA==' },
      { cookie: 'passerby=owner.c2lnbmF0dXJl' },
      { cookie: 'passerby=owner' },
    ];
    for (const route of [...closed, 'GET /metrics'])
      for (const headers of strangers) {
        const response = await ask(route, headers);
        expect([response.status, response.headers.get('access-control-allow-origin')], route).toEqual([401, null]);
      }
  });

  test('tokens open their routes as long as they are there', async () => {
    const made = (await (await collector.api('POST', '/api/tokens', { name: 'automation' })).json()) as {
      id: string;
      token: string;
    };
    const headers = { authorization: `Bearer ${made.token}` };
    expect([(await ask('GET /api/sites', headers)).status, (await ask('GET /metrics', headers)).status]).toEqual([
      200, 200,
    ]);
    expect(await (await collector.api('GET', '/api/tokens')).text()).not.toContain(made.token);
    expect((await collector.api('DELETE', `/api/tokens/${made.id}`)).status).toBe(204);
    expect((await ask('GET /api/sites', headers)).status).toBe(401);
  });

  test.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    'another site cannot change anything in the name of who is signed in, by %s',
    async (type) => {
      for (const from of ['cross-site', 'same-site']) {
        const response = await collector.request('/api/sites', {
          method: 'POST',
          headers: { cookie, origin: 'https://evil.example', 'sec-fetch-site': from, 'content-type': type },
          body: JSON.stringify({ domain: 'planted.example' }),
        });
        expect(response.status).toBe(403);
      }
      expect(collector.collector.sites.find('planted.example')).toBeUndefined();
    },
  );

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    'nothing is changed by %s, which an old browser would send without asking',
    async (type) => {
      const response = await collector.request('/api/sites', {
        method: 'POST',
        headers: { cookie, 'content-type': type },
        body: JSON.stringify({ domain: 'planted.example' }),
      });
      expect(response.status).toBe(415);
      expect(collector.collector.sites.find('planted.example')).toBeUndefined();
    },
  );

  test.each([
    ['PATCH', '/api/sites/site.example', 'text/plain;application/json', '{"name":"x"}'],
    ['PATCH', '/api/sites/site.example', 'application/json, text/plain', '{"name":"x"}'],
    ['PATCH', '/api/sites/site.example', 'application/jsonp', '{"name":"x"}'],
    ['PATCH', '/api/sites/site.example', 'application/x+json', '{"name":"x"}'],
    ['PATCH', '/api/sites/site.example', 'application/json; text/plain', '{"name":"x"}'],
    ['PATCH', '/api/sites/site.example', '', '{"name":"x"}'],
    ['POST', '/api/query', 'text/json', '{"site_id":"site.example","metrics":["visits"],"date_range":"7d"}'],
    ['POST', '/api/logout', 'text/plain', ''],
    ['DELETE', '/api/account/sessions', 'application/x-www-form-urlencoded', ''],
  ])('%s %s takes no %j', async (method, path, type, body) => {
    const response = await collector.request(path, {
      method,
      headers: { cookie, 'content-type': type },
      ...(body === '' ? {} : { body }),
    });
    expect([response.status, await response.json()]).toEqual([
      415,
      { error: { code: 'not_json', field: 'content-type', message: 'send Content-Type: application/json' } },
    ]);
  });

  test.each(['application/json', 'Application/JSON; charset=utf-8', 'application/json;charset="utf-8"'])(
    'what is changed is said as %s',
    async (type) => {
      const response = await collector.request('/api/query', {
        method: 'POST',
        headers: { cookie, 'content-type': type },
        body: '{}',
      });
      expect(await response.json()).toMatchObject({ error: { field: 'site_id' } });
    },
  );

  test('what has no body needs no type', async () => {
    expect((await collector.request('/api/logout', { method: 'POST' })).status).toBe(204);
  });

  test('the dashboard itself can', async () => {
    const response = await collector.request('http://stats.example/api/sites', {
      method: 'POST',
      headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
      body: JSON.stringify({ domain: 'mine.example' }),
    });
    expect(response.status).toBe(201);
  });

  test('answers are kept by nobody', async () => {
    for (const route of ['GET /api/sites', 'GET /api/status'])
      expect((await ask(route, { cookie })).headers.get('cache-control')).toBe('no-store');
  });

  describe('the cookie of a session', () => {
    const TLS = { 'x-forwarded-proto': 'https' };
    const json = { 'content-type': 'application/json' };
    const signIn = async (headers: Record<string, string>): Promise<string> => {
      const init = { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(OWNER) };
      return (await collector.request('/api/login', init)).headers.getSetCookie().join('\n');
    };
    const status = async (headers: Record<string, string>): Promise<number> =>
      (await collector.request('/api/sites', { headers })).status;

    test('is for this host and over TLS alone where the visitor speaks TLS', async () => {
      const attributes = 'Max-Age=2592000; Path=/; HttpOnly';
      expect(await signIn({})).toMatch(new RegExp(`^passerby=[^;]+; ${attributes}; SameSite=Lax$`));
      expect(await signIn(TLS)).toMatch(new RegExp(`^__Host-passerby=[^;]+; ${attributes}; Secure; SameSite=Lax$`));
    });

    test('counts over TLS only under the name that no other host can give it', async () => {
      const [value = ''] = (await signIn(TLS)).slice('__Host-passerby='.length).split(';');
      expect(await status({ ...TLS, cookie: `__Host-passerby=${value}` })).toBe(200);
      expect(await status({ ...TLS, cookie: `passerby=${value}` })).toBe(401);
    });

    test.each([
      ['TLS', TLS, /^__Host-passerby=; Max-Age=0; Path=\/; Secure$/],
      ['plain http', {}, /^passerby=; Max-Age=0; Path=\/$/],
    ])('is taken away over %s, and a copy of it is worth nothing', async (_how, headers, gone) => {
      const [cookie = ''] = (await signIn(headers)).split(';');
      expect(await status({ ...headers, cookie })).toBe(200);
      const out = await collector.request('/api/logout', { method: 'POST', headers: { ...headers, cookie } });
      expect([out.status, out.headers.getSetCookie()]).toEqual([204, [expect.stringMatching(gone)]]);
      expect(await status({ ...headers, cookie })).toBe(401);
    });
  });

  test('a stranger who guesses is stopped, and the owner is not', async () => {
    const guess = (address: string, password: string): Promise<Response> =>
      collector.request('/api/login', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
        body: JSON.stringify({ ...OWNER, password }),
      });
    const guesses = await Promise.all(Array.from({ length: 12 }, () => guess('203.0.113.66', 'wrong')));
    expect(guesses.map(({ status }) => status).sort()).toEqual([...Array(10).fill(401), 429, 429]);
    const stopped = await guess('203.0.113.66', OWNER.password);
    expect([stopped.status, Number(stopped.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect((await guess('198.51.100.7', OWNER.password)).status).toBe(200);
    expect(collector.logged()).toBe('');
  });

  test('there is no second owner, whoever asks', async () => {
    for (const token of ['', 'x', collector.collector.accounts.setupToken ?? 'null']) {
      const response = await collector.request('/api/setup', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...OWNER, email: 'thief@site.example', token }),
      });
      expect([response.status, response.headers.getSetCookie()]).toEqual([409, []]);
    }
  });
});
