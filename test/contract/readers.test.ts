import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REAL_AGENT } from '../support/agent.ts';
import { placed } from '../support/geo.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

/** Of whom the owner wants to know nothing: by address, country, source, page and host. */
const RULES = {
  aliases: ['shop.example.net', 'kiosk'],
  hostnames: ['site.example', '*.site.example', 'partner.example.org'],
  ignoredAddresses: ['203.0.113.0/24'],
  blockedCountries: ['AT'],
  excludedPages: ['/internal/*'],
  blockedSources: ['spam.example'],
  ignoredReferrers: ['pay.example'],
};
const VIEW = { s: 'site.example', u: 'https://site.example/', i: [{ k: 'view' }] };
const IGNORED = '203.0.113.5';
const AUSTRIAN = '198.51.100.9';
const OTHER = '192.0.2.7';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startTestCollector({ geo: placed((address) => (address === AUSTRIAN ? 'AT' : 'DE')) });
  await collector.api('POST', '/api/sites', { domain: 'site.example' });
  expect((await collector.api('PATCH', '/api/sites/site.example', RULES)).status).toBe(200);
  await collector.api('POST', '/api/sites', { domain: 'other.example' });
});
afterAll(() => collector.stop());

type Headers = Record<string, string>;

const send = (body: unknown, headers: Headers, address = OTHER): Promise<Response> =>
  collector.send(typeof body === 'string' ? body : JSON.stringify(body), { address, headers });
const image = (query: string, headers: Headers, address = OTHER): Promise<Response> =>
  collector.request(`/in.gif?${query}`, {
    headers: { 'user-agent': REAL_AGENT, 'x-forwarded-for': address, ...headers },
  });

/** All that a page of another origin may read of an answer. */
const readable = async (response: Response): Promise<unknown> => ({
  status: response.status,
  headers: Object.fromEntries([...response.headers].filter(([name]) => !['date', 'connection'].includes(name))),
  body: await response.text(),
});

/** What the owner's rules, the site and the beacon may be; none of them may make a difference to strangers. */
const CASES: readonly [string, unknown, string][] = [
  ['a view', VIEW, OTHER],
  ['an ignored address', VIEW, IGNORED],
  ['a blocked country', VIEW, AUSTRIAN],
  ['an excluded page', { ...VIEW, u: 'https://site.example/internal/x' }, OTHER],
  ['a host that is not allowed', { ...VIEW, u: 'https://evil.example/' }, OTHER],
  ['a blocked source', { ...VIEW, r: 'https://spam.example/' }, OTHER],
  ['a referrer that is ignored', { ...VIEW, r: 'https://pay.example/' }, OTHER],
  ['what is late', { ...VIEW, i: [{ k: 'view', a: 3_600_000 }] }, OTHER],
  ['a site that is none here', { ...VIEW, s: 'nowhere.example' }, OTHER],
  ['a page that is no address', { ...VIEW, u: '/x' }, OTHER],
  ['an item of no kind', { ...VIEW, i: [{ k: 'x' }] }, OTHER],
];

describe.each([
  'https://evil.example',
  'https://site.example.evil.example',
  'https://evilsite.example',
  'https://x.kiosk',
  'https://example.net',
  'null',
  'chrome-extension://abcdefgh',
  'https://other.example.evil',
])('a page of %s', (origin) => {
  test('reads the same, whatever became of what it sent', async () => {
    const answers = await Promise.all(
      CASES.map(async ([, body, address]) => readable(await send(body, { origin }, address))),
    );
    for (const answer of answers)
      expect(answer).toEqual({
        status: 202,
        headers: {
          'access-control-allow-origin': '*',
          'content-length': '0',
          'cross-origin-resource-policy': 'cross-origin',
        },
        body: '',
      });
  });

  test('reads the same of the image', async () => {
    const asked = [
      's=site.example&u=https://site.example/',
      's=site.example&u=x',
      's=nowhere.example&u=x',
      's=site.example&o=May',
      '',
    ];
    const answers = await Promise.all(
      [IGNORED, AUSTRIAN, OTHER].flatMap((address) =>
        asked.map(async (query) => readable(await image(query, { origin }, address))),
      ),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(JSON.stringify(answers[0])).not.toMatch(/passerby/i);
  });

  test('is told what is wrong with what names no site at all', async () => {
    for (const body of ['{', '[]', '{}', { ...VIEW, s: '' }]) expect((await send(body, { origin })).status).toBe(400);
  });
});

test.each<[string, Headers]>([
  ['no page', {}],
  ['the site', { origin: 'https://site.example' }],
  ['the site by http, on a port', { origin: 'http://site.example:8080' }],
  ['a host below it', { origin: 'https://a.b.site.example' }],
  ['another name of it', { origin: 'https://shop.example.net' }],
  ['a name without a dot', { origin: 'http://kiosk' }],
  ['a host that it allows', { origin: 'https://partner.example.org' }],
  ['the collector', { origin: 'https://stats.example', host: 'stats.example' }],
  ['the machine of who develops it', { origin: 'http://localhost:5173' }],
  ['an address of that machine', { origin: 'http://127.0.0.1:3000' }],
])('%s may read what became of a beacon', async (_, headers) => {
  const response = await send(VIEW, headers, IGNORED);
  expect([response.headers.get('passerby'), response.headers.get('access-control-expose-headers')]).toEqual([
    'ignored=1',
    'passerby, retry-after',
  ]);
  expect((await image('s=site.example&u=https://site.example/', headers, AUSTRIAN)).headers.get('passerby')).toBe(
    'country=1',
  );
  expect((await send({ ...VIEW, u: 'x' }, headers)).status).toBe(400);
});

test.each([
  'https://site.example',
  'https://a.b.site.example',
  'https://shop.example.net',
  'http://kiosk',
  'http://localhost:5173',
])('a page of %s is told that there is no site of a name', async (origin) => {
  expect((await send({ ...VIEW, s: 'nowhere.example' }, { origin })).status).toBe(404);
});

test('a page of another site here is told that a name is wrong, and no more', async () => {
  const headers = { origin: 'https://www.other.example' };
  expect((await send({ ...VIEW, s: 'othre.example' }, headers)).status).toBe(404);
  const response = await send(VIEW, headers, IGNORED);
  expect([response.status, response.headers.get('passerby')]).toEqual([202, null]);
});

test('a stranger may send again what found no room, and is told no reason', async () => {
  const small = await startTestCollector({ settings: { clientLimit: 1 } });
  await small.api('POST', '/api/sites', { domain: 'site.example' });
  const headers = { origin: 'https://evil.example' };
  const answers = [];
  for (let i = 0; i < 2; i++) answers.push(await small.send(JSON.stringify(VIEW), { headers }));
  expect(answers.map(({ status }) => status)).toEqual([202, 429]);
  expect(answers[1]?.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(answers[1]?.headers.get('passerby')).toBeNull();
  await small.stop();
});
