import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Item } from '../../packages/sdk/src/wire.ts';
import { REAL_AGENT } from '../support/agent.ts';
import { createClock } from '../support/clock.ts';
import { countRows } from '../support/rows.ts';
import { type Client, startTestCollector, type TestCollector } from '../support/test-collector.ts';

const SECOND = 1000;
const DAY = 86_400 * SECOND;
const VIEW: Item = { k: 'view' };

/** What stays of what a client sends has bounds by client and by site: limits as they are by default. */
describe('a client that', () => {
  const clock = createClock(Date.parse('2040-03-02T10:00:00Z'));
  let collector: TestCollector;
  let site = '';
  let sites = 0;

  beforeAll(async () => {
    collector = await startTestCollector({ now: clock.now, settings: { clientLimit: 1000, browserLimit: 60 } });
  });
  afterAll(() => collector.stop());
  beforeEach(async () => {
    clock.advance(10 * SECOND);
    site = await added();
  });

  const added = async (change: object = {}): Promise<string> => {
    const domain = `site${++sites}.example`;
    expect((await collector.api('POST', '/api/sites', { domain })).status).toBe(201);
    expect((await collector.api('PATCH', `/api/sites/${domain}`, change)).status).toBe(200);
    return domain;
  };
  /** Resolves to what the answer says, as `202 counted=1`. */
  const send = async (i: readonly Item[], client: Client = {}, more: object = {}, s = site): Promise<string> => {
    const answer = await collector.send(JSON.stringify({ s, u: `https://${s}/`, i, ...more }), client);
    return `${answer.status} ${answer.headers.get('passerby')}`;
  };
  const sums = async (metrics: readonly string[], dimensions: readonly string[] = []): Promise<unknown[]> => {
    await collector.flush();
    const answer = await collector.query({ site_id: site, date_range: 'day', metrics, dimensions } as never);
    return answer.results.map((row) => [...row.dimensions, ...row.metrics]);
  };
  const tally = (answers: readonly string[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1;
    return counts;
  };
  const known = async (): Promise<number> => {
    const text = await (await collector.api('GET', '/metrics')).text();
    return Number(/^passerby_known_browsers (\d+)$/m.exec(text)?.[1]);
  };

  test('sends large beacons is turned away by their bytes', async () => {
    const lines = Array.from({ length: 15 }, (_, n): Item => ({ k: 'log', l: 'info', m: `${n}`.padEnd(4090, 'ab ') }));
    const answers: string[] = [];
    for (let n = 0; n < 66; n++) answers.push(await send(lines));
    // Each becomes rows of 64 KiB: 16 of them are 1,000 and more.
    expect(tally(answers)).toEqual({ '202 counted=15': 16, '429 flood=1': 50 });
    const refused = await collector.send({ s: site, u: `https://${site}/`, i: [VIEW] });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
  });

  test('sends large beacons that cannot be read is turned away, too', async () => {
    const answers: string[] = [];
    for (let n = 0; n < 30; n++) answers.push((await send([VIEW], {}, { v: 2, x: 'y'.repeat(60_000) })).slice(0, 3));
    expect(tally(answers)).toEqual({ 400: 17, 429: 13 });
  });

  test('is a page of the SDK comes nowhere near', async () => {
    const page = { t: 'A title of some forty characters, or so', r: 'https://news.example/', p: { author: 'Ann' } };
    const items: Item[] = Array.from({ length: 15 }, (_, n) => ({ k: 'event', n: 'scroll', p: { depth: n } }));
    for (let n = 0; n < 60; n++) expect(await send(items, {}, page)).toBe('202 counted=15');
  });

  test('invents agents brings 60 new browsers in ten seconds, and goes on with those', async () => {
    const agent = (n: number): string => REAL_AGENT.replace('143', `143.0.${n}`);
    const before = await known();
    const answers: string[] = [];
    for (let n = 0; n < 100; n++)
      answers.push(await send([VIEW, { k: 'log', l: 'info', m: 'x' }], { agent: agent(n) }));
    expect(tally(answers)).toEqual({ '202 counted=2': 60, '202 counted=1, browsers=1': 40 });
    expect((await known()) - before).toBe(60);
    expect(await send([VIEW], { agent: agent(0) })).toBe('202 counted=1');
    expect(await send([VIEW], { agent: agent(99) })).toBe('202 browsers=1');
    expect(await send([VIEW], { agent: agent(99), address: '203.0.113.8' })).toBe('202 counted=1');
    clock.advance(10 * SECOND);
    expect(await send([VIEW], { agent: agent(98) })).toBe('202 counted=1');
    expect(await sums(['visitors', 'pageviews'])).toEqual([[62, 63]]);
    expect(await sums(['events'], ['drop:reason'])).toEqual([['browsers', 41]]);
  });

  test.each([
    ['a /64', 60, () => '2001:db8:a:1::1'],
    ['a /56', 240, (n: number) => `2001:db8:b:${(n % 256).toString(16)}::1`],
    ['a /48', 480, (n: number) => `2001:db8:c:${(n * 131).toString(16)}::1`],
  ])('has %s brings %d', async (_network, most, address) => {
    let counted = 0;
    for (let n = 0; n < 500; n++) {
      const client = { agent: `${REAL_AGENT} ${n}`, address: address(n) };
      if ((await send([VIEW], client)) === '202 counted=1') counted++;
    }
    expect(counted).toBe(most);
  });

  const sold = (...amounts: readonly number[]): Item[] =>
    amounts.map((amount) => ({ k: 'event', n: 'order', $: [amount, 'EUR'] }));

  test('forges revenue moves no sum further than the site allows, in either direction', async () => {
    expect(await send(sold(...Array(100).fill(-1e9)))).toBe('202 counted=100, revenue=100');
    expect(await send(sold(19.99, 1_000_000.01, -0.01, 1_000_000, 0.01))).toBe('202 counted=5, revenue=2');
    expect(await sums(['revenue', 'events'], ['event:currency'])).toEqual([['EUR', 1_000_020, 3]]);
    expect(await sums(['events'])).toEqual([[105]]);
  });

  test('gives money back does so where the owner says it may', async () => {
    site = await added({ refunds: true, maxRevenue: 100 });
    expect(await send(sold(100, -100, -99.99, 100.01, -100.01))).toBe('202 counted=5, revenue=2');
    expect(await sums(['revenue'], ['event:currency'])).toEqual([['EUR', -99.99]]);
  });

  test('fills a site’s log takes nothing else from it, and nothing from others', async () => {
    site = await added({ dailyLogMegabytes: 1 });
    const other = await added();
    const line: Item = { k: 'error', m: 'x', st: 'at y '.repeat(3000) };
    const answers: string[] = [];
    for (let n = 0; n < 80; n++) {
      if (n % 20 === 0) clock.advance(10 * SECOND);
      answers.push(await send([VIEW, line]));
    }
    // Each takes 15,300 bytes.
    expect(tally(answers)).toEqual({ '202 counted=2': 65, '202 counted=1, logs=1': 15 });
    expect(await send([line], {}, {}, other)).toBe('202 counted=1');
    expect(await send([{ k: 'log', l: 'info', m: 'short' }])).toBe('202 counted=1');
    await collector.api('PATCH', `/api/sites/${site}`, { dailyLogMegabytes: 0 });
    expect(await send([VIEW, line])).toBe('202 counted=1, logs=1');
    await collector.api('PATCH', `/api/sites/${site}`, { dailyLogMegabytes: 1 });
    clock.advance(DAY);
    expect(await send([line])).toBe('202 counted=1');
  });

  test('uses up a site’s day takes nothing from others, and nothing from the next day', async () => {
    site = await added({ dailyItems: 200 });
    const other = await added();
    const hundred = Array<Item>(100).fill(VIEW);
    const large = { k: 'event', n: 'x', p: { text: 'z'.repeat(400) } } as const;
    expect(await send(hundred)).toBe('202 counted=100');
    expect(await send(Array<Item>(100).fill(large))).toBe('202 counted=100');
    expect(await send([VIEW])).toBe('202 quota=1');
    expect(await send([VIEW], { address: '198.51.100.7' })).toBe('202 quota=1');
    expect(await send([VIEW], {}, {}, other)).toBe('202 counted=1');
    const rows = await countRows(collector.store, 'hits');
    await collector.flush();
    expect(await countRows(collector.store, 'hits')).toBeGreaterThanOrEqual(rows);
    clock.advance(DAY);
    expect(await send([VIEW])).toBe('202 counted=1');
  });
});
