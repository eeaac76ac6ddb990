import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../../packages/collector/src/engine/testing.ts';
import { ask } from '../support/ask.ts';
import { OWNER_TOKEN, startTestCollector, type TestCollector } from '../support/test-collector.ts';

const DOMAIN = 'example.com';

let engine: TestEngine;
let collector: TestCollector;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());
beforeEach(() => begin());

/** Of a collector at which nobody has looked yet, a hit waits. */
const begin = async (isShared = false): Promise<void> => {
  await collector?.collector.close();
  collector = await startTestCollector({ engine, isShared });
  await collector.api('POST', '/api/sites', { domain: DOMAIN });
  await view();
  await collector.flush();
  await engine.store.command('TRUNCATE TABLE hits');
  await view();
};

const view = async (): Promise<void> => {
  const sent = await collector.send({ s: DOMAIN, u: `https://${DOMAIN}/`, i: [{ k: 'view' }] });
  expect(sent.headers.get('passerby')).toBe('counted=1');
};

const stored = async (): Promise<number> =>
  (await engine.store.query<{ n: number }>('SELECT toUInt32(count()) AS n FROM hits'))[0]?.n ?? Number.NaN;

const question = { site_id: DOMAIN, metrics: ['pageviews'], date_range: 'day' };
const get = (path: string) => async (): Promise<unknown> => expect((await collector.api('GET', path)).status).toBe(200);
const LOOKS: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['a question', () => collector.api('POST', '/api/query', question)],
  ['several questions', () => collector.api('POST', '/api/query', { questions: [question, question] })],
  ['log records', get(`/api/logs?site_id=${DOMAIN}&view=records&date_range=day`)],
  ['all sites', get('/api/overview?date_range=7d')],
  ['visitors of now', get(`/api/sites/${DOMAIN}/now`)],
  [
    'a question in the words of Plausible',
    get(`/api/v1/stats/aggregate?site_id=${DOMAIN}&period=day&metrics=pageviews`),
  ],
];

it.each(LOOKS)('%s finds what was accepted before it', async (_, look) => {
  expect(await stored()).toBe(0);
  await look();
  // On a busy machine the answer does not wait for it to the end.
  await expect.poll(stored, { timeout: 5000 }).toBe(1);
});

it('who watches has hits stored within a second', async () => {
  const watching = ask(collector.collector.listener, `/api/sites/${DOMAIN}/live`, {
    headers: { authorization: `Bearer ${OWNER_TOKEN}` },
  });
  await expect.poll(stored).toBe(1);
  await view();
  await expect.poll(stored, { timeout: 3000 }).toBe(2);
  collector.collector.announceEnd();
  await watching;
});

it('nobody looks who watches over the collector', async () => {
  for (const path of ['/healthz', '/readyz', '/metrics', '/api/status', '/api/sites']) {
    expect((await collector.api('GET', path)).status).toBe(200);
    await collector.collector.tick();
  }
  expect(await stored()).toBe(0);
  await collector.flush();
  expect(await stored()).toBe(1);
});

it('nobody is waited for where others store too, and are looked at', async () => {
  await begin(true);
  await expect.poll(stored, { timeout: 3000 }).toBe(1);
});
