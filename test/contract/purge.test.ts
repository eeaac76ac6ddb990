import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Metric, Question } from '../../packages/collector/src/query/stats/query.ts';
import type { Item } from '../../packages/sdk/src/wire.ts';
import { createClock } from '../support/clock.ts';
import { placed } from '../support/geo.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

/** Ten in the morning in Berlin; in the future, because the engine deletes what is past its age by its own clock. */
const START = Date.parse('2040-03-02T09:00:10Z');
const HOUR = 60 * 60_000;

const clock = createClock(START);
let collector: TestCollector;
let sites = 0;
/** Two sites with the same visitors; to the first one comes what is to be purged, too. */
let all: string;
let without: string;

beforeAll(async () => {
  collector = await startTestCollector({
    now: clock.now,
    geo: placed((address) => (address.startsWith('198.') ? 'AT' : 'DE')),
  });
});
afterAll(() => collector.stop());
beforeEach(async () => {
  sites += 1;
  [all, without] = [`all${sites}.example`, `without${sites}.example`];
  for (const domain of [all, without]) {
    await collector.api('POST', '/api/sites', { domain, timezone: 'Europe/Berlin' });
    await collector.api('PATCH', `/api/sites/${domain}`, { refunds: true });
  }
});

interface Sent {
  readonly items: readonly Item[];
  readonly path?: string;
  readonly referrer?: string;
  readonly props?: Readonly<Record<string, string>>;
  readonly title?: string;
}

const VIEW = { k: 'view' } as const;
const event = (n: string, more: object = {}): Item => ({ k: 'event', n, ...more });

/** Sends a beacon to some of the sites. Ten seconds pass after it. */
const send = async (
  to: readonly string[],
  address: string,
  { items, path = '/', referrer, props, title }: Sent,
): Promise<void> => {
  for (const s of to) {
    const beacon = { s, u: `https://site.example${path}`, i: [...items], ...(props && { p: props }) };
    const more = { ...(referrer && { r: referrer }), ...(title && { t: title }) };
    const response = await collector.send(JSON.stringify({ ...beacon, ...more }), { address });
    expect(response.headers.get('passerby')).toBe(`counted=${items.length}`);
  }
  clock.advance(10_000);
};

/** Three people who read, buy and leave. */
const people = async (to: readonly string[]): Promise<void> => {
  for (const [n, address] of ['203.0.113.1', '203.0.113.2', '198.51.100.3'].entries()) {
    await send(to, address, { items: [VIEW], referrer: 'https://news.example/', title: 'Home' });
    if (n > 0) await send(to, address, { items: [VIEW], path: '/pricing', props: { plan: 'free' } });
    if (n > 1) await send(to, address, { items: [event('Order', { $: [10, 'EUR'] })], path: '/pricing' });
    await send(to, address, { items: [{ k: 'engage', ms: 5000, sc: 50 }] });
  }
};

/** A visit by somebody new, which only the first site has. */
let strangers = 0;
const stranger = async (...sent: readonly Sent[]): Promise<void> => {
  strangers += 1;
  for (const one of sent) await send([all], `192.0.2.${strangers}`, one);
};

const purge = async (part: object): Promise<Record<string, number>> => {
  await collector.flush();
  const query = new URLSearchParams(part as Record<string, string>);
  const shown = await (await collector.api('GET', `/api/sites/${all}/purge?${query}`)).json();
  const response = await collector.api('POST', `/api/sites/${all}/purge`, { ...part, confirm: all });
  const taken = (await response.json()) as Record<string, number>;
  expect([response.status, taken]).toEqual([200, shown]);
  return taken;
};

const COLUMNS = [
  ...['views', 'events', 'visits', 'visitors', 'bounces', 'seconds', 'engaged_ms', 'scroll'],
  ...['seen_visits', 'seen_visitors', 'moves', 'later_visitors', 'revenue'],
];
/** All numbers of a site; those that are zero are none. */
const numbers = async (domain: string): Promise<unknown[]> => {
  await collector.flush();
  const id = collector.collector.sites.find(domain)?.id ?? '';
  return collector.store.query(
    `SELECT dimension, value, day, ${COLUMNS.map((name) => `toInt64(sum(${name})) AS n_${name}`).join(', ')} FROM sums
WHERE site = {id:String} GROUP BY dimension, value, day HAVING ${COLUMNS.map((name) => `n_${name} != 0`).join(' OR ')}
ORDER BY dimension, value, day`,
    { id },
  );
};
const hits = async (domain: string): Promise<unknown[]> => {
  const id = collector.collector.sites.find(domain)?.id ?? '';
  const columns =
    'kind, page, title, prev_page, name, props, revenue, currency, step, views, events, visits, visitors, bounces, seconds';
  return collector.store.query(`SELECT ${columns} FROM hits WHERE site = {id:String} ORDER BY ts, step, kind`, { id });
};
const expectAsIfNever = async (): Promise<void> => {
  expect(await numbers(all)).toEqual(await numbers(without));
  expect(await hits(all)).toEqual(await hits(without));
};

const FORGED: readonly Sent[] = [
  { items: [VIEW], referrer: 'https://spam.example/', title: 'Home' },
  { items: [event('Spam', { $: [-1_000_000, 'EUR'] })] },
  { items: [VIEW], path: '/pricing' },
];

describe('whole visits are taken out as if they had never been', () => {
  test.each<[string, object]>([
    ['a source', { source: 'spam.example' }],
    ['a source of a day', { source: 'spam.example', from: '2040-03-02', to: '2040-03-02' }],
    ['a value', { dimension: 'visit:referrer', value: 'spam.example' }],
    ['two things that are said', { source: 'spam.example', dimension: 'visit:browser', value: 'Chrome' }],
  ])('%s', async (_, part) => {
    await people([all, without]);
    for (let i = 0; i < 3; i++) await stranger(...FORGED);
    expect(await purge(part)).toEqual({ hits: 9, logs: 0, days: 1 });
    await expectAsIfNever();
    expect(await purge(part)).toEqual({ hits: 0, logs: 0, days: 0 });
    await expectAsIfNever();
  });

  test('an hour, with the log lines of that hour', async () => {
    await people([all, without]);
    clock.advance(HOUR);
    const hour = new Date(clock.now() + HOUR).toISOString().slice(0, 13);
    for (let i = 0; i < 2; i++) await stranger(...FORGED, { items: [{ k: 'log', l: 'info', m: 'a line' }] });
    clock.advance(HOUR);
    await send([all, without], '203.0.113.9', { items: [VIEW] });
    expect(await purge({ hour })).toEqual({ hits: 6, logs: 2, days: 1 });
    await expectAsIfNever();
  });

  test('what nobody said takes nothing', async () => {
    await people([all, without]);
    for (const part of [
      { source: "' OR '' = '" },
      { event: '%' },
      { dimension: 'event:props:x', value: '' },
      { source: 'spam.example' },
    ])
      await purge({ ...part, ...('value' in part && { value: 'nothing' }) });
    await expectAsIfNever();
  });
});

describe('single hits go, and with them the visits that have no other', () => {
  test('an event with its revenue', async () => {
    await people([all, without]);
    for (let i = 0; i < 3; i++) await stranger({ items: [event('Spam', { $: [-1_000_000, 'EUR'] }), event('Spam')] });
    expect(await purge({ event: 'Spam' })).toEqual({ hits: 6, logs: 0, days: 1 });
    await expectAsIfNever();
  });

  test('a value of a property', async () => {
    await people([all, without]);
    for (let i = 0; i < 2; i++) await stranger({ items: [VIEW, { k: 'engage', ms: 1000 }], props: { plan: 'forged' } });
    expect(await purge({ dimension: 'event:props:plan', value: 'forged' })).toEqual({ hits: 2, logs: 0, days: 1 });
    await expectAsIfNever();
  });

  test.each<[string, Sent, object]>([
    ['an event', { items: [event('Test', { $: [5, 'EUR'] })] }, { event: 'Test' }],
    [
      'a view by its title',
      { items: [VIEW], title: 'Secret', path: '/between' },
      { dimension: 'event:title', value: 'Secret' },
    ],
  ])('%s between others: all but the visit itself is as if it had never been', async (_, between, part) => {
    const home = { items: [VIEW], title: 'Home' };
    const end = { items: [VIEW, event('Order', { $: [10, 'EUR'] })], path: '/end', title: 'End' };
    const person = '203.0.113.50';
    for (const sent of [home, between, end]) {
      if (sent === between) await send([all], person, between);
      else await send([all, without], person, sent);
    }
    expect(await purge(part)).toEqual({ hits: 1, logs: 0, days: 1 });
    const strip = (rows: unknown[]): unknown[] =>
      rows.map((row) => ({ ...(row as object), n_seconds: '', n_bounces: '' }));
    expect(strip(await numbers(all))).toEqual(strip(await numbers(without)));
    expect(JSON.stringify([await hits(all), await numbers(all)])).not.toMatch(/Test|Secret/);
    const ask = async (site_id: string) =>
      (
        await collector.query({
          site_id,
          metrics: ['visitors', 'visits', 'pageviews', 'events'],
          date_range: 'all',
          filters: [
            ['is', 'visit:country', ['DE']],
            ['is', 'visit:browser', ['Chrome']],
          ],
        })
      ).results;
    expect(await ask(all)).toEqual(await ask(without));
  });

  test.each<[string, readonly Sent[]]>([
    ['behind a view', [{ items: [VIEW, event('Test')] }]],
    ['first', [{ items: [event('Test')] }, { items: [VIEW] }]],
    ['between views', [{ items: [VIEW] }, { items: [event('Test')] }, { items: [VIEW] }]],
  ])('an event %s: however it is asked, the visit is the same', async (_, sent) => {
    await stranger(...sent);
    await purge({ event: 'Test' });
    const ask = async (filters: Question['filters'], metrics: Metric[]) => {
      const { results, meta } = await collector.query({
        site_id: all,
        metrics,
        date_range: 'all',
        ...(filters && { filters }),
      });
      return [meta.source, results[0]?.metrics];
    };
    const metrics: Metric[] = ['visits', 'visitors', 'pageviews', 'events', 'bounce_rate', 'visit_duration'];
    const [, kept] = await ask([], metrics);
    expect(kept?.slice(0, 4)).toEqual([1, 1, sent.filter(({ items }) => items.includes(VIEW)).length, 0]);
    const two: Question['filters'] = [
      ['is', 'visit:browser', ['Chrome']],
      ['is_not', 'visit:country', ['XX']],
    ];
    expect(await ask(two, metrics)).toEqual(['hits', kept]);
    expect(await ask([['is', 'event:hostname', ['site.example']]], metrics)).toEqual(['hits', kept]);
    await purge({ source: 'Direct' });
    expect(await numbers(all)).toEqual([]);
    expect(await hits(all)).toEqual([]);
  });

  test('the first hit of a visit: it stays a visit', async () => {
    await stranger({ items: [event('Test')] }, { items: [VIEW], path: '/after' });
    await purge({ event: 'Test' });
    const { results } = await collector.query({
      site_id: all,
      metrics: ['visits', 'visitors', 'pageviews', 'events'],
      date_range: 'all',
    });
    expect(results[0]?.metrics).toEqual([1, 1, 1, 0]);
  });
});

test('only what was named goes of days of which only totals are kept', async () => {
  await collector.api('PATCH', `/api/sites/${all}`, { hitsDays: 0 });
  await stranger(...FORGED);
  expect(await purge({ source: 'spam.example' })).toEqual({ hits: 0, logs: 0, days: 1, keptDays: 1 });
  expect(await numbers(all)).not.toContainEqual(expect.objectContaining({ dimension: 20 }));
  const { results } = await collector.query({ site_id: all, metrics: ['pageviews'], date_range: 'all' });
  expect(results[0]?.metrics).toEqual([2]);
});

test('what was begun and broken off does not go twice', async () => {
  await people([all, without]);
  await stranger(...FORGED);
  const { command } = collector.store;
  collector.store.command = (sql, params) =>
    sql.startsWith('ALTER') ? Promise.reject(new Error('away')) : command.call(collector.store, sql, params);
  await collector.flush();
  expect(
    (await collector.api('POST', `/api/sites/${all}/purge`, { source: 'spam.example', confirm: all })).status,
  ).toBe(500);
  collector.store.command = command;
  await purge({ source: 'spam.example' });
  await expectAsIfNever();
});

test.each<[string, object]>([
  ['what they are chosen by', { event: 'Spam' }],
  ['a whole visit', { source: 'spam.example' }],
])('hits that come in meanwhile are in all numbers or in none: %s', async (_, part) => {
  let isOver = false;
  let count = 0;
  const comeIn = async (): Promise<void> => {
    while (!isOver) {
      for (let i = 0; i < 5; i++) {
        const address = `203.0.${++count >> 8}.${count & 255}`;
        const referrer = 'https://spam.example/';
        await send([all], address, { items: [VIEW, event('Spam')], ...('source' in part && { referrer }) });
        clock.advance(-10_000);
      }
      await collector.flush();
    }
  };
  const coming = comeIn();
  for (let i = 0; i < 4; i++)
    expect((await collector.api('POST', `/api/sites/${all}/purge`, { ...part, confirm: all })).status).toBe(200);
  isOver = true;
  await coming;
  await purge(part);
  if ('source' in part) return expect(await numbers(all)).toEqual([]);
  // What stays is one view of each.
  const rows = (await numbers(all)) as Readonly<Record<string, string>>[];
  expect(rows.filter(({ dimension }) => Number(dimension) === 0)).toMatchObject([
    { n_views: String(count), n_events: '0', n_visits: String(count), n_visitors: String(count) },
  ]);
  expect(rows.filter((row) => Number(row.dimension) === 11 || Object.values(row).includes('-1'))).toEqual([]);
});

test('all days are those that are left, at once', async () => {
  const days = async (): Promise<unknown[]> => {
    const { results } = await collector.query({
      site_id: all,
      metrics: ['pageviews'],
      date_range: 'all',
      dimensions: ['time:day'],
    });
    return results.map(({ dimensions }) => dimensions[0]);
  };
  const first = clock.now();
  const day = (later: number): string => new Date(first + later * 24 * HOUR).toISOString().slice(0, 10);
  await send([all], '203.0.113.1', { items: [VIEW] });
  clock.advance(24 * HOUR);
  await send([all], '203.0.113.1', { items: [VIEW] });
  await collector.flush();
  expect(await days()).toEqual([day(0), day(1)]);
  await purge({ to: day(0) });
  expect(await days()).toEqual([day(1)]);
  clock.advance(-24 * HOUR);
});

test.each<[string, object]>([
  ['by their source', { source: 'spam.example' }],
  ['with their day', { from: '2040-03-02' }],
])('who is there when visits go %s begins a visit', async (_, part) => {
  await send([all], '192.0.2.200', { items: [VIEW], referrer: 'https://spam.example/' });
  await purge(part);
  await send([all, without], '192.0.2.200', { items: [VIEW], path: '/second' });
  await send([all, without], '192.0.2.200', { items: [VIEW], path: '/third' });
  await expectAsIfNever();
});

test.each([
  ['event', { event: '' }],
  ['source', { source: '' }],
  ['value', { dimension: 'event:props:plan', value: '' }],
  ['value', { dimension: 'event:currency', value: '' }],
  ['hour', { hour: '2040-03-02' }],
  ['hour', { hour: '2040-03-02T24' }],
  ['hour', { hour: '0001-01-01T00' }],
  ['hour', { hour: '2040-02-30T10' }],
  ['hour', { hour: '2040-03-25T02' }],
  ['value', { dimension: 'visit:country' }],
  ['dimension', { value: 'DE' }],
  ['dimension', { dimension: 'visit:colour', value: 'x' }],
  ['dimension', { dimension: 'visit:exit_page', value: '/' }],
  ['page', { page: '/', event: 'x' }],
  ['event', { event: 'x'.repeat(2001) }],
])('says that %s is wrong: %j', async (field, part) => {
  const response = await collector.api('POST', `/api/sites/${all}/purge`, { ...part, confirm: all });
  expect([response.status, ((await response.json()) as { error: { field: string } }).error.field]).toEqual([
    400,
    field,
  ]);
});
