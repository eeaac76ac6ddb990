import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REAL_AGENT } from '../support/browser.ts';
import { type Collector, startCollector, temporaryFolder } from '../support/collector.ts';

const GOOD = JSON.stringify({ s: 'example.com', u: 'https://example.com/', i: [{ k: 'view' }] });
const LINES = `Host: x\r\nUser-Agent: ${REAL_AGENT}\r\nContent-Type: text/plain\r\n`;
const POST = `POST /in HTTP/1.1\r\n${LINES}`;
const WHOLE = `${POST}Content-Length: ${GOOD.length}\r\n\r\n${GOOD}`;
const CHUNKED = `${POST}Transfer-Encoding: chunked\r\n\r\n`;

/** What is said on a new connection, and how its first line may be answered; empty: not at all. */
const SAID: readonly [string, string | Buffer, RegExp][] = [
  ['nothing', '', /^$/],
  ['no HTTP', 'hello\r\n\r\n', /^HTTP\/1.1 400/],
  ['bytes', Buffer.from([0, 255, 22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]), /^HTTP\/1.1 400/],
  ['a method of its own', `BREW /in HTTP/1.1\r\n${LINES}\r\n`, /^HTTP\/1.1 400/],
  ['another version', `POST /in HTTP/3.7\r\n${LINES}\r\n`, /^HTTP\/1.1 400/],
  ['no host', 'POST /in HTTP/1.1\r\nContent-Length: 0\r\n\r\n', /^HTTP\/1.1 400/],
  [
    'a host that is none',
    `GET /healthz HTTP/1.1\r\nHost: [::1]]:x y\r\nConnection: close\r\n\r\n`,
    /^HTTP\/1.1 (?:200|400)/,
  ],
  [
    'a target that is none',
    'GET http://[::1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    /^HTTP\/1.1 (?:400|404)/,
  ],
  [
    'a target of another host',
    'GET http://evil.example/healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    /^HTTP\/1.1 (?:200|400|404)/,
  ],
  ['headers of 100 KB', `POST /in HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(100_000)}\r\n\r\n`, /^HTTP\/1.1 431/],
  ['an address of 100 KB', `GET /${'x'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, /^HTTP\/1.1 (?:414|431)/],
  [
    '3,000 headers',
    `GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${'a:b\r\n'.repeat(3000)}\r\n`,
    /^HTTP\/1.1 (?:200|431)/,
  ],
  ['a header without a name', `POST /in HTTP/1.1\r\n${LINES}: x\r\n\r\n`, /^HTTP\/1.1 400/],
  ['a length that is none', `${POST}Content-Length: banana\r\n\r\n`, /^HTTP\/1.1 400/],
  ['a length below zero', `${POST}Content-Length: -5\r\n\r\n`, /^HTTP\/1.1 400/],
  ['two lengths', `${POST}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`, /^HTTP\/1.1 400/],
  ['a length and chunks', `${POST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, /^HTTP\/1.1 400/],
  ['a length of a terabyte', `${POST}Content-Length: 1099511627776\r\n\r\n${GOOD}`, /^HTTP\/1.1 413/],
  ['chunks that are none', `${CHUNKED}zz\r\nhello\r\n`, /^(?:HTTP\/1.1 400|$)/],
  ['chunks without an end', `${CHUNKED}5\r\nhello\r\n`, /^(?:HTTP\/1.1 400|$)/],
  ['chunks beyond all measure', `${CHUNKED}${`1000\r\n${'x'.repeat(4096)}\r\n`.repeat(40)}0\r\n\r\n`, /^HTTP\/1.1 413/],
  ['half a body', `${POST}Content-Length: ${GOOD.length}\r\n\r\n${GOOD.slice(0, 20)}`, /^(?:HTTP\/1.1 400|$)/],
  [
    'an upgrade',
    `GET /in HTTP/1.1\r\n${LINES}Connection: upgrade\r\nUpgrade: websocket\r\n\r\n`,
    /^(?:HTTP\/1.1 4\d\d|$)/,
  ],
  ['an expectation', `${POST}Expect: banana\r\nContent-Length: 0\r\n\r\n`, /^HTTP\/1.1 4\d\d/],
];

const open = (url: string): Socket => connect(Number(new URL(url).port), '127.0.0.1');

/** Says something, closes this side, and waits for the other to close. */
const say = (url: string, text: string | Buffer): Promise<string> =>
  new Promise((resolve) => {
    let answer = '';
    const socket = open(url);
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    // A reset is an answer too.
    socket.on('error', () => resolve(answer));
    socket.on('close', () => resolve(answer));
    socket.end(text);
  });

describe('whatever comes over the wire', () => {
  const folder = temporaryFolder();
  let collector: Collector;
  const visits = async (): Promise<number> => {
    const question = { site_id: 'example.com', metrics: ['pageviews'], date_range: 'day' } as const;
    return (await collector.query(question)).results[0]?.metrics[0] ?? 0;
  };
  const storedSoon = (count: number): Promise<void> =>
    expect.poll(visits, { timeout: 10_000, interval: 200 }).toBe(count);

  beforeAll(async () => {
    collector = await startCollector(folder.path);
    await collector.api('POST', '/api/sites', { domain: 'example.com' });
  });
  afterAll(async () => {
    expect(await collector.end()).toBe(0);
    folder.remove();
  });

  test.each(SAID)('%s', async (_name, text, answer) => {
    const [first = ''] = (await say(collector.url, text)).split('\r\n');
    expect(first).toMatch(answer);
  });

  test('beacons one after the other on one connection are counted, each once', async () => {
    const last = WHOLE.replace('\r\n', '\r\nConnection: close\r\n');
    const answers = (await say(collector.url, WHOLE + WHOLE + last)).match(/^HTTP\/1.1 202/gm);
    expect(answers).toHaveLength(3);
    await storedSoon(3);
  });

  test('clients that say nothing, or everything slowly, keep nobody waiting', async () => {
    const slow = Array.from({ length: 200 }, () => open(collector.url));
    for (const [index, socket] of slow.entries()) {
      socket.on('error', () => {});
      socket.write(WHOLE.slice(0, index));
    }
    const began = performance.now();
    expect(await say(collector.url, WHOLE)).toMatch(/^HTTP\/1.1 202/);
    expect(performance.now() - began).toBeLessThan(2000);
    await storedSoon(4);
    for (const socket of slow) socket.destroy();
  });

  test('clients that go away in the middle are not counted', async () => {
    await Promise.all(
      Array.from(
        { length: 100 },
        (_, index) =>
          new Promise<void>((resolve) => {
            const socket = open(collector.url);
            socket.on('error', () => resolve());
            socket.on('close', () => resolve());
            socket.write(WHOLE.slice(0, WHOLE.length - 1 - (index % 50)), () => socket.resetAndDestroy());
          }),
      ),
    );
    expect(await say(collector.url, WHOLE)).toMatch(/^HTTP\/1.1 202/);
    await storedSoon(5);
  });

  test('the collector is well, and has complained of nothing', async () => {
    expect((await fetch(`${collector.url}/readyz`)).status).toBe(200);
    expect(collector.process.exitCode).toBeNull();
    expect(collector.output().stderr).toBe('');
  });
});
