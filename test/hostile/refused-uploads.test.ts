import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDispatch } from '../../packages/collector/src/server/dispatch.ts';
import { type Listening, listen } from '../../packages/collector/src/server/listen.ts';
import { MAX_BODY_BYTES } from '../../packages/collector/src/server/request-body.ts';
import { type Endpoint, refuseUnread } from '../../packages/collector/src/server/respond.ts';
import { open } from './wire.ts';

const POST = (path: string): string => `POST ${path} HTTP/1.1\r\nHost: x\r\n`;
const HEAD = POST('/in');
/** The last thing that is asked on a connection. */
const LAST = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
const KB = 1024;
const PIECE = 16 * KB;

/** A head that announces so many bytes, and them. */
const announced = (bytes: number, head = HEAD): string => `${head}Content-Length: ${bytes}\r\n\r\n${'x'.repeat(bytes)}`;
/** The same in chunks. */
const chunked = (bytes: number, head = HEAD): string => {
  const chunk = `${PIECE.toString(16)}\r\n${'x'.repeat(PIECE)}\r\n`;
  return `${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(bytes / PIECE)}0\r\n\r\n`;
};
const many = (headers: number): string => `${HEAD}${'a: b\r\n'.repeat(headers)}`;

describe('what is refused before it was read', () => {
  let listening: Listening;
  let url: string;
  /** The server's ends of the connections. */
  const ends: Socket[] = [];

  beforeAll(async () => {
    listening = await listen({ port: 0, host: '127.0.0.1', maxConnections: 16, isProxy: () => true });
    listening.server.on('connection', (socket) => ends.push(socket));
    const app = new Hono()
      .get('/', (c) => c.text('yes'))
      .post('/refused', (c) => c.text('no', 401))
      .post('/read', bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (c) => c.text('no', 413) }), (c) => c.text('yes'));
    const intake: Endpoint = async (request, response) => refuseUnread(request, response, 413, 'body', 'is too long');
    listening.serve(createDispatch(new Map([['/in', intake]]), app, () => {}));
    url = `http://127.0.0.1:${(listening.server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => listening.server.close(resolve)));

  /** Sends all of it, piece by piece, before it looks for an answer: as a proxy does that passes on what it gets. */
  const upload = async (text: string): Promise<{ error: Error | undefined; answer: string }> => {
    const wire = open(url);
    let error: Error | undefined;
    wire.socket.on('error', (failed) => {
      error = failed;
    });
    wire.socket.pause();
    await once(wire.socket, 'connect');
    for (let at = 0; at < text.length && error === undefined; at += PIECE) {
      await new Promise((resolve) => wire.socket.write(text.slice(at, at + PIECE), resolve));
      await nextTurn();
    }
    wire.socket.resume();
    return { answer: await wire.closed, error };
  };

  test.each<[string, string, number]>([
    ['nothing', announced(0), 413],
    ['a byte', announced(1), 413],
    ['70 kB', announced(70_000), 413],
    ['a megabyte', announced(1_000_000), 413],
    ['70 kB in chunks', chunked(80 * KB), 413],
    ['a megabyte in chunks', chunked(1008 * KB), 413],
    ['too many headers before 70 kB', announced(70_000, many(100)), 431],
    ['too many headers before a megabyte', announced(1_000_000, many(100)), 431],
    ['70 kB for a route that reads', announced(70_000, POST('/read')), 413],
    ['a megabyte for a route that reads', announced(1_000_000, POST('/read')), 413],
    ['70 kB in chunks for a route that reads', chunked(80 * KB, POST('/read')), 413],
    ['a megabyte in chunks for a route that reads', chunked(1008 * KB, POST('/read')), 413],
    ['a byte for a route that does not read', announced(1, POST('/refused')), 401],
    ['60 kB for a route that does not read', announced(60_000, POST('/refused')), 401],
    ['a megabyte for a route that does not read', announced(1_000_000, POST('/refused')), 401],
    ['a megabyte in chunks for a route that does not read', chunked(1008 * KB, POST('/refused')), 401],
    ['a megabyte for no route', announced(1_000_000, POST('/nowhere')), 404],
    ['two hosts before 70 kB', announced(70_000, `${HEAD}Host: y\r\n`), 400],
    ['two hosts before a megabyte', announced(1_000_000, `${HEAD}Host: y\r\n`), 400],
  ])('%s: the answer arrives, and nothing is reset', async (_what, text, status) => {
    const { answer, error } = await upload(text + LAST);
    expect(error).toBeUndefined();
    const statuses = [...answer.matchAll(/HTTP\/1.1 (\d+)/g)].map(([, said]) => Number(said));
    // Where the whole body was read first, the connection stays.
    expect(statuses).toEqual(
      /^connection: close\r$/im.test(answer.split('\r\n\r\n')[0] ?? '') ? [status] : [status, 200],
    );
  });

  test.each([
    ['says too much', announced(16 * KB * KB)],
    ['says too much to a route that reads', announced(16 * KB * KB, POST('/read'))],
    ['never says all of it', `${HEAD}Content-Length: 70000\r\n\r\nxxx`],
    ['says it in chunks without an end', chunked(16 * KB * KB).slice(0, -5)],
  ])('who %s is cut off', async (_who, text) => {
    const wire = open(url);
    wire.socket.write(text);
    expect(await wire.closed).toMatch(/^HTTP\/1.1 413 /);
    expect(ends.at(-1)?.bytesRead).toBeLessThan(4 * KB * KB);
    await expect.poll(() => listening.load()).toMatchObject({ connections: 0, requests: 0 });
  });

  test('what was asked before it on the connection is answered first', async () => {
    const { answer, error } = await upload(`GET / HTTP/1.1\r\nHost: x\r\n\r\n${announced(70_000)}`);
    expect(error).toBeUndefined();
    expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 413']);
  });
});
