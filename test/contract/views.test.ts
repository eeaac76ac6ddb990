import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Overview } from '../../packages/collector/src/query/overview/overview.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

const SITES = ['one.example', 'two.example'] as const;
const [ONE, TWO] = SITES;

let collector: TestCollector;
beforeAll(async () => {
  collector = await startTestCollector();
  for (const domain of SITES) await collector.api('POST', '/api/sites', { domain });
});
afterAll(() => collector.stop());

interface View {
  id: string;
  name: string;
  search: string;
}

const views = async (domain: string): Promise<View[]> =>
  ((await (await collector.api('GET', `/api/sites/${domain}/views`)).json()) as { views: View[] }).views;
const save = (domain: string, view: object): Promise<Response> =>
  collector.api('POST', `/api/sites/${domain}/views`, view);
const saved = async (domain: string, view: object): Promise<View> => (await (await save(domain, view)).json()) as View;
const forget = (domain: string, id: string): Promise<Response> =>
  collector.api('DELETE', `/api/sites/${domain}/views/${id}`);

describe('saved views', () => {
  test('are kept by name, for one site', async () => {
    const phones = await saved(ONE, { name: ' Phones ', search: 'period=28d&device=mobile&page=%2Fa%20b' });
    const germany = await saved(ONE, { name: 'Germany', search: '?country=DE' });
    const other = await saved(TWO, { name: 'Phones', search: '' });
    expect(await views(ONE)).toEqual([
      { id: germany.id, name: 'Germany', search: '?country=DE' },
      { id: phones.id, name: 'Phones', search: 'period=28d&device=mobile&page=%2Fa%20b' },
    ]);
    expect(await views(TWO)).toEqual([other]);
    expect((await forget(TWO, phones.id)).status).toBe(404);
    expect((await forget(ONE, phones.id)).status).toBe(204);
    expect((await forget(ONE, phones.id)).status).toBe(404);
    expect(await views(ONE)).toEqual([germany]);
  });

  it.each<[field: string, status: number, view: object]>([
    ['name', 409, { name: 'Germany', search: 'another' }],
    ['name', 400, { name: ' ', search: '' }],
    ['name', 400, { name: 'a'.repeat(101), search: '' }],
    ['search', 400, { name: 'x' }],
    ['search', 400, { name: 'x', search: 'a'.repeat(2001) }],
    ['search', 400, { name: 'x', search: 'page=/ /' }],
    ['search', 400, { name: 'x', search: 'page=/#top' }],
    ['site', 400, { name: 'x', search: '', site: TWO }],
  ])('refuse a wrong %s (%i): %j', async (field, status, view) => {
    const response = await save(ONE, view);
    expect([response.status, await response.json()]).toMatchObject([status, { error: { field } }]);
  });

  test('are a hundred at most', async () => {
    const { id } = (await (await collector.api('POST', '/api/sites', { domain: 'full.example' })).json()) as {
      id: string;
    };
    const body = `concat('{"site":"${id}","search":"","name":"View ', toString(number), '"}')`;
    await collector.store.command(`INSERT INTO config (kind, id, version, body, deleted)
SELECT 'view', concat('view', toString(number)), 1, ${body}, 0 FROM numbers(99)`);
    await collector.collector.refresh();
    const added = [
      await save('full.example', { name: 'b', search: '' }),
      await save('full.example', { name: 'c', search: '' }),
    ];
    expect(added.map(({ status }) => status)).toEqual([201, 409]);
  });

  test('go with their site', async () => {
    await collector.api('POST', '/api/sites', { domain: 'gone.example' });
    const { id } = await saved('gone.example', { name: 'View', search: '' });
    const kept = (): Promise<unknown[]> =>
      collector.store.query('SELECT id FROM config FINAL WHERE id = {id:String} AND deleted = 0', { id });
    expect(await kept()).toHaveLength(1);
    expect((await collector.api('DELETE', '/api/sites/gone.example', { confirm: 'gone.example' })).status).toBe(204);
    expect(await kept()).toEqual([]);
  });
});

test('the overview has the sites that the caller may view', async () => {
  await collector.send({ s: ONE, u: `https://${ONE}/`, i: [{ k: 'view' }, { k: 'view' }] });
  await collector.send({ s: TWO, u: `https://${TWO}/`, i: [{ k: 'view' }] });
  await collector.flush();
  const { token } = (await (
    await collector.api('POST', '/api/tokens', { name: 'one site', scope: 'read', sites: [TWO] })
  ).json()) as { token: string };
  const overview = async (headers: Record<string, string>): Promise<Overview> =>
    (await (await collector.request('/api/overview?date_range=7d', { headers })).json()) as Overview;
  const own = await overview({ authorization: `Bearer ${token}` });
  expect(own.sites.map(({ domain }) => domain)).toEqual([TWO]);
  expect(own.total).toEqual({ visitors: 1, visits: 1, pageviews: 1, change: null, series: [0, 0, 0, 0, 0, 0, 1] });
  const all = (await (await collector.api('GET', '/api/overview')).json()) as Overview;
  expect(all.sites.map(({ domain, pageviews }) => [domain, pageviews])).toEqual([
    ['full.example', 0],
    [ONE, 2],
    [TWO, 1],
  ]);
  expect(all.total).toMatchObject({ visitors: 2, visits: 2, pageviews: 3 });
  const wrong = await collector.api('GET', '/api/overview?date_range=all');
  expect([wrong.status, await wrong.json()]).toMatchObject([400, { error: { field: 'date_range' } }]);
});
