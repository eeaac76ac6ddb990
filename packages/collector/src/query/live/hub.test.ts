import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createLog } from '../../lib/logger.ts';
import { SITE } from '../testing.ts';
import { createLiveHub, type LiveHub, type LiveListener } from './hub.ts';
import type { Live } from './live.ts';

const QUIET: Live = { at: 0, visitors: 0, minutes: [], pages: [], sources: [], countries: [] };
const PING = ': ping\n\n';
const event = (visitors: number): string => `event: live\ndata: ${JSON.stringify({ ...QUIET, visitors })}\n\n`;

/** A feed with a clock, whose questions are answered one after the other with 1, 2, 3 … visitors. */
const stage = () => {
  let time = 0;
  let answer: () => Promise<Live> = async () => ({ ...QUIET, visitors: asked.length });
  const asked: string[] = [];
  const lines: string[] = [];
  const feed = createLiveHub({
    ask: ({ id }) => {
      asked.push(id);
      return answer();
    },
    now: () => time,
    log: createLog((line) => lines.push(line)),
  });
  return {
    feed,
    asked,
    lines,
    answerWith: (next: () => Promise<Live>) => {
      answer = next;
    },
    /** Seconds go by, with a tick at their end; what is asked then is answered if it can be. */
    after: async (seconds: number) => {
      time += seconds * 1000;
      feed.tick();
      await turn();
    },
  };
};

const listen = (feed: LiveHub, id = 'site', account?: string): LiveListener => feed.listen({ ...SITE, id }, account);

test('what is known comes at once, then every three seconds, changed or not', async () => {
  const { feed, after, answerWith, asked } = stage();
  const { next } = listen(feed);
  expect(await next()).toBe(event(1));
  await after(2.9);
  expect(asked).toHaveLength(1);
  await after(0.1);
  expect(await next()).toBe(event(2));
  answerWith(async () => ({ ...QUIET, visitors: 2 }));
  await after(3);
  expect(await next()).toBe(event(2));
});

test('all who watch a site share its question, and who joins has what is known', async () => {
  const { feed, after, asked } = stage();
  const first = listen(feed);
  expect(await first.next()).toBe(event(1));
  const second = listen(feed);
  expect(await second.next()).toBe(event(1));
  await after(3);
  expect([await first.next(), await second.next()]).toEqual([event(2), event(2)]);
  listen(feed, 'another');
  expect(asked).toEqual(['site', 'site', 'another']);
});

test('nobody is asked for where nobody watches', async () => {
  const { feed, after, asked } = stage();
  const { next, leave } = listen(feed);
  leave();
  await after(3);
  await after(3);
  expect(asked).toHaveLength(1);
  expect(await next()).toBeUndefined();
});

test('a slow reader has the newest, and no more than that', async () => {
  const { feed, after } = stage();
  const { next } = listen(feed);
  for (let second = 0; second < 30; second += 3) await after(3);
  expect(await next()).toBe(event(10));
});

test('a store that is slow or fails is not asked twice at once, and the line is kept', async () => {
  const { feed, after, answerWith, asked, lines } = stage();
  let fail = (_reason: Error): void => {};
  answerWith(
    () =>
      new Promise((_resolve, reject) => {
        fail = reject;
      }),
  );
  const { next } = listen(feed);
  await after(3);
  expect([await next(), asked.length]).toEqual([PING, 1]);
  for (let tries = 0; tries < 2; tries++) {
    fail(new TypeError('a secret'));
    await turn();
    expect(await next()).toBe(PING);
    await after(3);
  }
  expect(lines).toEqual([expect.stringMatching(/ warn a live view cannot be read error="TypeError"\n$/)]);
  answerWith(async () => ({ ...QUIET, visitors: 7 }));
  fail(new TypeError('a secret'));
  await turn();
  await after(3);
  expect(await next()).toBe(event(7));
  expect(lines).toHaveLength(1);
});

test('the messages end before the server would cut them off', async () => {
  const { feed, after, asked } = stage();
  const { next } = listen(feed);
  await after(30);
  const later = listen(feed);
  await after(20);
  await next();
  expect(await next()).toBeUndefined();
  const questions = asked.length;
  await after(29);
  await later.next();
  await after(1);
  expect(await later.next()).toBeUndefined();
  await after(3);
  expect(asked).toHaveLength(questions + 1);
});

test('fifty may watch a site, two hundred altogether; who leaves makes room', () => {
  const { feed } = stage();
  const full = { name: 'ApiError', status: 503 };
  const listeners = ['a', 'b', 'c'].flatMap((id) => Array.from({ length: 50 }, () => listen(feed, id)));
  expect(() => listen(feed, 'a')).toThrow(expect.objectContaining(full));
  for (let count = 0; count < 50; count++) listen(feed, `${count}`);
  expect(() => listen(feed, 'd')).toThrow(expect.objectContaining(full));
  listeners[0]?.leave();
  listeners[0]?.leave();
  listen(feed, 'a');
  expect(() => listen(feed, 'd')).toThrow(expect.objectContaining(full));
});

test('an account has ten, over all sites; who leaves, or is ended by age, may come again', async () => {
  const { feed, after } = stage();
  const listeners = ['a', 'b'].flatMap((id) => Array.from({ length: 5 }, () => listen(feed, id, 'ann')));
  const refused = expect.objectContaining({ name: 'ApiError', status: 429 });
  expect(() => listen(feed, 'c', 'ann')).toThrow(refused);
  listen(feed, 'c', 'bob');
  listeners[0]?.leave();
  listen(feed, 'c', 'ann');
  expect(() => listen(feed, 'c', 'ann')).toThrow(refused);
  await after(50);
  listen(feed, 'c', 'ann');
});

test.each([
  { what: 'a site', accounts: 5, siteOf: () => 'a', has: 8 },
  { what: 'all sites', accounts: 20, siteOf: (n: number) => `${n % 10}`, has: 9 },
])('where $what is full, who has most gives up its oldest for who has less', async ({ accounts, siteOf, has }) => {
  const { feed } = stage();
  const watching = Array.from({ length: accounts }, (_, n) =>
    Array.from({ length: 10 }, () => listen(feed, siteOf(n), `account ${n}`)),
  );
  const watchOwn = (): LiveListener => listen(feed, siteOf(0), 'owner');
  const own = watchOwn();
  const [oldest, next] = watching[0] ?? [];
  await oldest?.next();
  expect([await oldest?.next(), typeof (await next?.next()), typeof (await own.next())]).toEqual([
    undefined,
    'string',
    'string',
  ]);
  for (let count = 1; count < has; count++) watchOwn();
  expect(watchOwn).toThrow(expect.objectContaining({ name: 'ApiError', status: 503 }));
});

test('closing ends everything', async () => {
  const { feed, after, asked } = stage();
  const { next } = listen(feed);
  const waiting = listen(feed);
  await next();
  await waiting.next();
  const end = waiting.next();
  feed.close();
  expect([await next(), await end]).toEqual([undefined, undefined]);
  expect(() => listen(feed)).toThrow(expect.objectContaining({ status: 503 }));
  await after(3);
  expect(asked).toHaveLength(1);
});
