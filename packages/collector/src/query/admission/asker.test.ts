import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Caller } from '../../accounts/caller.ts';
import { errorResponseOf } from '../../api/error-response.ts';
import { type Asker, createAskerMiddleware } from './asker.ts';

/** More than the system keeps for a connection. */
const LARGE = 'x'.repeat(12 * 1024 * 1024);

let server: Server;
let port: number;
/** Statements that were begun. */
let begun = 0;
/** Requests so far, and how many of them wait in `/later`. */
let [arrived, waiting] = [0, 0];
/** Ends the collector. */
const ending = new AbortController();
/** Ends the waiting. */
let go: () => void = () => undefined;
beforeAll(async () => {
  const turn = new Promise<void>((resolve) => {
    go = resolve;
  });
  const app = new Hono<{ Variables: { caller: Caller; asker: Asker } }>()
    .use(async (c, next) => {
      arrived += 1;
      const { token, owner = '' } = c.req.query();
      if (token === undefined) c.set('caller', { kind: 'account', account: { id: owner }, roles: {} } as Caller);
      else c.set('caller', { kind: 'token', id: token, owner, roles: {} });
      await next();
    })
    .use(createAskerMiddleware(ending.signal))
    .get('/now', (c) => c.json({ text: LARGE }))
    .get('/later', async (c) => {
      c.var.asker.asks?.(Number(c.req.query('questions') ?? 1));
      waiting += 1;
      await Promise.race([turn, new Promise((resolve) => c.var.asker.signal.addEventListener('abort', resolve))]);
      waiting -= 1;
      c.var.asker.expectRead?.();
      begun += 1;
      return c.json({});
    });
  app.get('/until-the-end', async (c) => {
    waiting += 1;
    await new Promise((_, reject) =>
      c.var.asker.signal.addEventListener('abort', () => reject(c.var.asker.signal.reason)),
    );
    return c.json({});
  });
  app.onError((error, c) => c.json({}, errorResponseOf(error).status));
  server = createServer(getRequestListener(app.fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const status = async (path: string): Promise<number> => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`);
  await answer.arrayBuffer();
  return answer.status;
};

/** Asks and reads no more than the first bytes. */
const askUnread = (path: string): Promise<Socket> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`));
    socket.once('data', () => {
      socket.pause();
      resolve(socket);
    });
  });

test.each([
  ['six tabs of an account ask at once', '/later?owner=ann', 90, 0],
  ['and more is refused', '/later?owner=ann', 150, 50],
  ['as of a token', '/later?token=t&owner=ben', 90, 50],
  ['or of a token that asks ten in each request', '/later?token=t&owner=ben&questions=10', 6, 2],
  ['also by the one that asks most', '/later?token=t&owner=ben&questions=40', 2, 1],
])('%s', async (_, path, count, refused) => {
  const gone = new AbortController();
  let isRefused = 0;
  const asked = Array.from({ length: count }, async () => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { signal: gone.signal });
    if (answer.status === 429) isRefused += 1;
  });
  const ended = Promise.allSettled(asked);
  while (arrived < count) await sleep(5);
  await sleep(50);
  gone.abort();
  await ended;
  while (waiting > 0) await sleep(5);
  arrived = 0;
  expect(isRefused).toBe(refused);
});

test('who does not read answers is given no more of them, and what waits for its turn is not begun', async () => {
  for (let read = 0; read < 4; read++) expect(await status('/now?token=a&owner=ann')).toBe(200);
  begun = 0;
  const later = status('/later?token=b&owner=ann');
  const unread = [await askUnread('/now?token=a&owner=ann')];
  while (unread.length < 8 && (await status('/now?token=c&owner=ann')) === 200)
    unread.push(await askUnread('/now?token=a&owner=ann'));
  expect(unread.length).toBeLessThan(8);
  go();
  expect([await later, begun]).toEqual([429, 0]);
  expect(await status('/now?token=d&owner=ben')).toBe(200);
  for (const socket of unread) socket.destroy();
  while ((await status('/later?token=b&owner=ann')) === 429) await sleep(10);
  expect(begun).toBe(1);
});

test('when the collector ends, questions under way and those that come are refused, and not cut off', async () => {
  const before = waiting;
  const asked = Array.from({ length: 3 }, () => status('/until-the-end?owner=dan'));
  await expect.poll(() => waiting).toBe(before + 3);
  ending.abort();
  expect(await Promise.all(asked)).toEqual([503, 503, 503]);
  expect(await status('/now?owner=dan')).toBe(503);
});
