import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

const PAGES: Readonly<Record<string, string>> = {
  '/with': '<script src="https://stats.example/p.js"></script>',
  '/pinned': '<script src="https://stats.example/p.full.0.0.0-test.js" integrity="sha384-x"></script>',
};

let collector: TestCollector;
let domain: string;
let sites = 0;

beforeAll(async () => {
  collector = await startTestCollector({
    fetchPage: async (url) => ({
      status: 200,
      url,
      type: 'text/html',
      csp: "script-src 'self'",
      html: PAGES[url.pathname] ?? '<p>',
    }),
  });
});
afterAll(() => collector.stop());

beforeEach(async () => {
  domain = `site${++sites}.example`;
  await collector.api('POST', '/api/sites', { domain });
});

const visit = async (path: string): Promise<void> => {
  const beacon = {
    s: domain,
    u: `https://${domain}${path}`,
    i: [{ k: 'view' as const }, { k: 'log' as const, l: 'info' as const, m: 'a line' }],
  };
  expect((await collector.send(beacon, { address: '203.0.113.9' })).headers.get('passerby')).toBe('counted=2');
};

const post = (path: string, body: unknown) => collector.api('POST', `/api/sites/${domain}/${path}`, body);
const asked = async (body: unknown): Promise<unknown> =>
  (
    await collector.request(`/api/sites/${domain}/check`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer token-of-the-test-collector',
        'content-type': 'application/json',
        host: 'stats.example',
        'x-forwarded-proto': 'https',
      },
      body: JSON.stringify(body),
    })
  ).json();

it('tells whether a page carries the tag of this collector', async () => {
  expect(await asked({})).toEqual({
    finding: 'no_tag',
    status: 200,
    url: `https://${domain}/`,
    csp: "script-src 'self'",
    hits: false,
  });
  await visit('/');
  await collector.flush();
  expect(await asked({ path: '/with' })).toMatchObject({ finding: 'found', hits: true });
  expect(await asked({ path: '/pinned' })).toMatchObject({ finding: 'found' });
});

it.each([{ path: 'https://elsewhere.example/' }, { path: '//elsewhere.example/' }, { path: 1 }, { page: '/' }])(
  'looks at no %j',
  async (body) => {
    expect((await post('check', body)).status).toBe(400);
  },
);

it('shows what would go, and takes it when the domain is typed', async () => {
  await visit('/');
  await visit('/secret');
  await collector.flush();
  const extent = await (await collector.api('GET', `/api/sites/${domain}/purge?page=/secret`)).json();
  expect(extent).toEqual({ hits: 1, logs: 1, days: 1 });
  const refused = await post('purge', { page: '/secret', confirm: 'other.example' });
  expect([refused.status, await refused.json()]).toEqual([
    400,
    { error: { code: 'not_confirmed', field: 'confirm', message: `must be ${domain}` } },
  ]);
  expect(await (await post('purge', { page: '/secret', confirm: domain })).json()).toEqual(extent);
  expect(await pages()).toEqual(['/']);
});

it('also takes what was accepted and not stored yet', async () => {
  await visit('/early');
  expect(await (await post('purge', { confirm: domain })).json()).toMatchObject({ hits: 1, logs: 1 });
  await collector.flush();
  expect(await pages()).toEqual([]);
});

it.each([
  ['from', { from: '2026-02-30' }],
  ['to', { from: '2026-03-02', to: '2026-03-01' }],
  ['page', { page: 'secret' }],
])('says that %s is wrong', async (field, part) => {
  const refused = await post('purge', { ...part, confirm: domain });
  expect([refused.status, ((await refused.json()) as { error: { field: string } }).error.field]).toEqual([400, field]);
});

it('deletes a site with all that was counted for it', async () => {
  await visit('/');
  await collector.flush();
  await visit('/late');
  expect((await collector.api('DELETE', `/api/sites/${domain}`, { confirm: 'x' })).status).toBe(400);
  expect((await collector.api('DELETE', `/api/sites/${domain}`, { confirm: domain })).status).toBe(204);
  expect((await collector.api('GET', `/api/sites/${domain}/now`)).status).toBe(404);
  expect((await collector.send({ s: domain, u: `https://${domain}/`, i: [{ k: 'view' }] })).status).toBe(404);
  await collector.flush();
  await collector.api('POST', '/api/sites', { domain });
  expect(await pages()).toEqual([]);
});

const pages = async (): Promise<string[]> => {
  const { results } = await collector.query({
    site_id: domain,
    metrics: ['pageviews'],
    date_range: 'all',
    dimensions: ['event:page'],
  });
  return results.map(({ dimensions }) => dimensions[0] ?? '');
};
