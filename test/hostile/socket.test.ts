import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIMITS } from '../../packages/collector/src/server/listen.ts';
import { REAL_AGENT } from '../support/agent.ts';
import { type CollectorProcess, startCollectorProcess } from '../support/collector-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { open, say, sayAndLeave } from './wire.ts';

const GOOD = JSON.stringify({ s: 'example.com', u: 'https://example.com/', i: [{ k: 'view' }] });
/** Stands in all that is said; no answer may repeat it. */
const MARK = 'mark-7f3a';
const LINES = `Host: x\r\nUser-Agent: ${REAL_AGENT}\r\nX-Mark: ${MARK}\r\nContent-Type: text/plain\r\n`;
const POST = `POST /in HTTP/1.1\r\n${LINES}`;
const WHOLE = `${POST}Content-Length: ${GOOD.length}\r\n\r\n${GOOD}`;
const LAST = WHOLE.replace('\r\n', '\r\nConnection: close\r\n');
const CHUNKED = `${POST}Transfer-Encoding: chunked\r\n\r\n`;
const get = (target: string, more = ''): string =>
  `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${more}\r\n`;
const SMUGGLED = `GET /healthz HTTP/1.1\r\nHost: x\r\nX-Mark: ${MARK}\r\n\r\n`;

/** What is said on a new connection, and how its first line may be answered; empty: not at all. */
const SAID: readonly [string, string | Buffer, RegExp][] = [
  ['nothing', '', /^$/],
  ['no HTTP', `hello ${MARK}\r\n\r\n`, /^HTTP\/1.1 400/],
  ['bytes', Buffer.from([0, 255, 22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]), /^HTTP\/1.1 400/],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /^HTTP\/1.1 400/],
  ['a method of its own', `BREW /in HTTP/1.1\r\n${LINES}\r\n`, /^HTTP\/1.1 400/],
  ['another version', `POST /in HTTP/3.7\r\n${LINES}\r\n`, /^HTTP\/1.1 400/],
  ['lines that end otherwise', `POST /in HTTP/1.1\n${LINES.replaceAll('\r', '')}\n`, /^HTTP\/1.1 400/],
  ['no host', 'POST /in HTTP/1.1\r\nContent-Length: 0\r\n\r\n', /^HTTP\/1.1 400/],
  ['a host that is none', `GET /healthz HTTP/1.1\r\nHost: [::1]]:x y\r\nConnection: close\r\n\r\n`, /^HTTP\/1.1 400/],
  ['two hosts', get('/api/status', 'Host: y\r\n'), /^HTTP\/1.1 400/],
  ['one host twice', get('/api/status', 'hOST: x\r\n'), /^HTTP\/1.1 400/],
  ['two hosts and a beacon', LAST.replace('\r\n', '\r\nHost: y\r\n'), /^HTTP\/1.1 400/],
  ['two hosts and a whole address', get('http://x/healthz', 'Host: x\r\n'), /^HTTP\/1.1 400/],
  ...[
    '',
    '%',
    'x y',
    'x/y',
    'user@x',
    'x?',
    'x#',
    'x\\y',
    '[::1',
    '[::1]x',
    '::1',
    'x:y',
    'x:70000',
    '1.2.3.256',
    'a..b%',
    'http://x',
    'x\ty',
  ].flatMap((host) =>
    ['/api/status', 'http://x/api/status', '/in', '/healthz'].map((target): [string, string, RegExp] => [
      `host ${JSON.stringify(host)} and ${target}`,
      get(target).replace('Host: x', `Host: ${host}`),
      /^HTTP\/1.1 400/,
    ]),
  ),
  ['headers of 100 KB', `POST /in HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(100_000)}\r\n\r\n`, /^HTTP\/1.1 431/],
  ['an address of 100 KB', `GET /${MARK}${'x'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, /^HTTP\/1.1 431/],
  ['3,000 headers', get('/healthz', 'a:b\r\n'.repeat(3000)), /^HTTP\/1.1 431/],
  ['101 headers', get('/healthz', 'a:b\r\n'.repeat(99)), /^HTTP\/1.1 431/],
  ['a header without a name', `POST /in HTTP/1.1\r\n${LINES}: x\r\n\r\n`, /^HTTP\/1.1 400/],
  ['a header with a space before its colon', `${POST}Content-Length : 5\r\n\r\nhello`, /^HTTP\/1.1 400/],
  ['a header on two lines', `${POST}X-Folded: a\r\n b\r\n\r\n`, /^HTTP\/1.1 400/],
  ['a NUL in a header', `${POST}X-Nul: \0\r\n\r\n`, /^HTTP\/1.1 400/],
  ['a length that is none', `${POST}Content-Length: banana\r\n\r\n`, /^HTTP\/1.1 400/],
  ['a length below zero', `${POST}Content-Length: -5\r\n\r\n`, /^HTTP\/1.1 400/],
  ['two lengths', `${POST}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`, /^HTTP\/1.1 400/],
  ['a length twice', `${POST}Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello`, /^HTTP\/1.1 400/],
  ['a length and chunks', `${POST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, /^HTTP\/1.1 400/],
  ['chunks and a length', `${POST}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`, /^HTTP\/1.1 400/],
  ['an encoding that is none', `${POST}Transfer-Encoding: xchunked\r\n\r\n${SMUGGLED}`, /^HTTP\/1.1 400/],
  [
    'chunks within another encoding',
    `${POST}Transfer-Encoding: chunked, identity\r\n\r\n${SMUGGLED}`,
    /^HTTP\/1.1 400/,
  ],
  ['a length of a terabyte', `${POST}Content-Length: 1099511627776\r\n\r\n${GOOD}`, /^HTTP\/1.1 413/],
  [
    'another type and a terabyte',
    `${POST.replace('text/plain', 'text/html')}Content-Length: 1099511627776\r\n\r\n`,
    /^HTTP\/1.1 415/,
  ],
  ['chunks that are none', `${CHUNKED}zz\r\nhello\r\n`, /^(?:HTTP\/1.1 400|$)/],
  ['chunks without an end', `${CHUNKED}5\r\nhello\r\n`, /^(?:HTTP\/1.1 400|$)/],
  ['chunks beyond all measure', `${CHUNKED}${`1000\r\n${'x'.repeat(4096)}\r\n`.repeat(40)}0\r\n\r\n`, /^HTTP\/1.1 413/],
  [
    'extensions of chunks beyond all measure',
    `${CHUNKED}5;x=${'y'.repeat(20_000)}\r\nhello\r\n0\r\n\r\n`,
    /^HTTP\/1.1 413/,
  ],
  ['trailers beyond all measure', `${CHUNKED}0\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, /^HTTP\/1.1 431/],
  ['half a body', `${POST}Content-Length: ${GOOD.length}\r\n\r\n${GOOD.slice(0, 20)}`, /^(?:HTTP\/1.1 400|$)/],
  ['a tunnel', `CONNECT evil.example:443 HTTP/1.1\r\n${LINES}\r\n`, /^$/],
  ['an upgrade', `GET /in HTTP/1.1\r\n${LINES}Connection: upgrade\r\nUpgrade: websocket\r\n\r\n`, /^HTTP\/1.1 405/],
  ['an upgrade to HTTP/2', get('/healthz', 'Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n'), /^HTTP\/1.1 200/],
  ['an expectation', `${POST}Expect: banana\r\nContent-Length: 0\r\n\r\n`, /^HTTP\/1.1 417/],
  ['a trace', `TRACE / HTTP/1.1\r\n${LINES}\r\n`, /^HTTP\/1.1 404/],
];

/** Request targets, and how they may be answered to somebody who asks for a page. */
const TARGETS: readonly [string, RegExp][] = [
  ['http://evil.example/healthz', /^HTTP\/1.1 200/],
  ['http://evil.example/in', /^HTTP\/1.1 405/],
  ['http://[::1', /^HTTP\/1.1 400/],
  ['ftp://x/in', /^HTTP\/1.1 405/],
  ['*', /^HTTP\/1.1 400/],
  ['in', /^HTTP\/1.1 400/],
  ['//evil.example', /^HTTP\/1.1 404/],
  ['//evil.example/%2e%2e', /^HTTP\/1.1 404/],
  ['/\\evil.example', /^HTTP\/1.1 400/],
  ['/in?x=1', /^HTTP\/1.1 405/],
  ['/in/', /^HTTP\/1.1 200/],
  ['/in/../metrics', /^HTTP\/1.1 401/],
  ['/%2e%2e/api/sites', /^HTTP\/1.1 401/],
  ['/api/%2e%2e/metrics', /^HTTP\/1.1 401/],
  ['/api//sites', /^HTTP\/1.1 401/],
  ['/api/sites?x=%00&x=%zz&__proto__=1', /^HTTP\/1.1 401/],
  ['/p.js?%', /^HTTP\/1.1 200/],
  ['/\0', /^HTTP\/1.1 400/],
  ['/ü', /^HTTP\/1.1 400/],
  [`/${'a'.repeat(10_000)}`, /^HTTP\/1.1 200/],
  [`/api/status?${'&a='.repeat(3000)}`, /^HTTP\/1.1 200/],
];

/** What would tell of the inside: a stack, a path, a statement. */
const INSIDE = /\n\s+at |node:|\.[jt]s:\d|\/(?:home|root|work|app|tmp)\/|SELECT /;

describe('whatever comes over the wire', () => {
  const folder = temporaryFolder();
  let collector: CollectorProcess;
  const visits = async (): Promise<number> => {
    const question = { site_id: 'example.com', metrics: ['pageviews'], date_range: 'day' } as const;
    return (await collector.query(question)).results[0]?.metrics[0] ?? 0;
  };
  const storedSoon = (count: number): Promise<void> =>
    expect.poll(visits, { timeout: 10_000, interval: 200 }).toBe(count);

  beforeAll(async () => {
    collector = await startCollectorProcess(folder.path);
    await collector.api('POST', '/api/sites', { domain: 'example.com' });
  });
  afterAll(async () => {
    expect(await collector.end()).toBe(0);
    folder.remove();
  });

  test.each(SAID)('%s', async (_name, text, answer) => {
    const told = await sayAndLeave(collector.url, text);
    expect(told.split('\r\n')[0]).toMatch(answer);
    expect(told).not.toContain(MARK);
    expect(told).not.toMatch(INSIDE);
    expect(told.match(/^HTTP/gm)?.length ?? 0).toBeLessThan(2);
  });

  test.each(TARGETS)('GET %j', async (target, answer) => {
    const told = await say(collector.url, get(target, 'Accept: text/html\r\n'));
    expect(told.split('\r\n')[0]).toMatch(answer);
    expect(told).not.toMatch(/^location:/im);
  });

  test.each(['x', 'X.example:8080', '127.0.0.1:4321', '[::1]:80', 'my_host', 'xn--bcher-kva.example'])(
    'host %j is one',
    async (host) => {
      const told = await say(collector.url, get('/api/status').replace('Host: x', `Host: ${host}`));
      expect(told).toMatch(/^HTTP\/1.1 200/);
      expect(told).toContain(`"src":"http://${host.toLowerCase()}/p.js"`.replace(':80/', '/'));
    },
  );

  test('a whole address says the host, whatever else does', async () => {
    expect(await say(collector.url, get('http://stats.example/api/status'))).toContain('"http://stats.example/p.js"');
  });

  test.each([
    ['is too long', POST, '413'],
    ['has another type', POST.replace('text/plain', 'text/html'), '415'],
  ])('a body that %s is not read on: the connection ends', async (_what, head, status) => {
    const began = performance.now();
    const told = await say(collector.url, `${head}Content-Length: 100000000\r\n\r\n${'x'.repeat(1000)}`);
    expect(told).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(performance.now() - began).toBeLessThan(LIMITS.requestMs / 2);
  });

  test('beacons one after the other on one connection are counted, each once', async () => {
    const answers = (await say(collector.url, WHOLE + WHOLE + LAST)).match(/^HTTP\/1.1 202/gm);
    expect(answers).toHaveLength(3);
    await storedSoon(3);
  });

  test('a beacon in chunks, one to a whole address, one that waits to be asked for its body', async () => {
    const whole = LAST.replace('/in', `${collector.url}/in?x=1`);
    const chunked = LAST.replace(
      /Content-Length.*$/s,
      `Transfer-Encoding: chunked\r\n\r\n${GOOD.length.toString(16)}\r\n${GOOD}\r\n0\r\n\r\n`,
    );
    for (const text of [chunked, whole]) expect(await say(collector.url, text)).toMatch(/^HTTP\/1.1 202/);
    const { socket, answer, closed } = open(collector.url);
    socket.write(LAST.replace('\r\n', '\r\nExpect: 100-continue\r\n').slice(0, -GOOD.length));
    await expect.poll(answer).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    socket.write(GOOD);
    expect(await closed).toMatch(/\r\n\r\nHTTP\/1.1 202/);
    await storedSoon(6);
  });

  test('clients that say nothing, or everything slowly, keep nobody waiting', async () => {
    const slow = Array.from({ length: 200 }, () => open(collector.url));
    for (const [index, { socket }] of slow.entries()) socket.write(WHOLE.slice(0, index));
    const began = performance.now();
    expect(await say(collector.url, LAST)).toMatch(/^HTTP\/1.1 202/);
    expect(performance.now() - began).toBeLessThan(2000);
    await storedSoon(7);
    for (const { socket } of slow) socket.destroy();
  });

  test('clients that go away in the middle are not counted', async () => {
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => {
        const { socket, closed } = open(collector.url);
        socket.write(WHOLE.slice(0, WHOLE.length - 1 - (index % 50)), () => socket.resetAndDestroy());
        return closed;
      }),
    );
    expect(await say(collector.url, LAST)).toMatch(/^HTTP\/1.1 202/);
    await storedSoon(8);
  });

  test('the collector is well, and has complained of nothing', async () => {
    expect((await fetch(`${collector.url}/readyz`)).status).toBe(200);
    expect(collector.process.exitCode).toBeNull();
    expect(collector.output().stderr).toBe('');
  });
});
