import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shownHost } from '../../packages/collector/src/sites/host-name.ts';
import { shownHost as shownOnScreen } from '../../packages/dashboard/src/i18n/host-name.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startTestCollector();
  for (const domain of [
    'example.com',
    'www.wide.example',
    'twice.example',
    'www.twice.example',
    'bücher.example',
    'intranet',
  ])
    expect((await collector.api('POST', '/api/sites', { domain })).status).toBe(201);
  await collector.api('PATCH', '/api/sites/example.com', { aliases: ['www.alias.example', 'straße.example'] });
});
afterAll(() => collector.stop());

const view = (s: string) => collector.send(JSON.stringify({ s, u: 'https://example.com/', i: [{ k: 'view' }] }));

/** What a tag says, and the site that it means. */
const MEANT: readonly [string, string][] = [
  ['example.com', 'example.com'],
  ['EXAMPLE.com', 'example.com'],
  [' example.com ', 'example.com'],
  ['\texample.com\n', 'example.com'],
  ['example.com.', 'example.com'],
  ['example.com/', 'example.com'],
  ['example.com/shop/?a=b#c', 'example.com'],
  ['example.com:8080', 'example.com'],
  ['//example.com', 'example.com'],
  ['http://example.com', 'example.com'],
  ['HTTPS://www.Example.com:443/', 'example.com'],
  ['www.example.com', 'example.com'],
  ['WWW.EXAMPLE.COM.', 'example.com'],
  ['wide.example', 'www.wide.example'],
  ['https://wide.example/', 'www.wide.example'],
  ['alias.example', 'example.com'],
  ['twice.example', 'twice.example'],
  ['https://WWW.twice.example/', 'www.twice.example'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['BÜCHER.example', 'xn--bcher-kva.example'],
  ['https://www.bücher.example/', 'xn--bcher-kva.example'],
  ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ['straße.example', 'example.com'],
  ['intranet:3000', 'intranet'],
];

describe('a tag that says', () => {
  test.each(MEANT)('%j means %s', async (said, domain) => {
    const before = await pageviews(domain);
    expect((await view(said)).headers.get('passerby')).toBe('counted=1');
    const image = await collector.request(`/in.gif?${new URLSearchParams({ s: said, u: 'https://example.com/' })}`, {
      headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0' },
    });
    expect(image.headers.get('passerby')).toBe('counted=1');
    expect((await pageviews(domain)) - before).toBe(2);
  });

  test.each([
    'example.com.evil.example',
    'evil-example.com',
    'shop.example.com',
    'www.www.example.com',
    'ex ample.com',
    'jane@example.com',
    'example.com\0',
    'com',
    '.',
    '/',
  ])('%j means none', async (said) => {
    expect((await view(said)).status).toBe(404);
  });
});

const pageviews = async (site_id: string): Promise<number> => {
  await collector.flush();
  const { results } = await collector.query({ site_id, metrics: ['pageviews'], date_range: 'all' });
  return results[0]?.metrics[0] ?? 0;
};

test('the API finds a site by each spelling of its name', async () => {
  for (const name of [
    'bücher.example',
    'xn--bcher-kva.example',
    'BÜCHER.example',
    'XN--BCHER-KVA.example',
    'Example.COM',
  ])
    expect((await collector.api('GET', `/api/sites/${encodeURIComponent(name)}/now`)).status).toBe(200);
  await collector.query({ site_id: 'Bücher.example', metrics: ['visits'], date_range: '7d' });
});

describe('international names', () => {
  test.each([
    ['domain', 'Ünïcode.example', 'xn--ncode-cta3g.example'],
    ['aliases', ['münchen.example'], ['xn--mnchen-3ya.example']],
    ['hostnames', ['münchen.example', '*.münchen.example'], ['xn--mnchen-3ya.example', '*.xn--mnchen-3ya.example']],
    ['blockedSources', ['спам.рф'], ['xn--80ayhh.xn--p1ai']],
    ['ignoredReferrers', ['zahlen.münchen.example'], ['zahlen.xn--mnchen-3ya.example']],
  ])('%s: are kept as browsers write them', async (field, given, kept) => {
    await collector.api('POST', '/api/sites', { domain: `${field.toLowerCase()}.example` });
    const response = await collector.api('PATCH', `/api/sites/${field.toLowerCase()}.example`, { [field]: given });
    expect(await response.json()).toMatchObject({ [field]: kept });
  });

  test('are one site in both spellings', async () => {
    const response = await collector.api('POST', '/api/sites', { domain: 'xn--bcher-kva.example' });
    expect([response.status, await response.json()]).toMatchObject([409, { error: { field: 'domain' } }]);
    expect((await collector.api('PATCH', '/api/sites/example.com', { aliases: ['bücher.example'] })).status).toBe(409);
  });

  test.each([
    'https://foo.example/',
    'foo.example/',
    'foo_bar.example',
    '-foo.example',
    'bü cher.example',
    'ü'.repeat(70),
  ])('no domain is %j', async (domain) => {
    const response = await collector.api('POST', '/api/sites', { domain });
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        error: {
          code: 'not_a_domain',
          field: 'domain',
          message: 'a domain such as example.com, without https:// and without a path',
        },
      },
    ]);
  });

  test('confirm what is deleted, in either spelling', async () => {
    for (const confirm of ['bücher.example', 'xn--bcher-kva.example'])
      expect((await collector.api('POST', '/api/sites/bücher.example/purge', { confirm })).status).toBe(200);
  });
});

interface Unknown {
  readonly names: readonly { name: string; count: number; last: number }[];
  readonly other: number;
}

test('what names no site is listed for the operator, told to the owner it is near to, and forgotten as it becomes one', async () => {
  const names = async (): Promise<Unknown> =>
    (await collector.api('GET', '/api/unknown-names')).json() as Promise<Unknown>;
  const { other } = await names();
  for (const said of [
    'exmaple.com',
    'https://Exmaple.com/',
    'www.exmaple.com',
    'jane.doe@mail.example',
    '198.51.100.77',
  ])
    await view(said);
  const after = await names();
  expect(after.names).toContainEqual({ name: 'exmaple.com', count: 2, last: expect.any(Number) });
  expect(after.other - other).toBe(2);
  expect(JSON.stringify(after)).not.toMatch(/jane|198\.51/);
  const near = async (): Promise<string[]> => {
    const response = await collector.api('POST', '/api/sites/example.com/check', {});
    const { near } = (await response.json()) as { near?: Unknown['names'] };
    return (near ?? []).map(({ name }) => name);
  };
  expect(await near()).toEqual(expect.arrayContaining(['exmaple.com', 'www.exmaple.com', 'shop.example.com']));
  await collector.api('PATCH', '/api/sites/example.com', { aliases: ['exmaple.com'] });
  expect(await near()).not.toContain('exmaple.com');
  expect((await view('www.exmaple.com')).status).toBe(202);
  expect(await (await collector.api('GET', '/metrics')).text()).toMatch(/^passerby_unknown_site_beacons_total [1-9]/m);
});

test.each([
  'example.com',
  'xn--bcher-kva.example',
  'my_host.xn--bcher-kva.example',
  'xn--fsqu00a.xn--0zwm56d',
  'xn--e1aybc.xn--p1ai',
  'xn--r8jz45g.jp',
  'xn--pypal-4ve.com',
  'xn--80ak6aa92e.com',
  'xn--i-7iq.ws',
  'xn--80a5ai.xn--p1ai',
  'xn--cars-po4c1b3n.jp',
  'xn--collegi-xma.cat',
  'xn--h2bhs4b8d8a.xn--h2brj9c',
  'xn--80aa0cbo65f.com',
  'xn--pple-p5b.com',
  'xn--compath-v04f.jp',
  'xn--n3h.net',
  'xn--a.example',
  'xn--.example',
])('%s is shown by commands as on the screen', (host) => {
  expect(shownHost(host)).toBe(shownOnScreen(host));
});
