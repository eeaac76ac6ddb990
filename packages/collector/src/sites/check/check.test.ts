import type { LookupAddress } from 'node:dns';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { site as siteShape } from '../site.ts';
import { type Checked, checkPage } from './check.ts';
import { createFetchPage, type FetchPageDeps } from './fetch-page.ts';

const SITE = siteShape.parse({
  id: 'a',
  domain: 'example.com',
  name: 'Example',
  timezone: 'UTC',
  hostnames: ['*.shop.example'],
  created: '2026-03-01T00:00:00Z',
});
const PLACES = [new URL('https://stats.example.com/p.js'), new URL('https://stats.example.com/p.full.js')] as const;
const TAG = '<script defer src="https://stats.example.com/p.js" data-site="example.com"></script>';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A web server of this machine, which the names of these tests lead to. */
const serve = async (listener: RequestListener): Promise<number> => {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

type Answers = Readonly<Record<string, readonly string[]>>;

/** A world in which names have these addresses, and 127.0.0.1 is a public one. */
const world = (answers: Answers): FetchPageDeps => ({
  resolve: ((hostname: string, _: unknown, found: (error: Error | null, all: LookupAddress[]) => void) => {
    const addresses = answers[hostname];
    if (addresses === undefined) found(new Error('ENOTFOUND'), []);
    else
      found(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
  }) as FetchPageDeps['resolve'],
  isPublic: (address) => address === '127.0.0.1',
  isPort: () => true,
});

/** The check of a page whose server listens at a port of this machine: it is in the address, as 80 would be. */
const check = (answers: Answers, port: number, path = '/'): Promise<Checked> => {
  const fetchPage = createFetchPage(world(answers));
  const withPort: typeof fetchPage = (url, isOwn) => {
    url.port = String(port);
    return fetchPage(url, isOwn);
  };
  return checkPage(withPort, SITE, path, [...PLACES]);
};

const LOOPBACK: Answers = {
  'example.com': ['127.0.0.1'],
  'www.example.com': ['127.0.0.1'],
  'elsewhere.example': ['127.0.0.1'],
};

const html =
  (body: string, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);

it.each<[finding: string, body: string]>([
  ['found', `<title>Shop</title>${TAG}`],
  ['found', '<script src="https://stats.example.com/p.full.js"></script>'],
  ['no_tag', '<h1>Shop</h1>'],
  ['other_site', '<script src="https://stats.example.com/p.js" data-site="other.example"></script>'],
  ['other_collector', '<script src="https://elsewhere.example/p.js" data-site="example.com"></script>'],
])('%s', async (finding, body) => {
  const port = await serve(html(body));
  expect(await check(LOOPBACK, port)).toMatchObject({ finding, status: 200, csp: null });
});

it('tells which part of a policy keeps the script from working', async () => {
  const port = await serve(html(TAG, { 'content-security-policy': "default-src 'self'" }));
  expect(await check(LOOPBACK, port)).toMatchObject({ finding: 'found', csp: "default-src 'self'" });
});

describe('a script under the address of the site', () => {
  it.each<[finding: string, tag: string, script: string]>([
    ['found', '<script src="/p.js" data-site="example.com"></script>', '/*! passerby 1.2.3 | MIT */\n(()=>{})()'],
    ['found', '<script src="/stats/p.full.js"></script>', '/*! passerby 1.2.3 | MIT */'],
    ['found', '<script src="/own.js" data-site="a.example www.example.com"></script>', '/*! passerby 1.2.3 | MIT */'],
    ['other_collector', '<script src="/p.js" data-site="example.com"></script>', '/*! somebody else'],
    ['no_tag', '<script src="/app.js"></script>', '/*! passerby 1.2.3 | MIT */'],
    ['no_tag', '<script src="/p.js"></script>', '<h1>Not found</h1>'],
    ['no_tag', '<script src="/p.js" data-site="other.example"></script>', '/*! passerby 1.2.3 | MIT */'],
    ['no_tag', '<script src="https://elsewhere.example/p.js"></script>', '/*! passerby 1.2.3 | MIT */'],
  ])('%s: %s', async (finding, tag, script) => {
    const asked: (string | undefined)[] = [];
    const port = await serve((request, response) => {
      asked.push(request.url);
      (request.url === '/' ? html(tag) : html(script))(request, response);
    });
    expect(await check(LOOPBACK, port)).toMatchObject({ finding, status: 200 });
    expect(asked.length).toBeLessThanOrEqual(2);
  });

  it('is what a policy has to let in', async () => {
    const script: RequestListener = (_, response) => response.end('/*! passerby 1.2.3 | MIT */');
    const page = html('<script src="/p.js"></script>', { 'content-security-policy': "default-src 'self'" });
    const port = await serve((request, response) => (request.url === '/' ? page : script)(request, response));
    expect(await check(LOOPBACK, port)).toMatchObject({ finding: 'found', csp: null });
  });
});

it('follows the site to its own hosts', async () => {
  const port = await serve((request, response) =>
    request.headers.host?.startsWith('www.')
      ? html(TAG)(request, response)
      : response.writeHead(301, { location: `http://www.example.com:${port}${request.url}` }).end(),
  );
  const { finding, url } = await check(LOOPBACK, port, '/pricing');
  expect({ finding, url }).toEqual({ finding: 'found', url: `http://www.example.com:${port}/pricing` });
});

it.each<[finding: string, where: (port: number) => string]>([
  ['redirected_away', (port) => `http://elsewhere.example:${port}/`],
  ['redirected_away', (port) => `http://127.0.0.1:${port}/`],
  ['redirected_away', () => 'file:///etc/passwd'],
  ['redirected_away', (port) => `http://example.com:${port}/again`],
])('%s: %s', async (finding, where) => {
  const asked: (string | undefined)[] = [];
  const port = await serve((request, response) => {
    asked.push(request.headers.host);
    response.writeHead(302, { location: where(port) }).end();
  });
  expect(await check(LOOPBACK, port)).toMatchObject({ finding, status: null });
  expect(asked.every((host) => host === `example.com:${port}`)).toBe(true);
  expect(asked.length).toBeLessThanOrEqual(4);
});

it.each<[what: string, addresses: readonly string[]]>([
  ['a private address', ['10.0.0.1']],
  ['the address of a cloud', ['169.254.169.254']],
  ['private addresses of both kinds', ['192.168.0.1', 'fd00::1']],
])('a name that leads to %s is not asked', async (_, addresses) => {
  let asked = 0;
  const port = await serve((_request, response) => {
    asked++;
    response.end();
  });
  expect((await check({ 'example.com': addresses }, port)).finding).toBe('forbidden_address');
  expect(asked).toBe(0);
});

it('of several addresses only the public one is connected to', async () => {
  const port = await serve(html(TAG));
  expect((await check({ 'example.com': ['10.0.0.1', '127.0.0.1'] }, port)).finding).toBe('found');
});

it('other ports than those of the web are not asked in the real world', async () => {
  const real = createFetchPage();
  expect(await real(new URL('http://example.com:22/'), () => true)).toBe('forbidden_address');
  expect(await real(new URL('http://127.0.0.1/'), () => true)).toBe('forbidden_address');
  expect(await real(new URL('http://[::1]/'), () => true)).toBe('forbidden_address');
});

it.each<[finding: string, listener: RequestListener]>([
  ['not_html', (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{}')],
  ['too_large', html('x'.repeat(1024 * 1024 + 1))],
  ['unreachable', (request) => request.destroy()],
])('%s', async (finding, listener) => {
  expect((await check(LOOPBACK, await serve(listener))).finding).toBe(finding);
});

it('a name that nobody has is unreachable', async () => {
  expect((await check({}, 1)).finding).toBe('unreachable');
});
