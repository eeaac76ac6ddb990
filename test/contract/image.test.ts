import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClock } from '../support/clock.ts';
import { placed } from '../support/geo.ts';
import { emptyTables, storedRows } from '../support/rows.ts';
import { type Client, startTestCollector, type TestCollector } from '../support/test-collector.ts';

/** Google's proxy, which shows images of e-mails to their readers. */
const PROXY = 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)';
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36';

const HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'passerby, retry-after',
  'cache-control': 'no-store',
  'content-length': '43',
  'content-type': 'image/gif',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
};

let collector: TestCollector;
beforeAll(async () => {
  collector = await startTestCollector({
    now: createClock(Date.parse('2040-03-02T10:00:00Z')).now,
    geo: placed(() => 'DE'),
    settings: { clientLimit: 20 },
  });
  await collector.api('POST', '/api/sites', { domain: 'example.com' });
});
afterAll(() => collector.stop());

const ask = (query: string, { address = '203.0.113.7', agent = BROWSER, headers = {} }: Client = {}, method = 'GET') =>
  collector.request(`/in.gif${query}`, {
    method,
    headers: { 'user-agent': agent, 'x-forwarded-for': address, ...headers },
  });

const params = (given: Record<string, string>): string => `?${new URLSearchParams(given)}`;
const SITE = { s: 'example.com' };
const PAGE = { ...SITE, u: 'https://example.com/pricing?plan=pro&email=jane@example.org' };

/** What is asked, by whom, and what is said of it. The answer is the image, whatever is asked. */
const CASES: readonly [string, string, Client, string][] = [
  ['a view', params(PAGE), {}, 'counted=1'],
  [
    'a view of the page that has the image',
    params(SITE),
    { headers: { referer: 'https://example.com/' } },
    'counted=1',
  ],
  [
    'an empty address in favour of the page',
    params({ ...SITE, u: '' }),
    { headers: { referer: 'https://example.com/' } },
    'counted=1',
  ],
  ['an opened e-mail', params({ ...SITE, o: 'May' }), {}, 'counted=1'],
  ['an opened e-mail by a proxy', params({ ...SITE, o: 'May' }), { agent: PROXY }, 'counted=1'],
  ['a view by a proxy for e-mails', params(PAGE), { agent: PROXY }, 'bot=1'],
  ['a robot', params(PAGE), { agent: 'curl/8' }, 'bot=1'],
  ['a robot that opens an e-mail', params({ ...SITE, o: 'May' }), { agent: 'curl/8' }, 'bot=1'],
  ['Global Privacy Control', params({ ...SITE, o: 'May' }), { headers: { 'sec-gpc': '1' } }, 'gpc=1'],
  ['Do Not Track', params(PAGE), { headers: { dnt: '1' } }, 'dnt=1'],
  ['a page fetched ahead', params(PAGE), { headers: { 'sec-purpose': 'prefetch' } }, 'prefetch=1'],
  ['nothing', '', {}, 'refused=400'],
  ['no site', params({ u: PAGE.u }), {}, 'refused=400'],
  ['an unknown site', params({ ...PAGE, s: 'elsewhere.example' }), {}, 'refused=404'],
  ['no page and no referrer', params(SITE), {}, 'invalid=1'],
  ['no address', params({ ...SITE, u: '/pricing' }), {}, 'invalid=1'],
  ['a page of 4,097 characters', params({ ...SITE, u: `https://example.com/${'a'.repeat(4077)}` }), {}, 'invalid=1'],
  ['an e-mail without a name', params({ ...SITE, o: '' }), {}, 'invalid=1'],
  ['a name of 121 characters, which is cut', params({ ...SITE, o: 'n'.repeat(121) }), {}, 'counted=1'],
  ['a long title, which is cut', params({ ...PAGE, t: 'word '.repeat(500) }), {}, 'counted=1'],
  ['escapes of no characters', '?s=example.com&u=https://example.com/%E0%A4%A&t=%', {}, 'counted=1'],
  ['NULs and control characters', params({ ...PAGE, t: 'a\0b\r\nc', r: '\u0007' }), {}, 'counted=1'],
];

test.each(CASES)('the image to %s', async (name, query, client, told) => {
  const address = `203.0.113.${CASES.findIndex(([one]) => one === name) + 1}`;
  const response = await ask(query, { address, ...client });
  expect([response.status, Object.fromEntries(response.headers)]).toEqual([200, { ...HEADERS, passerby: told }]);
  const bytes = Buffer.from(await response.arrayBuffer());
  expect([bytes.length, bytes.toString('latin1', 0, 6), bytes.at(-1)]).toEqual([43, 'GIF89a', 0x3b]);
});

test('the image to a client that sends too much, and after it nothing is counted', async () => {
  const address = '198.51.100.1';
  const told: (string | null)[] = [];
  for (let i = 0; i < 21; i++) told.push((await ask(params(PAGE), { address })).headers.get('passerby'));
  expect(told).toEqual([...Array(20).fill('counted=1'), 'flood=1']);
});

test('the image to what it cannot keep', async () => {
  const { insert } = collector.store;
  collector.store.insert = () => Promise.reject(new Error('away'));
  expect((await ask(params(PAGE), { address: '198.51.100.2' })).status).toBe(200);
  collector.store.insert = insert;
});

describe('what is stored', () => {
  const stored = async (table: 'hits' | 'sums'): Promise<Record<string, unknown>[]> => {
    await collector.flush();
    return storedRows(collector.store, table);
  };
  const begin = async (): Promise<void> => {
    await collector.flush();
    await emptyTables(collector.store);
  };

  test('of a view is an ordinary view that says how it was reported', async () => {
    await begin();
    const from = 'https://news.ycombinator.com/item?id=1';
    await ask(params({ ...PAGE, t: 'Prices', r: from }), { address: '198.51.100.3' });
    const [row, ...more] = await stored('hits');
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      kind: 1,
      via: 'image',
      page: '/pricing',
      title: 'Prices',
      source: 'Hacker News',
      browser: 'Chrome',
      views: 1,
      visits: 1,
      visitors: 1,
      bounces: 1,
    });
    expect(row).not.toHaveProperty('screen');
  });

  test('of an opened e-mail is a number by its name, and no visit', async () => {
    await begin();
    for (let i = 0; i < 3; i++) await ask(params({ ...SITE, o: 'May to jane@example.org' }), { agent: PROXY });
    expect(await stored('hits')).toEqual([]);
    const opened = { dimension: 3, value: 'May to [email]', day: '2040-03-02', events: '3' };
    expect(await stored('sums')).toEqual([opened]);
  });

  test('does not make a visit of somebody who opens an e-mail in the same browser', async () => {
    await begin();
    const client = { address: '198.51.100.4' };
    await ask(params({ ...SITE, o: 'May' }), client);
    await collector.send(
      { s: 'example.com', u: 'https://example.com/', i: [{ k: 'view' }] },
      { ...client, agent: BROWSER },
    );
    await ask(params({ ...SITE, o: 'May' }), client);
    await collector.send(
      { s: 'example.com', u: 'https://example.com/a', i: [{ k: 'view' }] },
      { ...client, agent: BROWSER },
    );
    expect((await stored('hits')).map(({ page, visits, step }) => [page, visits, step])).toEqual([
      ['/', 1, 1],
      ['/a', undefined, 2],
    ]);
  });

  test('of a HEAD is nothing', async () => {
    await begin();
    const response = await ask(params(PAGE), { address: '198.51.100.5' }, 'HEAD');
    expect([response.status, Object.fromEntries(response.headers), await response.text()]).toEqual([200, HEADERS, '']);
    expect([await stored('hits'), await stored('sums')]).toEqual([[], []]);
  });
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('405 to %s', async (method) => {
  const response = await ask(params(PAGE), {}, method);
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});

test('an open is no item that a page can send', async () => {
  const response = await collector.send(
    JSON.stringify({ s: 'example.com', u: 'https://example.com/', i: [{ k: 'open', n: 'May' }] }),
  );
  expect([response.status, await response.json()]).toMatchObject([400, { error: { field: 'i[0].k' } }]);
});
