import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LIMITS, type Limits, type Listening, listen } from '../../packages/collector/src/server/listen.ts';
import { drip, open, say, type Wire } from './wire.ts';

/** The product's limits, but for what would take a test too long. */
const SMALL: Limits = {
  ...LIMITS,
  headersMs: 300,
  requestMs: 1200,
  exchangeMs: 3000,
  checkMs: 50,
  idleMs: 300,
  requestsPerConnection: 5,
  ahead: 4,
  requests: 8,
  share: 1 / 2,
};
const MOST_CONNECTIONS = 16;
/** Node closes a connection a second after `idleMs`, so that a request and the closing do not cross. */
const IDLE_SLACK_MS = 1000;

const GET = 'GET /quick HTTP/1.1\r\nHost: x\r\n\r\n';
const LAST = 'GET /quick HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
const HOLD = 'GET /hold HTTP/1.1\r\nHost: x\r\n\r\n';
const POST = 'POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n';
/** More than the buffers of both ends hold. */
const BIG = Buffer.alloc(32 * 1024 * 1024, 'x');

const statuses = (answer: string): string[] =>
  [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status = '']) => status);
const times = (count: number, make: () => Wire): Wire[] => Array.from({ length: count }, make);

describe('the limits of the server', () => {
  let listening: Listening;
  let url: string;
  /** All clients count as proxies, which have no share. */
  let trusted: boolean;
  /** Answers that wait to be let go. */
  let held: ServerResponse[];
  const wires: Wire[] = [];
  const dial = (text = ''): Wire => {
    const wire = open(url);
    wires.push(wire);
    if (text !== '') wire.socket.write(text);
    return wire;
  };
  const load = () => listening.load();
  const poll = (what: () => unknown) => expect.poll(what, { timeout: 5000, interval: 20 });
  const elapsed = async (waiting: Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await waiting;
    return performance.now() - began;
  };

  const answerers: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
    '/quick': (_request, response) => response.end('quick\n'),
    '/hold': (_request, response) => held.push(response),
    '/big': (_request, response) => response.end(BIG),
    '/body': (request, response) => request.resume().on('end', () => response.writeHead(202).end()),
  };

  beforeEach(async () => {
    [trusted, held] = [false, []];
    listening = await listen({
      port: 0,
      host: '127.0.0.1',
      maxConnections: MOST_CONNECTIONS,
      isProxy: () => trusted,
      limits: SMALL,
    });
    listening.serve((request, response) => answerers[request.url ?? '']?.(request, response));
    url = `http://127.0.0.1:${(listening.server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    for (const { socket } of wires.splice(0)) socket.destroy();
    await poll(load).toMatchObject({ connections: 0, requests: 0 });
    await new Promise((resolve) => listening.server.close(resolve));
  });

  test('until there is a listener, everybody is told to come back', async () => {
    const early = await listen({ port: 0, host: '127.0.0.1', maxConnections: 1, isProxy: () => false });
    const answer = await say(`http://127.0.0.1:${(early.server.address() as AddressInfo).port}`, GET);
    expect(statuses(answer)).toEqual(['503']);
    expect(answer).toMatch(/^retry-after: 5\r$/im);
    await new Promise((resolve) => early.server.close(resolve));
  });

  describe('slow clients are cut off', () => {
    test.each<[string, () => Promise<string>, number, string[]]>([
      ['who say nothing', () => dial().closed, SMALL.headersMs, ['408']],
      [
        'whose headers never end',
        () => drip(url, endless('GET / HTTP/1.1\r\nHost: x\r\n', 'a: b\r\n'), 20),
        SMALL.headersMs,
        ['408'],
      ],
      ['who stop in the middle of a header', () => dial('GET / HTTP/1.1\r\nHos').closed, SMALL.headersMs, ['408']],
      ['whose body never ends', () => drip(url, endless(POST, 'x'), 20), SMALL.requestMs, ['408']],
      ['whose body never comes', () => dial(POST).closed, SMALL.requestMs, ['408']],
      [
        'whose chunks never end',
        () => drip(url, endless(POST.replace('Content-Length: 100', 'Transfer-Encoding: chunked'), '1\r\nx\r\n'), 20),
        SMALL.requestMs,
        ['408'],
      ],
      ['who begin another request and stop', () => dial(`${GET}GET /`).closed, SMALL.headersMs, ['200', '408']],
      ['who keep a connection for nothing', () => dial(GET).closed, SMALL.idleMs + IDLE_SLACK_MS, ['200']],
    ])('%s', async (_name, client, afterMs, answered) => {
      let answer = '';
      const took = await elapsed(
        client().then((text) => {
          answer = text;
        }),
      );
      expect(statuses(answer)).toEqual(answered);
      expect(took).toBeGreaterThan(afterMs * 0.9);
      expect(took).toBeLessThan(afterMs < SMALL.requestMs ? SMALL.requestMs : SMALL.exchangeMs);
    });

    test('who do not read their answers', async () => {
      const wire = dial();
      wire.socket.pause();
      wire.socket.write('GET /big HTTP/1.1\r\nHost: x\r\n\r\n');
      await poll(load).toMatchObject({ requests: 1 });
      await poll(load).toMatchObject({ connections: 0, requests: 0 });
    });

    test('who read them byte by byte', async () => {
      const wire = dial();
      wire.socket.pause();
      wire.socket.write('GET /big HTTP/1.1\r\nHost: x\r\n\r\n');
      await poll(load).toMatchObject({ requests: 1 });
      const sips = setInterval(() => wire.socket.read(1), 20);
      await poll(load).toMatchObject({ connections: 0, requests: 0 });
      clearInterval(sips);
    });
  });

  describe('one client', () => {
    test('may send some requests ahead, and is answered in order', async () => {
      expect(statuses(await say(url, GET + POST + 'x'.repeat(100) + LAST))).toEqual(['200', '202', '200']);
    });

    test('that sends many ahead is cut off, and all of it forgotten', async () => {
      const wire = dial(HOLD.repeat(1000));
      expect(await wire.closed).toBe('');
      expect(held).toHaveLength(SMALL.ahead);
      expect(load()).toMatchObject({ connections: 0, requests: 0 });
    });

    test('that leaves with requests under way has none under way', async () => {
      const wire = dial(HOLD.repeat(SMALL.ahead));
      await poll(load).toMatchObject({ requests: SMALL.ahead });
      wire.socket.resetAndDestroy();
      await poll(load).toMatchObject({ requests: 0 });
      for (const response of held) response.end('late');
      expect(load()).toMatchObject({ requests: 0 });
    });

    test('that leaves in the middle of an upload has none under way', async () => {
      const wires = times(4, () => dial(`${POST}half`));
      await poll(load).toMatchObject({ requests: 4 });
      for (const { socket } of wires) socket.resetAndDestroy();
      await poll(load).toMatchObject({ requests: 0 });
    });

    test('is told at its last request on a connection that it was the last', async () => {
      const wire = dial();
      for (let sent = 1; sent <= SMALL.requestsPerConnection; sent++) {
        wire.socket.write(GET);
        await poll(() => statuses(wire.answer())).toHaveLength(sent);
      }
      const answers = (await wire.closed).split(/^(?=HTTP)/m);
      expect(answers.map((answer) => /^connection: close\r$/im.test(answer))).toEqual([
        false,
        false,
        false,
        false,
        true,
      ]);
    });

    test('has half of the connections at most, unless it is a proxy', async () => {
      times(MOST_CONNECTIONS / 2, () => dial('GET / HTTP/1.1\r\n'));
      await poll(load).toMatchObject({ connections: MOST_CONNECTIONS / 2 });
      expect(await dial(GET).closed).toBe('');
      expect(load().turnedAway).toBe(1);
      trusted = true;
      expect(statuses(await say(url, LAST))).toEqual(['200']);
    });

    test('has its half again when it has left', async () => {
      for (let n = 0; n < MOST_CONNECTIONS; n++) expect(statuses(await say(url, LAST))).toEqual(['200']);
      expect(load().turnedAway).toBe(0);
    });

    test('has half of the requests under way at most, unless it is a proxy', async () => {
      times(SMALL.requests / 2, () => dial(HOLD));
      await poll(load).toMatchObject({ requests: SMALL.requests / 2 });
      expect(statuses(await say(url, LAST))).toEqual(['503']);
      trusted = true;
      expect(statuses(await say(url, LAST))).toEqual(['200']);
    });
  });

  describe('all clients together', () => {
    beforeEach(() => {
      trusted = true;
    });

    test('have so many connections; the next is closed, until one leaves', async () => {
      const [first] = times(MOST_CONNECTIONS, () => dial('GET / HTTP/1.1\r\n'));
      await poll(load).toMatchObject({ connections: MOST_CONNECTIONS });
      expect(await dial(GET).closed).toBe('');
      expect(load()).toMatchObject({ connections: MOST_CONNECTIONS, turnedAway: 1 });
      first?.socket.destroy();
      await poll(load).toMatchObject({ connections: MOST_CONNECTIONS - 1 });
      expect(statuses(await say(url, LAST))).toEqual(['200']);
    });

    test('connections that wait for nothing make room for new ones', async () => {
      const waiting = times(MOST_CONNECTIONS - 2, () => dial(GET));
      for (const wire of waiting) await poll(() => statuses(wire.answer())).toEqual(['200']);
      const busy = dial('GET / HTTP/1.1\r\n');
      await Promise.all(waiting.map(({ closed }) => closed));
      await poll(load).toMatchObject({ connections: 1, turnedAway: 0 });
      busy.socket.destroy();
    });

    test('have so many requests under way; the next is told to come back', async () => {
      times(SMALL.requests, () => dial(HOLD));
      await poll(load).toMatchObject({ requests: SMALL.requests });
      const [head = '', body = ''] = (await dial(POST).closed).split('\r\n\r\n');
      expect(statuses(head)).toEqual(['503']);
      expect(head).toMatch(/^retry-after: 5\r?$/im);
      expect(head).toMatch(/^connection: close\r?$/im);
      expect(head).toMatch(/^access-control-allow-origin: \*\r?$/im);
      expect(body).toContain('{"error":{"code":"busy","field":"request","message":"too many at once');
      held.pop()?.end();
      await poll(load).toMatchObject({ requests: SMALL.requests - 1 });
      expect(statuses(await say(url, LAST))).toEqual(['200']);
    });
  });

  describe('headers', () => {
    const withHeaders = (count: number): string =>
      `GET /quick HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${'a: b\r\n'.repeat(count - 2)}\r\n`;

    test('have a number', async () => {
      expect(statuses(await say(url, withHeaders(SMALL.headers)))).toEqual(['200']);
      expect(statuses(await say(url, withHeaders(SMALL.headers + 1)))).toEqual(['431']);
      expect(statuses(await say(url, withHeaders(3000)))).toEqual(['431']);
    });

    test('have a length', async () => {
      const long = (length: number) =>
        `GET /quick HTTP/1.1\r\nHost: x\r\nConnection: close\r\na: ${'b'.repeat(length)}\r\n\r\n`;
      expect(statuses(await say(url, long(SMALL.headerBytes - 100)))).toEqual(['200']);
      expect(statuses(await say(url, long(SMALL.headerBytes)))).toEqual(['431']);
      expect(statuses(await say(url, `GET /${'b'.repeat(SMALL.headerBytes)} HTTP/1.1\r\n\r\n`))).toEqual(['431']);
    });
  });

  test('the system’s own count as turned away, and end nothing', async () => {
    listening.server.emit('error', Object.assign(new Error('accept'), { code: 'ENFILE' }));
    expect(load().turnedAway).toBe(1);
    expect(statuses(await dial(LAST).closed)).toEqual(['200']);
  });
});

function* endless(first: string, then: string): Generator<string> {
  yield first;
  for (;;) yield then;
}
