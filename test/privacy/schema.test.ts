import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClock, createRandom } from '../support/clock.ts';
import { type Client, startTestCollector, type TestCollector } from '../support/test-collector.ts';

/** Every column of every table. Whoever adds one says here that it derives from no person and ties no days together. */
const COLUMNS = {
  config: ['kind', 'id', 'version', 'body', 'deleted'],
  hits: [
    ...[
      'site',
      'ts',
      'day',
      'hour',
      'visit',
      'step',
      'kind',
      'hostname',
      'page',
      'title',
      'prev_page',
      'name',
      'props',
    ],
    ...['fingerprint', 'entry_page', 'source', 'channel', 'referrer', 'utm_source', 'utm_medium', 'utm_campaign'],
    ...['utm_content', 'utm_term', 'browser', 'browser_version', 'os', 'os_version', 'device', 'screen', 'language'],
    ...[
      'country',
      'first_visit',
      'views',
      'events',
      'visits',
      'visitors',
      'bounces',
      'seconds',
      'engaged_ms',
      'scroll',
    ],
    ...[
      'keep_until',
      'region',
      'city',
      'revenue',
      'currency',
      'via',
      'hit_hour',
      'visitor',
      'earlier_ms',
      'earlier_scroll',
    ],
  ],
  logs: [
    ...['site', 'ts', 'day', 'kind', 'severity', 'message', 'fingerprint', 'stack', 'hostname', 'page', 'browser'],
    ...['browser_version', 'os', 'device', 'release', 'attributes', 'keep_until'],
  ],
  migrations: ['version', 'applied'],
  sums: [
    ...[
      'site',
      'dimension',
      'value',
      'day',
      'views',
      'events',
      'visits',
      'visitors',
      'bounces',
      'seconds',
      'engaged_ms',
    ],
    ...['scroll', 'seen_visits', 'seen_visitors', 'moves', 'later_visitors', 'revenue'],
  ],
};

/** What all rows of a visit, and rows of visits on other days, may have in common: classes with many members each. */
const CLASSES = [
  ...[
    'site',
    'step',
    'kind',
    'hostname',
    'page',
    'title',
    'entry_page',
    'source',
    'channel',
    'browser',
    'browser_version',
  ],
  ...[
    'os',
    'os_version',
    'device',
    'screen',
    'language',
    'country',
    'first_visit',
    'views',
    'visits',
    'visitors',
    'bounces',
  ],
];

const DAY = 86_400_000;
const EMPTY: unknown[] = ['', 0, '0', '{}'];

describe('what is stored', () => {
  const clock = createClock(Date.parse('2040-03-02T10:00:00Z'));
  let chance = createRandom(7);
  let collector: TestCollector;
  /** Rows of a visit with one view by this client. */
  const visitOf = async (client: Client): Promise<Record<string, unknown>> => {
    await collector.send(
      { s: 'example.com', u: 'https://example.com/', t: 'Home', w: 'l', i: [{ k: 'view' }] },
      client,
    );
    await collector.flush();
    const [row] = await collector.store.query<Record<string, unknown>>('SELECT * FROM hits');
    await collector.store.command('TRUNCATE TABLE hits');
    return row ?? {};
  };

  beforeAll(async () => {
    collector = await startTestCollector({ now: clock.now, random: () => chance() });
    await collector.api('POST', '/api/sites', { domain: 'example.com' });
  });
  afterAll(() => collector.stop());

  test('are these columns and no others', async () => {
    const stored = await collector.store.query<{ table: string; columns: string[] }>(
      `SELECT table, groupArray(name) AS columns FROM (
        SELECT table, name FROM system.columns WHERE database = currentDatabase() ORDER BY table, position
      ) WHERE table IN (SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree')
      GROUP BY table`,
    );
    // On a cluster a shard's own tables are called so.
    const names = stored.map(({ table, columns }) => [table.replace(/_local$/, ''), columns]);
    expect(Object.fromEntries(names)).toEqual(COLUMNS);
  });

  test('has nothing of the same person on two days in common but classes', async () => {
    const person = { address: '203.0.113.5', headers: { 'accept-language': 'de' } };
    const monday = await visitOf(person);
    clock.advance(DAY + 1000);
    const tuesday = await visitOf(person);
    const common = Object.keys(monday).filter(
      (column) => monday[column] === tuesday[column] && !EMPTY.includes(monday[column]),
    );
    expect(common.filter((column) => JSON.stringify(monday[column]) !== '{}').sort()).toEqual([...CLASSES].sort());
  });

  test('numbers visits by the second and by chance alone: whoever they are, the same chance gives the same number', async () => {
    chance = () => 0.25;
    const one = await visitOf({ address: '203.0.113.6' });
    const other = await visitOf({
      address: '2a02:8108::1',
      agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0',
    });
    expect(one.visit).toBe(other.visit);
    expect(one.browser).not.toBe(other.browser);
    const number = BigInt(String(one.visit));
    expect(number >> 22n).toBe(BigInt(Math.floor(clock.now() / 1000)));
  });
});

describe('the numbers of visits', () => {
  let collector: TestCollector;
  beforeAll(async () => {
    collector = await startTestCollector({ now: createClock(Date.parse('2040-03-02T10:00:00Z')).now });
    await collector.api('POST', '/api/sites', { domain: 'example.com' });
  });
  afterAll(() => collector.stop());

  test('differ when chance does, in one second of one site', async () => {
    for (let i = 0; i < 200; i++)
      await collector.send(
        { s: 'example.com', u: 'https://example.com/', i: [{ k: 'view' }] },
        { address: `10.9.8.${i}` },
      );
    await collector.flush();
    const [row] = await collector.store.query<{ visits: number }>(
      'SELECT toUInt32(uniqExact(visit)) AS visits FROM hits',
    );
    // Of 200 numbers of 22 bits two are the same in one run of two hundred, three hardly ever.
    expect(row?.visits).toBeGreaterThanOrEqual(199);
  });
});
