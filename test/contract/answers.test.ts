import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isErrorCode } from '../../packages/collector/src/http/error-codes.ts';
import type { Refusal } from '../../packages/collector/src/query/stats/query.ts';
import { createClock } from '../support/clock.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

const VIEW = { s: 'example.com', u: 'https://example.com/', i: [{ k: 'view' as const }] };
const event = (fields: Record<string, unknown>): { i: unknown[] } => ({ i: [{ k: 'event', n: 'x', ...fields }] });
const many = (n: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [`p${i}`, i]));

/** Name, what differs from a good beacon, and the field that the answer names. */
const REFUSED: readonly [string, Record<string, unknown> | string, string][] = [
  ['no JSON', '{"s":', 'body'],
  ['nothing at all', '', 'body'],
  ['a list', '[]', 'body'],
  ['null', 'null', 'body'],
  ['no site', { s: undefined }, 's'],
  ['an empty site', { s: '' }, 's'],
  ['a site of 254 characters', { s: 'a'.repeat(254) }, 's'],
  ['no page', { u: undefined }, 'u'],
  ['a relative page', { u: '/pricing' }, 'u'],
  ['a page that is a script', { u: 'javascript:alert(1)' }, 'u'],
  ['a page of another kind', { u: 'ftp://example.com/' }, 'u'],
  ['a page of 4,097 characters', { u: `https://example.com/${'a'.repeat(4077)}` }, 'u'],
  ['a version to come', { v: 2 }, 'v'],
  ['no items', { i: [] }, 'i'],
  ['items that are none', { i: {} }, 'i'],
  ['101 items', { i: Array(101).fill({ k: 'view' }) }, 'i'],
  ['an item of no kind', { i: [{}] }, 'i[0].k'],
  ['an unknown kind', { i: [{ k: 'click' }] }, 'i[0].k'],
  ['a negative age', { i: [{ k: 'view', a: -1 }] }, 'i[0].a'],
  ['an age as text', { i: [{ k: 'view', a: '1' }] }, 'i[0].a'],
  ['an event without a name', { i: [{ k: 'event' }] }, 'i[0].n'],
  ['an event name that is no text', { i: [{ k: 'event', n: 7 }] }, 'i[0].n'],
  ['engagement without a time', { i: [{ k: 'engage' }] }, 'i[0].ms'],
  ['more than a whole page seen', { i: [{ k: 'engage', ms: 1, sc: 101 }] }, 'i[0].sc'],
  ['a log line without a message', { i: [{ k: 'log', l: 'info' }] }, 'i[0].m'],
  ['an error without a message', { i: [{ k: 'error' }] }, 'i[0].m'],
];

/** What differs from a good beacon, which is no reason to lose what else it tells, and what became of its items. */
const TAKEN: readonly [string, Record<string, unknown>, told?: string][] = [
  ['an event without any letter in its name', event({ n: '' })],
  ['an event name of 121 characters', event({ n: 'n'.repeat(121) })],
  ['properties that are none', event({ p: [] })],
  ['31 properties', event({ p: many(31) })],
  ['a property name of 65 characters', event({ p: { ['n'.repeat(65)]: 1 } })],
  ['a nested property', event({ p: { a: {} } })],
  ['a price that cannot be read', event({ $: 'a lot' }), 'counted=1, revenue=1'],
  ['a version as text', { v: '1' }],
  ['a short batch id', { b: 'abcdefg' }],
  ['a long batch id', { b: 'a'.repeat(65) }],
  ['a batch id with other characters', { b: 'abcdefg!' }],
  ['a title that is no text', { t: 5 }],
  ['a referrer that is no text', { r: {} }],
  ['a width that is none', { w: 'xxl' }],
  ['a release that is no text', { rel: 1 }],
  ['an item that is none beside one that is', { i: [{ k: 'view' }, null] }, 'counted=1, invalid=1'],
  ['a level of other loggers', { i: [{ k: 'log', l: 'trace', m: 'x' }] }],
  ['a level that nobody knows', { i: [{ k: 'log', l: 'purple', m: 'x' }] }, 'counted=1, level=1'],
  ['a stack that is no text', { i: [{ k: 'error', m: 'x', st: 1 }] }],
];

const openToAll = (response: Response): boolean =>
  response.headers.get('access-control-allow-origin') === '*' &&
  response.headers.get('cross-origin-resource-policy') === 'cross-origin';

/** What was refused; its code is one that is known. */
const errorResponseOf = async (response: Response): Promise<{ field: string; message: string }> => {
  const { code, ...refusal } = ((await response.json()) as Refusal).error;
  expect(isErrorCode(code)).toBe(true);
  return refusal;
};

describe('the intake answers', () => {
  const clock = createClock(Date.parse('2040-03-02T10:00:00Z'));
  let collector: TestCollector;
  const post = (headers: Record<string, string>, body: BodyInit = JSON.stringify(VIEW)): Promise<Response> =>
    collector.request('/in', { method: 'POST', headers, body, duplex: 'half' } as RequestInit);

  beforeAll(async () => {
    collector = await startTestCollector({ now: clock.now });
    await collector.api('POST', '/api/sites', { domain: 'example.com' });
  });
  afterAll(() => collector.stop());

  test('202 with what became of the items, and nothing else', async () => {
    const response = await collector.send(VIEW);
    expect(response.status).toBe(202);
    expect(Object.fromEntries(response.headers)).toEqual({
      passerby: 'counted=1',
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'passerby, retry-after',
      'content-length': '0',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(await response.text()).toBe('');
  });

  test.each(REFUSED)('400 to %s, naming the field', async (_name, change, field) => {
    const response = await collector.send(typeof change === 'string' ? change : JSON.stringify({ ...VIEW, ...change }));
    expect([response.status, openToAll(response)]).toEqual([400, true]);
    const refusal = await errorResponseOf(response);
    expect(refusal).toEqual({ field, message: expect.stringMatching(/^\S.{3,200}$/) });
  });

  test.each(TAKEN)('202 to %s', async (_name, change, told = 'counted=1') => {
    const response = await collector.send(JSON.stringify({ ...VIEW, ...change }));
    expect([response.status, response.headers.get('passerby')]).toEqual([202, told]);
  });

  test('404 to an unknown site', async () => {
    const response = await collector.send({ ...VIEW, s: 'elsewhere.example' });
    expect([response.status, openToAll(response)]).toEqual([404, true]);
    expect(await errorResponseOf(response)).toEqual({
      field: 's',
      message: expect.stringContaining('elsewhere.example'),
    });
  });

  test.each(['GET', 'PUT', 'PATCH', 'DELETE'])('405 to %s', async (method) => {
    const response = await collector.request('/in', { method });
    expect([response.status, openToAll(response), response.headers.get('allow')]).toEqual([405, true, 'POST, OPTIONS']);
  });

  test('413 to more than 64 KiB, whether its length is told or not', async () => {
    const big = JSON.stringify({ ...VIEW, t: 'x'.repeat(65_536) });
    const stream = (): ReadableStream => new Blob([big]).stream();
    for (const response of [
      await post({ 'content-type': 'text/plain', 'content-length': String(big.length) }, big),
      await post({ 'content-type': 'text/plain' }, stream()),
    ]) {
      expect([response.status, openToAll(response)]).toEqual([413, true]);
      expect((await errorResponseOf(response)).field).toBe('body');
    }
  });

  test.each(['application/x-www-form-urlencoded', 'text/html', 'text/plainer', 'multipart/form-data; boundary=x'])(
    '415 to %s',
    async (type) => {
      const response = await post({ 'content-type': type });
      expect([response.status, openToAll(response)]).toEqual([415, true]);
      expect((await errorResponseOf(response)).field).toBe('content-type');
    },
  );

  test('202 to JSON and to text with a charset', async () => {
    for (const type of ['application/json', 'text/plain;charset=UTF-8', 'TEXT/PLAIN'])
      expect((await post({ 'content-type': type, 'user-agent': 'Mozilla/5.0' })).status).toBe(202);
  });

  test('a preflight from any origin', async () => {
    const response = await collector.request('/in', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://example.com',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    expect([response.status, openToAll(response)]).toEqual([204, true]);
    expect(response.headers.get('access-control-allow-methods')).toBe('POST');
    expect(response.headers.get('access-control-allow-headers')).toBe('content-type');
    expect(Number(response.headers.get('access-control-max-age'))).toBeGreaterThan(0);
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  });

  test('the script to any origin, to be kept for a while', async () => {
    const response = await collector.request('/p.js', { headers: { origin: 'https://example.com' } });
    expect([response.status, openToAll(response)]).toEqual([200, true]);
    expect(response.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(response.headers.get('cache-control')).toMatch(/max-age=[1-9]/);
    const again = await collector.request('/p.js', {
      headers: { 'if-none-match': response.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  test.each([
    ['GET', '/api/status'],
    ['GET', '/api/sites'],
    ['POST', '/api/query'],
    ['POST', '/api/login'],
    ['GET', '/api/nothing'],
    ['GET', '/healthz'],
    ['GET', '/readyz'],
    ['GET', '/metrics'],
    ['GET', '/'],
    ['GET', '/example.com'],
    ['GET', '/demo/'],
    ['GET', '/p.json'],
    ['OPTIONS', '/api/query'],
    ['OPTIONS', '/metrics'],
  ])('%s %s to no other origin', async (method, path) => {
    const response = await collector.request(path, {
      method,
      headers: { origin: 'https://example.com', accept: 'text/html', 'access-control-request-method': 'POST' },
    });
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(response.headers.get('cross-origin-resource-policy')).not.toBe('cross-origin');
  });
});

describe('a client that sends too much', () => {
  const clock = createClock(Date.parse('2040-03-02T10:00:04Z'));
  let collector: TestCollector;
  beforeAll(async () => {
    collector = await startTestCollector({ now: clock.now, settings: { clientLimit: 2 } });
    await collector.api('POST', '/api/sites', { domain: 'example.com' });
  });
  afterAll(() => collector.stop());

  test('is told to wait, others are not, and it may come back then', async () => {
    const statuses = async (address: string): Promise<number[]> => [
      (await collector.send(VIEW, { address })).status,
      (await collector.send(VIEW, { address })).status,
    ];
    expect(await statuses('2001:db8:1:2::1')).toEqual([202, 202]);
    const response = await collector.send(VIEW, { address: '2001:db8:1:2:3::4' });
    expect([response.status, openToAll(response)]).toEqual([429, true]);
    const wait = Number(response.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(await statuses('2001:db8:1:3::1')).toEqual([202, 202]);
    clock.advance(wait * 1000);
    expect(await statuses('2001:db8:1:2::1')).toEqual([202, 202]);
  });
});

describe('renamed paths', () => {
  let collector: TestCollector;
  beforeAll(async () => {
    collector = await startTestCollector({ settings: { paths: { script: '/s/stats.js', intake: '/s/collect' } } });
    await collector.api('POST', '/api/sites', { domain: 'example.com' });
  });
  afterAll(() => collector.stop());

  test('are the only ones, and the dashboard knows them', async () => {
    const post = async (path: string): Promise<Response> =>
      collector.request(path, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: JSON.stringify(VIEW),
      });
    expect([(await post('/s/collect')).status, (await post('/in')).status]).toEqual([202, 404]);
    expect(openToAll(await post('/s/collect'))).toBe(true);
    const script = await collector.request('/s/stats.js');
    expect([script.status, openToAll(script), (await collector.request('/p.js')).status]).toEqual([200, true, 404]);
    const status = (await (await collector.api('GET', '/api/status')).json()) as {
      script: { src: string; endpoint: string };
    };
    expect(status.script).toEqual({
      src: expect.stringMatching(/^http:\/\/[^/]+\/s\/stats\.js$/),
      endpoint: expect.stringMatching(/^http:\/\/[^/]+\/s\/collect$/),
    });
  });
});

describe('proxies that are set up wrongly', () => {
  let collector: TestCollector;
  let now = Date.UTC(2036, 4, 6);
  beforeAll(async () => {
    collector = await startTestCollector({ now: () => now });
    await collector.api('POST', '/api/sites', { domain: 'example.com' });
  });
  afterAll(() => collector.stop());

  const hints = async (): Promise<unknown> =>
    ((await (await collector.api('GET', '/api/status')).json()) as { hints: unknown }).hints;
  const sent = async (count: number, headers: Record<string, string>): Promise<void> => {
    for (let n = 0; n < count; n++) await collector.send(VIEW, { headers });
  };

  test('are told of for as long as they last, to who is signed in', async () => {
    await sent(9, {});
    expect(await hints()).toEqual([]);
    await sent(9, { 'cf-connecting-ip': '198.51.100.4' });
    await sent(1, {});
    expect(await hints()).toEqual(['unnamed_proxy']);
    await sent(20, { 'x-forwarded-for': '10.0.0.1' });
    const image = '/in.gif?s=example.com&u=https://example.com/';
    for (let n = 0; n < 20; n++) await collector.request(image, { headers: { 'user-agent': 'Mozilla/5.0' } });
    expect(await hints()).toEqual(['private_clients', 'no_client_address']);
    const stranger = (await (await collector.request('/api/status')).json()) as { hints: unknown };
    expect(stranger.hints).toEqual([]);
    now += 7 * 86_400_000;
    expect(await hints()).toEqual([]);
  });
});
