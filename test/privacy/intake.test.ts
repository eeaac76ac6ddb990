import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FileSystem, realFileSystem } from '../../packages/collector/src/ingest/spool/file-system.ts';
import { VisitorKeys } from '../../packages/collector/src/privacy/keys.ts';
import { ask } from '../support/ask.ts';
import { createClock } from '../support/clock.ts';
import { countRows } from '../support/rows.ts';
import { allOf, createSearch, type Finding, formsOf } from '../support/search.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';
import { dumpOf, filesUnder, type Written } from '../support/written.ts';
import { needlesOf, PEOPLE } from './people.ts';
import { type Ask, sendEverything, TYPED } from './traffic.ts';

const DAY = 86_400_000;
const LIMIT = 200;

/** Everything that the collector has written or said so far. */
const writtenBy = async (collector: TestCollector, answered: string): Promise<Written[]> => [
  ...(await dumpOf(collector.store)),
  ...filesUnder(collector.dataDir),
  ...filesUnder(scratchDirOf(collector)),
  { where: 'its spool', content: Buffer.concat(spooled) },
  { where: 'its log', content: collector.logged() },
  { where: 'its answers', content: answered },
];

/** Where the engine has what lives no longer than its process. */
const scratchDirOf = ({ dataDir }: TestCollector): string =>
  (JSON.parse(readFileSync(join(dataDir, 'engine.json'), 'utf8')) as { scratchDir: string }).scratchDir;

/** Everything that goes through the spool, which deletes it soon. */
const spooled: Buffer[] = [];
const recordingFiles: FileSystem = {
  ...realFileSystem,
  create: async (path) => {
    const file = await realFileSystem.create(path);
    return {
      ...file,
      write(bytes, position) {
        spooled.push(Buffer.from(bytes));
        return file.write(bytes, position);
      },
    };
  },
};

/** Addresses of marked people at the other end of the connection, with no proxy between. */
const DIRECTLY = ['81.2.69.177', '::ffff:81.2.69.179', '2a02:8108:5eed:77::1234:abcd'];

const from =
  (collector: TestCollector, remoteAddress: string): Ask =>
  async (path, init) =>
    ask(collector.collector.listener, path, init, remoteAddress);

/** The store fails, and its words quote people. */
const whileTheStoreComplains = async (collector: TestCollector): Promise<string> => {
  const { store } = collector;
  const { insert, query } = store;
  const words = PEOPLE.map(({ agent, forwardedFor }) => `${agent} ${forwardedFor}`).join();
  store.query = () => Promise.reject(new Error(words));
  store.insert = (batch) => {
    store.insert = insert;
    return insert(batch).then(() => Promise.reject(new Error(words)));
  };
  await collector.send({ s: 'example.com', u: 'https://example.com/', i: [{ k: 'view' }] });
  await collector.flush();
  const asked = { site_id: 'example.com', metrics: ['visits'], date_range: 'all' };
  const answer = await collector.api('POST', '/api/query', asked);
  store.query = query;
  expect(answer.status).toBeGreaterThanOrEqual(500);
  expect(collector.logged()).toMatch(/a segment is not stored yet.*a request failed/s);
  return answer.text();
};

/** What the owner can ask for, as text. */
const ownersView = async (collector: TestCollector): Promise<string> => {
  const question = {
    site_id: 'example.com',
    metrics: ['visits'],
    date_range: 'all',
    dimensions: ['event:page', 'visit:source'],
  };
  const answers = await Promise.all([
    collector.api('GET', '/metrics'),
    collector.api('GET', '/api/sites'),
    collector.api('GET', '/api/status'),
    collector.api('POST', '/api/query', question),
    collector.api('GET', '/api/logs?site_id=example.com&view=problems&date_range=all'),
    collector.api('GET', '/api/logs?site_id=example.com&view=records&date_range=all&limit=200'),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  return (await Promise.all(answers.map((answer) => answer.text()))).join('\n');
};

describe('a collector that was sent everything by marked people over four days', () => {
  const clock = createClock(Date.parse('2040-03-02T12:00:00Z'));
  /** The keys that were drawn, and the buffers they were drawn into. */
  const drawn: Buffer[] = [];
  const buffers: Buffer[] = [];
  const keys = new VisitorKeys(clock.now(), (bytes) => {
    bytes.fill(Buffer.from(`key ${drawn.length} that the test has given; `));
    drawn.push(Buffer.from(bytes));
    buffers.push(bytes);
  });
  let collector: TestCollector;
  let written: Written[];
  const search = (): ((where: string, content: string | Buffer) => Finding[]) =>
    createSearch(needlesOf(['example.com', collector.collector.sites.find('example.com')?.id ?? ''], drawn));

  beforeAll(async () => {
    collector = await startTestCollector({
      now: clock.now,
      keys,
      files: recordingFiles,
      settings: { clientLimit: LIMIT },
    });
    await collector.api('POST', '/api/sites', { domain: 'example.com', timezone: 'Europe/Berlin' });
    let answered = '';
    for (const way of [collector.request, ...DIRECTLY.map((address) => from(collector, address))]) {
      answered += await sendEverything(way, LIMIT);
      await collector.flush();
      clock.advance(DAY);
      collector.collector.tick();
    }
    answered += await ownersView(collector);
    answered += await whileTheStoreComplains(collector);
    written = await writtenBy(collector, answered);
  });
  afterAll(() => collector.stop());

  test('has stored what they did', async () => {
    expect(await countRows(collector.store, 'hits')).toBeGreaterThan(100);
    expect(await countRows(collector.store, 'logs')).toBeGreaterThan(10);
    expect(Buffer.concat(spooled).length).toBeGreaterThan(50_000);
    expect(written.find(({ where }) => where === 'its answers')?.content).toMatch(
      / 202 .* 400 .* 404 .* 405 .* 413 .* 415 .* 429 /s,
    );
  });

  test('has written no address, no agent, no key, and no hash of any', () => {
    const find = search();
    expect(written.flatMap(({ where, content }) => find(where, content))).toEqual([]);
  });

  test('has written no secret that they typed', () => {
    const find = createSearch(allOf(Object.entries(TYPED).map(([name, secret]) => formsOf(secret, name))));
    expect(written.flatMap(({ where, content }) => find(where, content))).toEqual([]);
  });

  test('would be found out if it had', async () => {
    const [{ agent }] = PEOPLE;
    const site = collector.collector.sites.find('example.com')?.id ?? '';
    const message = `${site.length}:${site}11:81.2.69.177${agent.length}:${agent}`;
    const [, key = ''] = drawn;
    const visit = createHmac('sha256', key).update(message).digest().readBigUInt64BE().toString();
    await collector.store.command('INSERT INTO hits (site, visit) SELECT {site:String}, {visit:UInt64}', {
      site,
      visit,
    });
    const find = search();
    const found = (await dumpOf(collector.store)).flatMap(({ where, content }) => find(where, content));
    expect(new Set(found.map(({ what }) => what))).toEqual(new Set([`${message} hashed by the key`]));
  });

  test('drew a key a day, and has overwritten the first ones', () => {
    expect(drawn).toHaveLength(5);
    for (const [index, key] of drawn.slice(0, 3).entries())
      for (const buffer of buffers) expect(buffer.equals(key), `key ${index}`).toBe(false);
    keys.destroy();
    for (const buffer of buffers) expect(buffer.every((byte) => byte === 0)).toBe(true);
  });
});
