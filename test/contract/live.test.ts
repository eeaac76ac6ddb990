import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Live } from '../../packages/collector/src/query/live/live.ts';
import { type Listening, listen } from '../../packages/collector/src/server/listen.ts';
import { createClock } from '../support/clock.ts';
import { startFront } from '../support/front.ts';
import { OWNER_TOKEN, startTestCollector, type TestCollector } from '../support/test-collector.ts';
import { until } from '../support/until.ts';

const SITE = 'example.com';
const OWNER = { authorization: `Bearer ${OWNER_TOKEN}` };

const clock = createClock(Date.parse('2036-05-06T12:00:00Z'));
let collector: TestCollector;
let listening: Listening;
const address = (): string => `http://127.0.0.1:${(listening.server.address() as AddressInfo).port}`;

beforeAll(async () => {
  collector = await startTestCollector({ now: clock.now });
  await collector.api('POST', '/api/sites', { domain: SITE });
  listening = await listen({ port: 0, host: '127.0.0.1', maxConnections: 100, isProxy: () => true });
  listening.serve(collector.collector.listener);
});
afterEach(() => until('all have left', 5000, () => listening.load().requests === 0));
afterAll(async () => {
  listening.server.closeAllConnections();
  listening.server.close();
  await collector.stop();
});

/** One who watches. */
interface Watcher {
  readonly response: Response;
  /** The next message; undefined: the stream has ended. */
  next(): Promise<string | undefined>;
  leave(): Promise<void>;
}

const watch = async (headers: Record<string, string> = OWNER, at = address()): Promise<Watcher> => {
  const response = await fetch(`${at}/api/sites/${SITE}/live`, { headers });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const messages = messagesOf(async () => (await reader?.read())?.value);
  return {
    response,
    next: async () => (await messages.next()).value,
    leave: async () => reader?.cancel(),
  };
};

/** Puts together what came in pieces: each message ends with an empty line. */
async function* messagesOf(read: () => Promise<string | undefined>): AsyncGenerator<string, undefined> {
  let rest = '';
  for (let piece = await read(); piece !== undefined; piece = await read()) {
    const parts = (rest + piece).split('\n\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}

const later = async (seconds: number): Promise<void> => {
  clock.advance(seconds * 1000);
  await collector.collector.tick();
};

/** What the stream says once it says this; the rest of it has been read. */
const heard = async ({ next }: Watcher, what: (live: Live) => boolean): Promise<Live> => {
  for (let text = await next(); text !== undefined; text = await next()) {
    const [, json] = /^event: live\ndata: (.*)$/.exec(text) ?? [];
    if (json !== undefined && what(JSON.parse(json))) return JSON.parse(json);
  }
  throw new Error('the stream has ended');
};

test('what happens is told as it happens', async () => {
  const watcher = await watch();
  const { status, headers } = watcher.response;
  expect([status, ...['content-type', 'cache-control', 'x-accel-buffering'].map((name) => headers.get(name))]).toEqual([
    200,
    'text/event-stream',
    'no-store',
    'no',
  ]);
  expect(await watcher.next()).toBe('retry: 1000');
  await heard(watcher, ({ visitors }) => visitors === 0);
  await collector.send({ s: SITE, u: `https://${SITE}/pricing`, i: [{ k: 'view' }] });
  await collector.flush();
  await later(3);
  expect(await heard(watcher, ({ visitors }) => visitors === 1)).toMatchObject({
    at: clock.now() / 1000,
    pages: [{ value: '/pricing', visitors: 1 }],
  });
  await watcher.leave();
});

test('a proxy passes it on at once, and need not tell who has left', async () => {
  const front = await startFront(address(), '203.0.113.7');
  const watcher = await watch(OWNER, front.url);
  await heard(watcher, () => true);
  await watcher.leave();
  await later(50);
  await until('the stream has ended', 5000, () => listening.load().requests === 0);
  await front.stop();
});

test('it ends within a minute, and can be asked for again', async () => {
  const watcher = await watch();
  await heard(watcher, () => true);
  await later(50);
  await expect(heard(watcher, () => false)).rejects.toThrow('ended');
  const again = await watch();
  await heard(again, () => true);
  await again.leave();
});

test('who asks for its headers takes no place', async () => {
  const asked = Array.from({ length: 51 }, () =>
    collector.request(`/api/sites/${SITE}/live`, { method: 'HEAD', headers: OWNER }),
  );
  for (const { status, headers } of await Promise.all(asked))
    expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  const watcher = await watch();
  await heard(watcher, () => true);
  await watcher.leave();
});

test('it ends for whom it is closed', async () => {
  const { id, token } = (await (await collector.api('POST', '/api/tokens', { name: 'screen' })).json()) as {
    id: string;
    token: string;
  };
  const watcher = await watch({ authorization: `Bearer ${token}` });
  await heard(watcher, () => true);
  await collector.api('DELETE', `/api/tokens/${id}`);
  await later(3);
  await expect(heard(watcher, () => false)).rejects.toThrow('ended');
});

test('it ends when the collector does', async () => {
  const watcher = await watch();
  await heard(watcher, () => true);
  collector.collector.announceEnd();
  await expect(heard(watcher, () => false)).rejects.toThrow('ended');
  const refused = await watch();
  expect([refused.response.status, refused.response.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await refused.response.headers.get('content-type')).toContain('application/json');
  await refused.leave();
});
