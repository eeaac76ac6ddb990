import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestEngine } from '../../packages/collector/src/engine/testing.ts';
import type { Question } from '../../packages/collector/src/query/stats/query.ts';
import type { Store } from '../../packages/collector/src/store/store.ts';
import { StoreError } from '../../packages/collector/src/store/store-error.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';
import { until } from '../support/until.ts';

const PATIENCE_MS = 20_000;

/** A statement that the store works on until the test says otherwise. */
interface Held {
  readonly signal: AbortSignal | undefined;
  fail(error: Error): void;
  release(): void;
}

/** Statements about this site's hits are held; what others ask is answered by the engine. */
const HELD = 'held.example';
const held: Held[] = [];
let isHolding = true;

let collector: TestCollector;
let server: Server;
let heldId: string;
const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const tokens: Record<'greedy' | 'other', string> = { greedy: '', other: '' };

beforeAll(async () => {
  const engine = await startTestEngine();
  const query: Store['query'] = (sql, params, options) => {
    const isHeld = isHolding && heldId !== undefined && Object.values(params ?? {}).includes(heldId);
    if (!isHeld || !sql.includes('FROM hits')) return engine.store.query(sql, params, options);
    return new Promise((resolve, reject) => {
      options?.signal?.throwIfAborted();
      const fail = (error: Error): void => reject(error);
      options?.signal?.addEventListener('abort', () => fail(new StoreError('gone', 'unknown', null, '')));
      held.push({ signal: options?.signal, fail, release: () => resolve([]) });
    });
  };
  const now = Date.now();
  collector = await startTestCollector({ now: () => now, engine: { ...engine, store: { ...engine.store, query } } });
  for (const domain of [HELD, 'other.example']) await collector.api('POST', '/api/sites', { domain });
  heldId = collector.collector.sites.find(HELD)?.id ?? '';
  for (const name of ['greedy', 'other'] as const) {
    const made = await collector.api('POST', '/api/tokens', { name, scope: 'read', sites: null });
    tokens[name] = ((await made.json()) as { token: string }).token;
  }
  server = createServer(collector.collector.listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  isHolding = true;
  held.length = 0;
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await collector?.stop();
});

let count = 0;
/** A question of two statements about hits, unlike any other. */
const question = (): Question => ({
  site_id: HELD,
  metrics: ['pageviews'],
  date_range: '7d',
  dimensions: ['event:page'],
  filters: [['is', 'visit:country', [`X${count++}`]]],
  include: { total_rows: true, comparisons: { mode: 'previous_period' } },
});

const post = (token: string, body: Question, signal?: AbortSignal): Promise<Response> =>
  fetch(`${address()}/api/query`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });

const heldAre = (statements: number): Promise<void> =>
  until(`${statements} statements are held`, PATIENCE_MS, () => held.length === statements);
const alive = (): Held[] => held.filter(({ signal }) => signal?.aborted !== true);

test('who goes leaves nothing behind', async () => {
  const gone = new AbortController();
  const asked = Array.from({ length: 10 }, () => post(tokens.greedy, question(), gone.signal).catch(() => undefined));
  await heldAre(2);
  gone.abort();
  await Promise.all(asked);
  await until('the store is left alone', PATIENCE_MS, () => alive().length === 0);
  isHolding = false;
  expect((await post(tokens.greedy, question())).status).toBe(200);
});

test('of who sends many questions ahead on one connection and goes, what waits never begins', async () => {
  const warnings: string[] = [];
  const note = ({ message }: Error): void => void warnings.push(message);
  process.on('warning', note);
  const body = JSON.stringify(question());
  const head = `POST /api/query HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${tokens.greedy}\r\ncontent-type: application/json`;
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(`${head}\r\ncontent-length: ${body.length}\r\n\r\n${body}`.repeat(16));
  await heldAre(2);
  socket.destroy();
  await until('the store is left alone', PATIENCE_MS, () => alive().length === 0);
  process.off('warning', note);
  expect(held).toHaveLength(2);
  expect(warnings).toEqual([]);
});

test('one who asks 150 times at once is told to wait, and keeps nobody else waiting', async () => {
  const gone = new AbortController();
  const asked = Array.from({ length: 150 }, () => post(tokens.greedy, question(), gone.signal));
  const refused: Response[] = [];
  for (const answer of asked)
    answer.then(
      (response) => refused.push(response),
      () => undefined,
    );
  await until('most are refused', PATIENCE_MS, () => refused.length >= 110);
  expect(new Set(refused.map(({ status, headers }) => `${status} ${Number(headers.get('retry-after')) > 0}`))).toEqual(
    new Set(['429 true']),
  );
  expect(alive()).toHaveLength(2);
  const other: Question = { site_id: 'other.example', metrics: ['pageviews'], date_range: '28d' };
  expect((await post(tokens.other, other)).status).toBe(200);
  expect((await collector.api('PATCH', '/api/sites/other.example', { name: 'Other' })).status).toBe(200);
  // Another's question about the very same site has the place that is left.
  const same = post(tokens.other, question(), gone.signal).catch(() => undefined);
  await heldAre(3);
  gone.abort();
  await Promise.allSettled([...asked, same]);
  await until('the store is left alone', PATIENCE_MS, () => alive().length === 0);
});

test('equal questions are asked once', async () => {
  const answering = setInterval(() => {
    for (const { release } of alive()) release();
  }, 5);
  expect((await post(tokens.greedy, question())).status).toBe(200);
  const ofOne = held.splice(0).length;
  expect(ofOne).toBeGreaterThan(0);
  const same = question();
  const answers = await Promise.all(Array.from({ length: 4 }, () => post(tokens.greedy, same)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect((await post(tokens.other, same)).status).toBe(200);
  clearInterval(answering);
  expect(held).toHaveLength(ofOne);
});

test('one who changes a site 100 times at once is told to wait, and others are not', async () => {
  const made = await collector.api('POST', '/api/tokens', { name: 'writer', scope: 'write', sites: [HELD] });
  const { token } = (await made.json()) as { token: string };
  const asked = Array.from({ length: 100 }, (_, n) =>
    fetch(`${address()}/api/sites/${HELD}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: `Name ${n}` }),
    }),
  );
  const others = collector.api('PATCH', '/api/sites/other.example', { name: 'Mine' });
  const answers = await Promise.all(asked);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(80);
  expect(refused.every(({ headers }) => Number(headers.get('retry-after')) > 0)).toBe(true);
  expect(answers.some(({ status }) => status === 200)).toBe(true);
  expect((await others).status).toBe(200);
  const again = await collector.request(`/api/sites/${HELD}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Again' }),
  });
  expect(again.status).toBe(200);
});

test('what is stored is seen at once, also by who has just asked', async () => {
  isHolding = false;
  const views = async (): Promise<unknown> =>
    (await collector.query({ site_id: 'other.example', metrics: ['pageviews'], date_range: 'day' })).results[0]
      ?.metrics;
  for (let sent = 0; sent < 3; sent++) {
    expect(await views()).toEqual([sent]);
    await collector.send({
      b: `batch-${sent}`.padEnd(16, '0'),
      s: 'other.example',
      u: 'https://other.example/',
      i: [{ k: 'view' }],
    });
    await collector.flush();
  }
  expect(await views()).toEqual([3]);
});

test.each([
  ['a time-out beside others', true, 159, '', 503],
  ['memory that all together lack', true, 241, '(total) memory limit exceeded', 503],
  ['memory that one may not take', true, 241, 'Query memory limit exceeded', 400],
  ['a time-out alone', false, 159, '', 503],
  ['a full queue', false, 202, '', 503],
])('%s', async (_what, hasOthers, code, words, status) => {
  const others = new AbortController();
  const other = hasOthers ? post(tokens.other, question(), others.signal).catch(() => undefined) : null;
  if (hasOthers) await heldAre(2);
  const asked = post(tokens.greedy, question());
  // What is too much for one statement is asked again in shares.
  const failing = setInterval(() => {
    for (const { fail } of held.slice(hasOthers ? 2 : 0)) fail(new StoreError('no', 'unknown', code, words));
  }, 5);
  const answer = await asked;
  clearInterval(failing);
  const { error } = (await answer.json()) as { error: { field: string; message: string } };
  expect([answer.status, answer.headers.has('retry-after')]).toEqual([status, status === 503]);
  expect(error.message).toMatch(status === 400 ? /choose a shorter period/ : /again in a moment/);
  others.abort();
  await other;
});
