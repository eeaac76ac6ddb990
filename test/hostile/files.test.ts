import { mkdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Listening, listen } from '../../packages/collector/src/server/listen.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';
import { say } from './wire.ts';

const SECRET = 'what nobody may read';
const INSIDE = 'what everybody may read';
const PAGE = 'the dashboard';

/** Ways to write "the folder above". */
const ABOVE = [
  '../',
  '..%2f',
  '..%2F',
  '%2e%2e/',
  '%2e%2e%2f',
  '.%2e/',
  '%252e%252e%252f',
  '%25252e%25252e%25252f',
  '..\\',
  '..%5c',
  '%2e%2e%5c',
  '..%255c',
  '%c0%ae%c0%ae/',
  '%c0%ae%c0%ae%c0%af',
  '%u002e%u002e/',
  '..;/',
  '....//',
  '..//',
  './../',
  '/../',
  '..%00/',
  '%00../',
];
const FROM = ['/', '/demo/', '/demo/app/', '/demo/sub/', '/assets/', '/assets/sub/', '/api/../', '/p.js/'];
const ENDS = ['secret.txt', 'secret.txt%00.html', 'secret.txt/', 'secret.txt?x', 'secret.txt%23'];

describe('the folders that are served', () => {
  const folder = temporaryFolder();
  let collector: TestCollector;
  let listening: Listening;
  let url: string;
  const get = (target: string): Promise<string> =>
    say(url, `GET ${target} HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nConnection: close\r\n\r\n`);

  beforeAll(async () => {
    const inside = join(folder.path, 'inside');
    mkdirSync(join(inside, 'assets', 'sub'), { recursive: true });
    mkdirSync(join(inside, 'sub'));
    mkdirSync(join(inside, 'app'));
    writeFileSync(join(folder.path, 'secret.txt'), SECRET);
    for (const path of ['file.txt', 'sub/file.txt', 'assets/file.txt', 'assets/sub/file.txt', 'app/index.html'])
      writeFileSync(join(inside, path), INSIDE);
    writeFileSync(join(inside, 'index.html'), PAGE);
    writeFileSync(join(inside, 'file.txt.br'), 'br');
    writeFileSync(join(inside, 'file.txt.gz'), 'gzip');
    collector = await startTestCollector({
      settings: { folders: { script: inside, dashboard: inside, demo: inside } },
    });
    listening = await listen({ port: 0, host: '127.0.0.1', maxConnections: 100, isProxy: () => true });
    listening.serve(collector.collector.listener);
    url = `http://127.0.0.1:${(listening.server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await new Promise((resolve) => listening.server.close(resolve));
    await collector.stop();
    folder.remove();
  });

  test.each([
    '/demo/file.txt',
    '/demo/sub/file.txt',
    '/demo/sub/../file.txt',
    '/assets/file.txt',
    '/assets/sub/file.txt',
  ])('have %s', async (target) => {
    expect(await get(target)).toContain(INSIDE);
  });

  test.each(FROM)('and nothing above them, from %s', async (from) => {
    for (const above of ABOVE) {
      for (const depth of [1, 2, 3, 6]) {
        for (const end of ENDS) {
          const target = from + above.repeat(depth) + end;
          const answer = await get(target);
          expect(answer, target).not.toContain(SECRET);
          expect(answer, target).toMatch(/^HTTP\/1\.1 (?:200|400|404) /);
        }
      }
    }
  });

  test.each([
    '//etc/passwd',
    '/demo//etc/passwd',
    '/assets//etc/passwd',
    '/demo/%2fetc%2fpasswd',
    'file:///etc/passwd',
  ])('nor anything of the machine: %s', async (target) => {
    expect(await get(target)).not.toMatch(/root:/);
  });

  test('and are read at the start: what comes later is not there', async () => {
    writeFileSync(join(folder.path, 'inside', 'late.txt'), INSIDE);
    expect(await get('/demo/late.txt')).toMatch(/^HTTP\/1\.1 404 /);
  });

  test.each([
    ['br, gzip', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['*', null],
    ['banana', null],
    ['br;q=x', 'br'],
  ])('compressed as the browser takes it: %s', async (accepted, encoding) => {
    const headers = { 'accept-encoding': accepted };
    const answer = await collector.request('/demo/file.txt', { headers });
    expect([answer.status, answer.headers.get('content-encoding')]).toEqual([200, encoding]);
    expect(await answer.text()).toBe(encoding ?? INSIDE);
    const etag = answer.headers.get('etag') ?? '';
    for (const tag of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const again = await collector.request('/demo/file.txt', { headers: { ...headers, 'if-none-match': tag } });
      expect([tag, again.status, await again.text()]).toEqual([tag, 304, '']);
    }
    const changed = await collector.request('/demo/file.txt', { headers: { ...headers, 'if-none-match': '"x"' } });
    expect(changed.status).toBe(200);
  });

  test('and where a file is missing, nothing says where it was looked for', async () => {
    for (const target of ['/demo/missing.txt', '/assets/missing.txt', '/demo/sub', '/assets/', '/assets/sub/']) {
      const answer = await get(target);
      expect(answer, target).toMatch(/^HTTP\/1\.1 404 /);
      expect(answer, target).not.toContain(folder.path);
    }
  });
});
