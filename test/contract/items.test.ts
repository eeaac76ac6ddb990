import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Item } from '../../packages/sdk/src/wire.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startTestCollector();
});
afterAll(() => collector.stop());

/** Adds a site, and hands out what sends to it and what reads it. */
const openSite = async (domain: string) => {
  await collector.api('POST', '/api/sites', { domain });
  const send = async (beacon: object): Promise<string> => {
    const body = JSON.stringify({ s: domain, u: `https://${domain}/`, ...beacon });
    const response = await collector.send(body);
    return `${response.status} ${response.headers.get('passerby')}`;
  };
  const values = async (dimension: string): Promise<unknown[]> => {
    await collector.flush();
    const { results } = await collector.query({
      site_id: domain,
      date_range: 'all',
      metrics: ['events'],
      dimensions: [dimension as 'event:name'],
    });
    return results.map(({ dimensions: [value] }) => value).sort();
  };
  const rows = async (columns: string, table = 'hits'): Promise<unknown[]> => {
    await collector.flush();
    const site = collector.collector.sites.find(domain)?.id ?? '';
    return collector.store.query(
      `SELECT ${columns} FROM ${table} WHERE site = {site:String} ORDER BY ${table === 'hits' ? 'ts, step' : 'ts'}`,
      { site },
    );
  };
  return { send, values, rows };
};

describe('one bad item takes no neighbour with it', () => {
  const ORDER = { k: 'event', n: 'Order', $: [9.99, 'EUR'] };
  const cases: readonly [string, unknown, string][] = [
    ['a level of another logger', { k: 'log', l: 'notice', m: 'x' }, 'counted=3'],
    ['a level of nobody', { k: 'log', l: 'loud', m: 'x' }, 'counted=3, level=1'],
    ['no level', { k: 'log', m: 'x' }, 'counted=3, level=1'],
    ['no message', { k: 'log', l: 'info' }, 'counted=2, invalid=1'],
    ['a revenue that is none', { k: 'event', n: 'x', $: {} }, 'counted=3, revenue=1'],
    ['no name', { k: 'event' }, 'counted=2, invalid=1'],
    ['no item', null, 'counted=2, invalid=1'],
    ['another kind', { k: 'open', n: 'x' }, 'counted=2, invalid=1'],
    ['an age that is none', { k: 'view', a: 'old' }, 'counted=2, invalid=1'],
    ['a stack that is none', { k: 'error', m: 'x', st: {} }, 'counted=3'],
  ];
  test.each(cases)('%s', async (name, item, became) => {
    const { send, values } = await openSite(`${name.replaceAll(' ', '-')}.example`);
    expect(await send({ i: [{ k: 'view' }, item, ORDER] })).toBe(`202 ${became}`);
    expect(await values('event:name')).toContain('Order');
  });
});

test('a limit empties no text, and different texts stay different', async () => {
  const { send, rows } = await openSite('limits.example');
  const event = (n: string, p?: object): Item => ({ k: 'event', n, ...(p && { p: p as Record<string, string> }) });
  const skus = Array.from({ length: 120 }, (_, i) => `SKU${String(i).padStart(4, '0')}`).join();
  const url = `https://shop.example/${'a/'.repeat(280)}`;
  const i = [event('长'.repeat(130)), event('abc_'.repeat(40)), event('x', { skus, cjk: '测试文字'.repeat(130), url })];
  expect(await send({ t: '标题'.repeat(160), i })).toBe('202 counted=3');
  expect(await rows('name, title')).toEqual([
    { name: '长'.repeat(120), title: '标题'.repeat(150) },
    { name: 'abc_'.repeat(30), title: '标题'.repeat(150) },
    { name: 'x', title: '标题'.repeat(150) },
  ]);
  const [, , { props }] = (await rows('props')) as [unknown, unknown, { props: Record<string, string> }];
  expect(props.skus).toMatch(/^SKU0000,.*,$/);
  expect(Object.values(props).map((value) => value.length)).toEqual([496, 500, 499]);
});

test('a name of which nothing is seen is none', async () => {
  const { send, rows } = await openSite('unseen.example');
  const names = ['', ' ', '\u00a0', '\u200b\ufe0f', '\u3164', '\u202e'];
  expect(await send({ i: names.map((n) => ({ k: 'event', n, p: { [n]: 'x', plan: 'pro' } })) })).toBe('202 counted=6');
  expect(await rows('name, props')).toEqual(names.map(() => ({ name: '(none)', props: { plan: 'pro' } })));
});

test('what is stored can be asked for', async () => {
  const { send, values } = await openSite('names.example');
  const p = Object.fromEntries([9, 8, 7].map((n) => ['a@b.cc '.repeat(n).trim(), String(n)]));
  expect(await send({ i: [{ k: 'event', n: 'jane@example.com '.repeat(20), p }] })).toBe('202 counted=1');
  const names = await values('event:property');
  expect(names).toHaveLength(3);
  for (const name of names) expect(await values(`event:props:${name}`)).toHaveLength(1);
});

test('what must not be kept is found in every text, however it is spelled, and what is not seen goes', async () => {
  const { send, rows } = await openSite('spellings.example');
  for (const at of ['%2540', '\\u0040', '&#64;', '&commat;', '＠', '\u200b@\u200b', '\u202e@\0']) {
    const mail = `jane${at}example.com`;
    const said = await send({
      u: `https://spellings.example/?utm_campaign=${encodeURIComponent(mail)}`,
      t: mail,
      rel: mail,
      p: { [mail]: mail },
      i: [{ k: 'view' }, { k: 'event', n: mail, p: { x: mail } }, { k: 'error', m: mail, st: `Error: ${mail}\n at x` }],
    });
    expect(said).toBe('202 counted=3');
  }
  const hits = await rows('title, name, props, utm_campaign');
  const stored = JSON.stringify([hits, await rows('*', 'logs')]);
  expect(stored).toContain('[email]');
  expect(stored).not.toMatch(/jane|example\.com|\\u00|\u202e/);
});

test('what is left out was not mended', async () => {
  const { send } = await openSite('left.example');
  await collector.api('PATCH', '/api/sites/left.example', { dailyLogMegabytes: 0 });
  const LOUD = { k: 'log', l: 'loud', m: 'x' };
  expect(await send({ i: [LOUD, { k: 'view' }] })).toBe('202 counted=1, logs=1');
  const sold = Array.from({ length: 100 }, () => ({ k: 'event', n: 'x'.repeat(100), $: 'much' }));
  const said = await send({ u: `https://left.example${'/x'.repeat(950)}`, t: '标'.repeat(300), i: sold });
  expect(said).toMatch(/^202 counted=(\d\d), revenue=\1, size=\d+$/);
});
